import { Button, Menu } from '@mantine/core';
import type { CustomerSort } from '@mini-crm/domain';
import { IconArrowsSort, IconCheck } from '@tabler/icons-react';
import type { CustomerListSearch } from './list-search.ts';

const orders: readonly { readonly sort: CustomerSort; readonly dir: 'asc' | 'desc'; readonly label: string }[] = [
  { sort: 'createdAt', dir: 'desc', label: 'Newest first' },
  { sort: 'createdAt', dir: 'asc', label: 'Oldest first' },
  { sort: 'name', dir: 'asc', label: 'By name' },
  { sort: 'revenue', dir: 'desc', label: 'Most revenue first' },
  { sort: 'orderCount', dir: 'desc', label: 'Most orders first' },
  { sort: 'lastOrderAt', dir: 'desc', label: 'Last order first' },
];

interface SortMenuProps {
  readonly sort: CustomerSort;
  readonly order: 'asc' | 'desc';
  readonly onChange: (part: CustomerListSearch) => void;
}

/** The order of the list where there are no column heads: on phones. */
export function SortMenu({ sort, order, onChange }: SortMenuProps) {
  const current = orders.find((one) => one.sort === sort && one.dir === order);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" color="gray" leftSection={<IconArrowsSort size={16} stroke={1.7} />}>
          {current?.label ?? 'Sort'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {orders.map(({ sort: by, dir, label }) => (
          <Menu.Item
            key={label}
            rightSection={label === current?.label ? <IconCheck size={14} aria-label="chosen" /> : null}
            onClick={() => onChange({ sort: by, dir })}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
