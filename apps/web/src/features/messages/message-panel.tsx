import { Anchor, Skeleton, Stack } from '@mantine/core';
import { ErrorState } from '../../components/error-state.tsx';
import { Instant } from '../../components/instant.tsx';
import { KeyValues } from '../../components/key-values.tsx';
import { TextLink } from '../../components/links.tsx';
import { SidePanel } from '../../components/side-panel.tsx';
import { useOrganization } from '../../organization.tsx';
import { type Outputs, trpc } from '../../trpc.ts';
import { MessageCopy } from './message-copy.tsx';
import { MessageOutcome } from './message-outcome.tsx';
import classes from './messages.module.css';

interface MessagePanelProps {
  /** The message to show; undefined while the panel is closed. */
  readonly id: string | undefined;
  readonly onClose: () => void;
}

/** One message: to whom, when, with what outcome, what they did with it, and how it looked. */
export function MessagePanel({ id, onClose }: MessagePanelProps) {
  return (
    <SidePanel title="Message" opened={id !== undefined} onClose={onClose} size={560}>
      {id !== undefined && <Content id={id} />}
    </SidePanel>
  );
}

function Content({ id }: { readonly id: string }) {
  const { orgId } = useOrganization();
  const message = trpc.messages.get.useQuery({ orgId, id }, { retry: false });
  if (message.error) return <ErrorState error={message.error} onRetry={() => void message.refetch()} compact />;
  if (!message.data) {
    return (
      <Stack gap="sm">
        {[60, 80, 50, 70].map((width) => (
          <Skeleton key={width} width={`${width}%`} height={12} />
        ))}
      </Stack>
    );
  }
  return (
    <Stack gap="lg">
      <Facts message={message.data} />
      {message.data.clicks.length > 0 && <Clicks clicks={message.data.clicks} />}
      {message.data.customer && <MessageCopy id={id} />}
    </Stack>
  );
}

type Detail = Outputs['messages']['get'];

function Facts({ message }: { readonly message: Detail }) {
  const { slug, zone } = useOrganization();
  const { customer, customerId, name, address, campaignId, campaignName, detail, attempt } = message;
  const when = (value: string | undefined | null) => (value ? <Instant value={value} zone={zone} /> : null);
  const optional: [string, string | undefined][] = [
    ['Delivered', message.deliveredAt],
    ['First clicked', message.clickedAt],
    ['Bounced', message.bouncedAt],
    ['Reported as spam', message.complainedAt],
    ['Unsubscribed', message.unsubscribedAt],
  ];
  return (
    <KeyValues
      items={[
        [
          'To',
          <span key="to">
            {customer ? (
              <TextLink to="/o/$org/customers/$id" params={{ org: slug, id: customerId }}>
                {customer.name}
              </TextLink>
            ) : (
              <>
                {name || 'A customer'} <span className={classes.dimmed}>(deleted since)</span>
              </>
            )}
            {address && <span className={classes.address}>{address}</span>}
          </span>,
        ],
        [
          'Campaign',
          <TextLink key="campaign" to="/o/$org/campaigns/$id" params={{ org: slug, id: campaignId }}>
            {campaignName ?? 'Deleted'}
          </TextLink>,
        ],
        ['From', message.from],
        ['Outcome', <MessageOutcome key="outcome" message={message} />],
        ...(detail
          ? [
              [
                'Their server said',
                <q key="detail" className={classes.said}>
                  {detail}
                </q>,
              ] as const,
            ]
          : []),
        [message.state === 'sent' ? 'Sent' : 'Decided', when(message.at)],
        ...(attempt > 1 ? [['Tries', String(attempt)] as const] : []),
        [
          'First opened',
          message.openedAt ? (
            <span key="opened">
              {when(message.openedAt)}
              {message.opens > 1 && <span className={classes.dimmed}>, {message.opens} times in all</span>}
            </span>
          ) : null,
        ],
        ...optional.filter(([, at]) => at).map(([label, at]) => [label, when(at)] as const),
      ]}
    />
  );
}

function Clicks({ clicks }: { readonly clicks: Detail['clicks'] }) {
  const { zone } = useOrganization();
  return (
    <section>
      <h3 className={classes.heading}>Clicked</h3>
      <ul className={classes.clicks}>
        {clicks.map(({ link, url, at, count }) => (
          <li key={link}>
            <Anchor href={url} target="_blank" rel="noreferrer" className={classes.url}>
              {url}
            </Anchor>
            <span className={classes.dimmed}>
              <Instant value={at} zone={zone} />
              {count > 1 && `, ${count} times`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
