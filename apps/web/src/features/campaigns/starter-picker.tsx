import { Modal, Skeleton } from '@mantine/core';
import { type Starter, starters } from '@mini-crm/domain';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import type { Draft } from './draft.ts';
import { MailFrame } from './mail-frame.tsx';
import classes from './starter-picker.module.css';

interface StarterPickerProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly draft: Draft;
  readonly onChoose: (content: Pick<Starter, 'subject' | 'preheader' | 'mjml'>) => void;
}

/** Messages to begin with, each as it looks. What was written is replaced only after asking. */
export function StarterPicker({ opened, onClose, draft, onChoose }: StarterPickerProps) {
  const [asking, setAsking] = useState<Starter | null>(null);
  const untouched = draft.content.mjml.trim() === '' || starters.some(({ mjml }) => mjml === draft.content.mjml);
  const take = ({ subject, preheader, mjml }: Starter) => {
    onChoose({ subject, preheader, mjml });
    onClose();
  };
  return (
    <>
      <Modal opened={opened} onClose={onClose} size="xl" title="Start from a template">
        <div className={classes.grid}>
          {starters.map((starter) => (
            <button
              key={starter.id}
              type="button"
              className={classes.card}
              onClick={() => (untouched ? take(starter) : setAsking(starter))}
            >
              <Thumbnail starter={starter} draft={draft} />
              <span className={classes.name}>{starter.name}</span>
              <span className={classes.description}>{starter.description}</span>
            </button>
          ))}
        </div>
      </Modal>
      <ConfirmDialog
        opened={asking !== null}
        onClose={() => setAsking(null)}
        title="Replace the message"
        action="Replace the message"
        danger
        onConfirm={async () => asking && take(asking)}
      >
        Subject, preheader and message of this draft give way to the template “{asking?.name}”.
      </ConfirmDialog>
    </>
  );
}

function Thumbnail({ starter, draft: { purpose, sender } }: { readonly starter: Starter; readonly draft: Draft }) {
  const { orgId } = useOrganization();
  const { client } = trpc.useUtils();
  const { subject, preheader, mjml } = starter;
  const content = { subject, preheader, mjml, text: null };
  const query = useQuery({
    queryKey: ['campaign-starter', orgId, starter.id],
    queryFn: () => client.campaigns.preview.mutate({ orgId, content, purpose, sender, customerId: null }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const html = query.data?.message?.html;
  return (
    <span className={classes.picture} aria-hidden inert>
      {html ? <MailFrame html={html} width={640} height={250} title={starter.name} /> : <Skeleton h={250} />}
    </span>
  );
}
