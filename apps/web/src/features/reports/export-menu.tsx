import { Button, Menu } from '@mantine/core';
import type { CampaignId } from '@mini-crm/domain';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import { useOrganization } from '../../organization.tsx';

/** The report as files: a row for each recipient, or for each link. */
export function ExportMenu({ id }: { readonly id: CampaignId }) {
  const { orgId, refusal } = useOrganization();
  const base = `/api/o/${orgId}/campaigns/${id}`;
  const refused = refusal('reports.exportRecipients');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} stroke={1.7} />}
          rightSection={<IconChevronDown size={14} />}
        >
          Export CSV
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {refused ? (
          <Menu.Item disabled title={refused}>
            Recipients
          </Menu.Item>
        ) : (
          <Menu.Item component="a" href={`${base}/recipients.csv`} download>
            Recipients, a row each
          </Menu.Item>
        )}
        <Menu.Item component="a" href={`${base}/links.csv`} download>
          Links, a row each
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
