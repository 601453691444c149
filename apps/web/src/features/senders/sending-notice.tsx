import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { TextLink } from '../../components/links.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { faultWords } from './sender-words.ts';

/** Says above a page that campaigns wait for somebody to change a setting. Shows nothing where none does. */
export function SendingNotice() {
  const { orgId, slug, can } = useOrganization();
  const { data } = trpc.senders.notices.useQuery({ orgId });
  const [first] = data ?? [];
  if (!data || !first) return null;
  const title = data.length === 1 ? `“${first.name}” is paused` : `${data.length} campaigns are paused`;
  return (
    <Alert color="red" role="status" mb="md" icon={<IconAlertTriangle size={18} stroke={1.7} />} title={title}>
      {faultWords[first.fault]} {first.detail && <>It said: “{first.detail}”. </>}
      Everybody who has not got the message yet still waits.{' '}
      {can('senders.list') ? (
        <>
          Mend it in{' '}
          <TextLink inherit underline="always" to="/o/$org/settings/senders" params={{ org: slug }}>
            the settings of senders
          </TextLink>
          , then resume{' '}
        </>
      ) : (
        'An owner or admin can mend it. Then resume '
      )}
      <TextLink inherit underline="always" to="/o/$org/campaigns/$id" params={{ org: slug, id: first.campaignId }}>
        {data.length === 1 ? 'the campaign' : `“${first.name}”`}
      </TextLink>
      {data.length > 1 && ' and the others'}.
    </Alert>
  );
}
