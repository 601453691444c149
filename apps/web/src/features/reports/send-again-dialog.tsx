import { Alert, Checkbox, Modal, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ActionButton } from '../../components/action-button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { FormActions } from '../../components/form-actions.tsx';
import { formatCount } from '../../components/format-number.ts';
import { notifyDone } from '../../components/notify.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import type { Report } from './report-types.ts';

interface SendAgainDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly report: Report;
  /** How many of each kind nobody has sent it again to yet. */
  readonly missed: number;
  readonly unsure: number;
}

/** Says to whom it goes once more, and asks apart about those who may have it already. */
export function SendAgainDialog({ opened, onClose, ...content }: SendAgainDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Send again to those who did not get it"
      styles={{ title: { fontWeight: 600, fontSize: '1.0625rem' } }}
    >
      <Content onClose={onClose} {...content} />
    </Modal>
  );
}

const people = (count: number) => `${formatCount(count)} ${count === 1 ? 'person' : 'people'}`;

function Content({ onClose, report, missed, unsure }: Omit<SendAgainDialogProps, 'opened'>) {
  const { orgId, slug } = useOrganization();
  const utils = trpc.useUtils();
  const navigate = useNavigate();
  const send = trpc.reports.sendAgain.useMutation();
  const [unknown, setUnknown] = useState(false);
  const count = missed + (unknown ? unsure : 0);

  async function go(event: FormEvent) {
    event.preventDefault();
    const kinds = [...(missed > 0 ? (['missed'] as const) : []), ...(unknown ? (['unsure'] as const) : [])];
    try {
      const made = await send.mutateAsync({ orgId, id: report.id, kinds, confirmed: count });
      notifyDone(made.already ? 'It was sent again already' : 'It is on its way again');
      onClose();
      void utils.campaigns.invalidate();
      void utils.reports.invalidate();
      await navigate({ to: '/o/$org/campaigns/$id', params: { org: slug, id: made.id } });
    } catch {
      // Shown in the dialog; the counts may have changed.
      void utils.reports.invalidate();
    }
  }

  return (
    <form onSubmit={go}>
      <Stack gap="md">
        {missed > 0 && (
          <p>
            {people(missed)} surely did not get “{report.name}”: the sending was called off before their turn, or their
            server would not take it then. They get the same message, as it was, in a campaign of its own. Who has
            unsubscribed since gets nothing.
          </p>
        )}
        {unsure > 0 && (
          <>
            <Checkbox
              checked={unknown}
              onChange={(event) => setUnknown(event.currentTarget.checked)}
              label={`Also to ${people(unsure)} of whom nobody knows`}
              description="The sending was interrupted while their message was on its way."
            />
            {unknown && (
              <Alert color="amber" icon={<IconAlertTriangle size={18} stroke={1.7} />} title="Some may get it twice">
                Most of them have probably got it. If your mail provider reports deliveries, wait for its word: it says
                of each whether it arrived.
              </Alert>
            )}
          </>
        )}
        <ErrorNotice error={send.error} />
        <FormActions>
          <ActionButton variant="default" reason={null} onClick={onClose}>
            Cancel
          </ActionButton>
          <ActionButton type="submit" loading={send.isPending} reason={count === 0 ? 'Choose to whom it goes.' : null}>
            {count === 0 ? 'Send again' : `Send to ${people(count)}`}
          </ActionButton>
        </FormActions>
      </Stack>
    </form>
  );
}
