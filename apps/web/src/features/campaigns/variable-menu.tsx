import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';

interface VariableMenuProps {
  readonly onInsert: (liquid: string) => void;
  /** In a body also what marketing mail has to have. */
  readonly body?: boolean;
}

const customer = [
  ['First name', '{{ customer.firstName | default: "there" }}'],
  ['Last name', '{{ customer.lastName }}'],
  ['Full name', '{{ customer.name | default: "customer" }}'],
  ['E-mail address', '{{ customer.email }}'],
  ['Customer ID', '{{ customer.externalId }}'],
] as const;

/** Puts a placeholder into a field: a fact about the customer or the organization. */
export function VariableMenu({ onInsert, body = false }: VariableMenuProps) {
  const { orgId } = useOrganization();
  const attributes = trpc.attributes.list.useQuery({ orgId }, { staleTime: 60_000 });
  const own = attributes.data ?? [];
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        {body ? (
          <Button size="xs" variant="default" leftSection={<IconBraces size={15} />}>
            Insert
          </Button>
        ) : (
          <Tooltip label="Insert a placeholder">
            <ActionIcon aria-label="Insert a placeholder" size={26}>
              <IconBraces size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        <Menu.Label>About the customer</Menu.Label>
        {customer.map(([label, liquid]) => (
          <Menu.Item key={label} onClick={() => onInsert(liquid)}>
            {label}
          </Menu.Item>
        ))}
        {own.map(({ slug, label }) => (
          <Menu.Item key={slug} onClick={() => onInsert(`{{ customer.attributes.${slug} }}`)}>
            {label}
          </Menu.Item>
        ))}
        <Menu.Label>About you</Menu.Label>
        <Menu.Item onClick={() => onInsert('{{ organization.name }}')}>Name of the organization</Menu.Item>
        {body && (
          <>
            <Menu.Item onClick={() => onInsert('{{ organization.postalAddress }}')}>Postal address</Menu.Item>
            <Menu.Item onClick={() => onInsert('<a href="{{ unsubscribeUrl }}">Unsubscribe</a>')}>
              Unsubscribe link
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
