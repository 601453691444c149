import { Stack } from '@mantine/core';
import { ErrorState } from '../../components/error-state.tsx';
import { Instant } from '../../components/instant.tsx';
import { KeyValues } from '../../components/key-values.tsx';
import { TextLink } from '../../components/links.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { InteractionDetails } from './interaction-details.tsx';
import { MessageCopy } from './message-copy.tsx';
import { MessageHistory } from './message-history.tsx';
import { type MessageDetail, MessageOutcome } from './message-outcome.tsx';
import classes from './messages.module.css';
import { PanelSkeleton } from './panel-skeleton.tsx';

interface MessagePanelProps {
  /** The message or interaction to show; undefined while the panel is closed. */
  readonly id: string | undefined;
  readonly onClose: () => void;
}

/** One row of the log: to whom, when, with what outcome, what they did with it, and how it looked. */
export function MessagePanel({ id, onClose }: MessagePanelProps) {
  const { orgId } = useOrganization();
  // The id of an event begins with its organization's.
  const isInteraction = id?.startsWith(`${orgId}:`) ?? false;
  return (
    <SidePanel title={isInteraction ? 'Interaction' : 'Message'} opened={id !== undefined} onClose={onClose} size={560}>
      {id !== undefined && (isInteraction ? <InteractionDetails id={id} /> : <Content id={id} />)}
    </SidePanel>
  );
}

function Content({ id }: { readonly id: string }) {
  const { orgId } = useOrganization();
  const message = trpc.messages.get.useQuery({ orgId, id }, { retry: false });
  if (message.error) return <ErrorState error={message.error} onRetry={() => void message.refetch()} compact />;
  if (!message.data) return <PanelSkeleton />;
  return (
    <Stack gap="lg">
      <Facts message={message.data} />
      <MessageHistory message={message.data} />
      {hasCopy(message.data) && <MessageCopy message={message.data} />}
    </Stack>
  );
}

/** Whether there can be one to see: something was made, and of somebody who is still known. */
const hasCopy = ({ kind, customer, state }: MessageDetail) =>
  kind === 'campaign' ? customer !== null : state === 'sent' || state === 'unknown';

function Facts({ message }: { readonly message: MessageDetail }) {
  const { slug, zone } = useOrganization();
  const { campaignId, of, detail, attempt, from, senderName, messageId, channel } = message;
  const subject =
    message.templateId && of !== null ? (
      <TextLink key="of" to="/o/$org/templates/$id" params={{ org: slug, id: message.templateId }}>
        {of}
      </TextLink>
    ) : campaignId ? (
      <TextLink key="of" to="/o/$org/campaigns/$id" params={{ org: slug, id: campaignId }}>
        {of ?? 'Deleted'}
      </TextLink>
    ) : (
      (of ?? 'Deleted')
    );
  const optional: (readonly [string, React.ReactNode])[] = [
    ['From', from],
    ['Sent by', senderName],
    [
      'Their server said',
      detail && (
        <q key="detail" className={classes.said}>
          {detail}
        </q>
      ),
    ],
    ['Tries', attempt > 1 ? String(attempt) : null],
    [
      'Message-ID',
      messageId && (
        <span key="id" className={classes.id}>
          {messageId}
        </span>
      ),
    ],
  ];
  return (
    <KeyValues
      items={[
        ['To', <Recipient key="to" message={message} />],
        [message.kind === 'campaign' ? 'Campaign' : 'Template', subject],
        ['Channel', channel === 'sms' ? 'SMS' : 'E-mail'],
        ['Outcome', <MessageOutcome key="outcome" message={message} />],
        [message.state === 'sent' ? 'Sent' : 'Decided', <Instant key="at" value={message.at} zone={zone} />],
        ...optional.filter(([, value]) => value),
      ]}
    />
  );
}

function Recipient({ message }: { readonly message: MessageDetail }) {
  const { slug } = useOrganization();
  const { customer, customerId, name, address } = message;
  return (
    <span className={classes.said}>
      {customer && customerId ? (
        <TextLink to="/o/$org/customers/$id" params={{ org: slug, id: customerId }}>
          {customer.name}
        </TextLink>
      ) : (
        <>
          {name || (customerId ? 'A customer' : 'Somebody who is no customer')}{' '}
          {customerId && <span className={classes.dimmed}>(deleted since)</span>}
        </>
      )}
      {address && <span className={classes.address}>{address}</span>}
    </span>
  );
}
