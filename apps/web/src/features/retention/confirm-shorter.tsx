import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { formatExactInstant } from '../../components/format-instant.ts';
import { formatCount } from '../../components/format-number.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';

interface ConfirmShorterProps {
  readonly messagesDays: number;
  readonly onClose: () => void;
  readonly onConfirm: () => Promise<unknown>;
}

const some = (count: number, one: string) => `${formatCount(count)} ${one}${count === 1 ? '' : 's'}`;

/** Asks before less is kept: what would go of what is there today. */
export function ConfirmShorter({ messagesDays, onClose, onConfirm }: ConfirmShorterProps) {
  const { orgId, zone } = useOrganization();
  const preview = trpc.retention.preview.useQuery({ orgId, messagesDays });
  const { messages = 0, campaigns = 0, transactional = 0, outbox = 0, before } = preview.data ?? {};
  const parts = [
    messages + campaigns > 0 && `${some(messages, 'message')} of ${some(campaigns, 'campaign')}`,
    transactional > 0 && `${some(transactional, 'transactional message')}`,
    outbox > 0 && `${some(outbox, 'copy').replace('copys', 'copies')} in the outbox`,
  ].filter((part) => part !== false);
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={`Keep messages for ${messagesDays} days`}
      action="Remove older messages"
      danger
      onConfirm={onConfirm}
    >
      <ErrorNotice error={preview.error} />
      {preview.isLoading && 'Counting what would go …'}
      {preview.data &&
        (parts.length === 0
          ? 'Nothing that is there today is older. From now on, messages go when they reach that age.'
          : `Tomorrow at this time, ${parts.join(', ')} from before ${formatExactInstant(before ?? '', { zone })} begin to go, and from then on whatever reaches that age. They can’t be brought back. Reports keep their figures.`)}
    </ConfirmDialog>
  );
}
