import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots, IconDownload, IconFileImport, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { ActionButton } from '../../components/action-button.tsx';
import { LinkButton } from '../../components/links.tsx';
import { useIsPhone } from '../../components/use-is-phone.ts';
import { useOrganization } from '../../organization.tsx';

interface ListActionsProps {
  readonly exportHref: string;
  readonly filtered: boolean;
  readonly importHref: string;
  readonly onCreate: () => void;
}

/** What can be done from the list's head; on phones all but the main one is in a menu. */
export function ListActions(props: ListActionsProps) {
  const { refusal } = useOrganization();
  const phone = useIsPhone();
  return (
    <>
      {!phone && <WideActions {...props} />}
      <ActionButton
        reason={refusal('customers.create')}
        leftSection={<IconPlus size={16} stroke={1.7} />}
        onClick={props.onCreate}
      >
        New customer
      </ActionButton>
      {phone && <MoreActions {...props} />}
    </>
  );
}

const exportWords = (filtered: boolean) => (filtered ? 'Export these' : 'Export CSV');

function WideActions({ exportHref, filtered, importHref }: ListActionsProps) {
  const { can, refusal } = useOrganization();
  const download = <IconDownload size={16} stroke={1.7} />;
  const reason = refusal('customers.export');
  return (
    <>
      {reason ? (
        <ActionButton reason={reason} variant="default" leftSection={download}>
          {exportWords(filtered)}
        </ActionButton>
      ) : (
        <Button component="a" href={exportHref} download variant="default" leftSection={download}>
          {exportWords(filtered)}
        </Button>
      )}
      {can('imports.start') && (
        <LinkButton to={importHref} variant="default" leftSection={<IconFileImport size={16} stroke={1.7} />}>
          Import
        </LinkButton>
      )}
    </>
  );
}

function MoreActions({ exportHref, filtered, importHref }: ListActionsProps) {
  const { can } = useOrganization();
  if (!can('imports.start') && !can('customers.export')) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={34} aria-label="More actions" style={{ flex: 'none' }}>
          <IconDots size={18} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {can('imports.start') && (
          <Menu.Item component={Link} to={importHref} leftSection={<IconFileImport size={16} />}>
            Import customers
          </Menu.Item>
        )}
        {can('customers.export') && (
          <Menu.Item component="a" href={exportHref} download leftSection={<IconDownload size={16} />}>
            {exportWords(filtered)}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
