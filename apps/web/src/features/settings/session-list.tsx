import { Button } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Instant } from '../../components/instant.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Section } from '../../components/section.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { trpc } from '../../trpc.ts';
import { describeUserAgent } from './describe-user-agent.ts';
import classes from './people.module.css';

/** Where one is signed in, and a way to end all the others. */
export function SessionList() {
  const sessions = trpc.accounts.sessions.useQuery();
  const utils = trpc.useUtils();
  const [asking, setAsking] = useState(false);
  const signOutOthers = trpc.accounts.signOutOthers.useMutation();
  const others = sessions.data?.filter(({ current }) => !current).length ?? 0;
  return (
    <Section
      flush
      title="Where you are signed in"
      actions={
        others > 0 && (
          <Button size="xs" variant="default" onClick={() => setAsking(true)}>
            Sign out others
          </Button>
        )
      }
    >
      {sessions.error && !sessions.data ? (
        <ErrorState error={sessions.error} onRetry={() => sessions.refetch()} compact />
      ) : (
        <ul className={classes.list} aria-label="Sessions">
          {sessions.data?.map((session) => (
            <li key={`${session.createdAt}${session.userAgent}${session.current}`} className={classes.person}>
              <div>
                <div className={classes.name}>{describeUserAgent(session.userAgent)}</div>
                <div className={classes.quiet}>
                  signed in <Instant value={session.createdAt} />
                </div>
              </div>
              {session.current && <StateBadge tone="success">This browser</StateBadge>}
            </li>
          ))}
        </ul>
      )}
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title="Sign out all other browsers"
        action="Sign out others"
        onConfirm={async () => {
          await signOutOthers.mutateAsync();
          notifyDone('The other sessions were ended');
          await utils.accounts.sessions.invalidate();
        }}
      >
        Whoever uses them has to sign in again. This browser stays signed in.
      </ConfirmDialog>
    </Section>
  );
}
