import { Skeleton } from '@mantine/core';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import type { MessageDetail } from './message-outcome.tsx';
import classes from './messages.module.css';

/** The message as it looks; it is filled in anew. */
export function MessageCopy({ message: { id, kind } }: { readonly message: MessageDetail }) {
  const { orgId } = useOrganization();
  const copy = trpc.messages.copy.useQuery({ orgId, id }, { retry: false, staleTime: 60_000 });
  return (
    <section>
      <h3 className={classes.heading}>Message</h3>
      <p className={classes.dimmed}>
        {kind === 'campaign'
          ? 'As the campaign wrote it, filled in with what is known of the customer today.'
          : 'As the template was then, filled in with the data that the program sent.'}
      </p>
      <ErrorNotice error={copy.error} />
      {copy.isLoading && <Skeleton height={320} mt="sm" />}
      {copy.data && (
        <div className={classes.copy}>
          <p className={classes.subject}>{copy.data.subject}</p>
          <iframe title="The message" className={classes.frame} sandbox="" srcDoc={copy.data.html} />
        </div>
      )}
    </section>
  );
}
