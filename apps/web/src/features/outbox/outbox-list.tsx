import { Skeleton } from '@mantine/core';
import { Instant } from '../../components/instant.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import type { Outputs } from '../../trpc.ts';
import classes from './outbox.module.css';

type Summary = Outputs['outbox']['list']['items'][number];

interface OutboxListProps {
  readonly messages: readonly Summary[] | undefined;
  readonly openId: string | undefined;
  readonly onOpen: (messageId: string) => void;
  readonly hasMore: boolean | undefined;
  readonly loadingMore: boolean;
  readonly onLoadMore: () => void;
}

/** The messages, the newest first. */
export function OutboxList({ messages, openId, onOpen, hasMore, loadingMore, onLoadMore }: OutboxListProps) {
  return (
    <nav className={classes.list} aria-label="Messages">
      {messages === undefined ? (
        <Placeholders />
      ) : (
        <ul>
          {messages.map((message) => (
            <li key={message.id}>
              <button
                type="button"
                className={classes.entry}
                aria-current={message.id === openId ? 'true' : undefined}
                onClick={() => onOpen(message.id)}
              >
                <span className={classes.to}>{message.to}</span>
                <span className={classes.when}>
                  <Instant value={message.at} />
                </span>
                <span className={classes.subject}>{message.subject}</span>
                <span className={classes.origin}>{message.campaign ? message.campaign.name : 'Test mail'}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {hasMore && <LoadMore onLoadMore={onLoadMore} loading={loadingMore} />}
    </nav>
  );
}

function Placeholders() {
  return (
    <ul aria-hidden>
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <li key={key} className={classes.entry}>
          <Skeleton h={14} w="60%" />
          <Skeleton h={12} w={40} />
          <Skeleton h={12} w="80%" mt={6} />
        </li>
      ))}
    </ul>
  );
}
