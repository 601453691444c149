import { ActionIcon, Menu } from '@mantine/core';
import type { Attribute } from '@mini-crm/domain';
import { IconDots, IconPencil, IconPlus, IconTags, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import type { Column } from '../../components/data-table-types.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { AttributePanel } from './attribute-panel.tsx';
import { attributeTypeWords } from './attribute-types.ts';
import classes from './attributes.module.css';
import { DeleteAttribute } from './delete-attribute.tsx';

/** The catalogue: what the organization keeps of its customers beyond name and address. */
export function AttributesPage() {
  const { orgId, refusal, can } = useOrganization();
  const list = trpc.attributes.list.useQuery({ orgId });
  const [panel, setPanel] = useState<Attribute | 'new' | null>(null);
  const [deleting, setDeleting] = useState<Attribute | null>(null);
  const mayEdit = can('attributes.update');
  const add = (
    <ActionButton
      reason={refusal('attributes.create')}
      leftSection={<IconPlus size={16} stroke={1.7} />}
      onClick={() => setPanel('new')}
    >
      New attribute
    </ActionButton>
  );
  const columns: readonly Column<Attribute>[] = [
    {
      id: 'label',
      header: 'Attribute',
      card: 'title',
      cell: ({ label, slug }) => (
        <span>
          <span className={classes.label}>{label}</span>
          <code className={classes.slug}>{slug}</code>
        </span>
      ),
    },
    {
      id: 'type',
      header: 'Type',
      cell: ({ type, options }) => (
        <span>
          {attributeTypeWords[type].name}
          {options.length > 0 && <span className={classes.options}>{options.join(', ')}</span>}
        </span>
      ),
    },
    {
      id: 'more',
      header: '',
      align: 'right',
      width: 56,
      card: 'aside',
      cell: (attribute) =>
        mayEdit && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon aria-label={`More about ${attribute.label}`}>
                <IconDots size={18} stroke={1.7} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setPanel(attribute)}>
                Edit attribute
              </Menu.Item>
              {can('attributes.remove') && (
                <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(attribute)}>
                  Delete attribute
                </Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
        ),
    },
  ];
  return (
    <section aria-label="Attributes">
      {list.data?.length !== 0 && (
        <div className={classes.head}>
          <p>What you keep of each customer beyond name and address. Segments and messages can use all of it.</p>
          {add}
        </div>
      )}
      <DataTable
        label="Attributes"
        columns={columns}
        rows={list.data}
        rowId={({ slug }) => slug}
        rowLabel={({ label }) => label}
        {...(mayEdit ? { onOpen: setPanel } : {})}
        error={list.error}
        onRetry={() => list.refetch()}
        empty={
          <EmptyState compact icon={IconTags} title="No attributes yet" actions={add}>
            A birthday, a tier, a favourite store. An import adds them too, from the columns of your file.
          </EmptyState>
        }
      />
      <AttributePanel edited={panel} onClose={() => setPanel(null)} />
      <DeleteAttribute attribute={deleting} onClose={() => setDeleting(null)} />
    </section>
  );
}
