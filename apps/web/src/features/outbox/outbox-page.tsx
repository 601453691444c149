import { Alert } from '@mantine/core';
import { IconInbox, IconMailOff } from '@tabler/icons-react';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LinkButton } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import classes from './outbox.module.css';
import { OutboxList } from './outbox-list.tsx';
import { OutboxMessage } from './outbox-message.tsx';

interface OutboxPageProps {
  /** The message that is open. */
  readonly messageId: string | undefined;
  readonly onOpen: (messageId: string | undefined) => void;
}

/** The built-in inbox: what would have gone out, as its readers would see it. */
export function OutboxPage({ messageId, onOpen }: OutboxPageProps) {
  const { orgId, slug } = useOrganization();
  const state = trpc.outbox.state.useQuery({ orgId });
  const list = trpc.outbox.list.useInfiniteQuery(
    { orgId },
    { getNextPageParam: (page) => page.nextCursor, initialCursor: null },
  );
  const messages = list.data?.pages.flatMap((page) => page.items);
  const isEmpty = messages?.length === 0;
  return (
    <Page>
      <PageHeader title="Outbox" count={state.data?.count ?? null} />
      {state.data && <Notice smtp={state.data.smtp} />}
      {list.error && !messages ? (
        <ErrorState error={list.error} onRetry={() => list.refetch()} />
      ) : isEmpty ? (
        <EmptyState
          icon={IconInbox}
          title="Nothing was sent yet"
          actions={
            <LinkButton to="/o/$org/campaigns" params={{ org: slug }}>
              Go to campaigns
            </LinkButton>
          }
        >
          Send a campaign, or a test mail to yourself: the messages arrive here, as their readers would see them.
        </EmptyState>
      ) : (
        <div className={messageId ? `${classes.inbox} ${classes.reading}` : classes.inbox}>
          <OutboxList
            messages={messages}
            openId={messageId}
            onOpen={onOpen}
            hasMore={list.hasNextPage}
            loadingMore={list.isFetchingNextPage}
            onLoadMore={() => list.fetchNextPage()}
          />
          <OutboxMessage key={messageId} messageId={messageId} onBack={() => onOpen(undefined)} />
        </div>
      )}
    </Page>
  );
}

function Notice({ smtp }: { readonly smtp: boolean }) {
  if (smtp) {
    return (
      <Alert variant="light" color="gray" mb="md" icon={<IconInbox size={18} stroke={1.7} />}>
        Messages now go out over the SMTP server. These were kept before it was configured.
      </Alert>
    );
  }
  return (
    <Alert variant="light" mb="md" icon={<IconMailOff size={18} stroke={1.7} />} title="No SMTP server is configured">
      Messages are kept here and reach nobody, so that you can try everything. To really send, set <code>SMTP_URL</code>{' '}
      and start again.
    </Alert>
  );
}
