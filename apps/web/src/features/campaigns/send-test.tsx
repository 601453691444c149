import type { CustomerId } from '@mini-crm/domain';
import { IconSend } from '@tabler/icons-react';
import { ActionButton } from '../../components/action-button.tsx';
import { notifyDone, notifyError } from '../../components/notify.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import type { Draft } from './draft.ts';

interface SendTestProps {
  readonly draft: Draft;
  readonly customerId: CustomerId | null;
}

/** Sends the message to oneself, as the chosen customer would get it. */
export function SendTest({ draft: { content, purpose, sender }, customerId }: SendTestProps) {
  const { orgId, me, refusal } = useOrganization();
  const send = trpc.campaigns.sendTest.useMutation({
    onSuccess: ({ to, outbox }) =>
      notifyDone(outbox ? `Test for ${to} is in the outbox: no SMTP server is configured` : `Test sent to ${to}`),
    onError: notifyError,
  });
  return (
    <ActionButton
      size="xs"
      variant="default"
      leftSection={<IconSend size={15} />}
      reason={refusal('campaigns.sendTest')}
      loading={send.isPending}
      title={`To ${me.email}`}
      onClick={() => send.mutate({ orgId, content, purpose, sender, customerId })}
    >
      Send test
    </ActionButton>
  );
}
