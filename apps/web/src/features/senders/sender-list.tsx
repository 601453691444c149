import { useState } from 'react';
import { notifyError } from '../../components/notify.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import { moved } from './moved.ts';
import type { Sender } from './sender-form-values.ts';
import { SenderRow } from './sender-row.tsx';
import classes from './senders.module.css';

interface SenderListProps {
  readonly senders: readonly Sender[];
  readonly onEdit: (sender: Sender) => void;
  readonly onRemove: (sender: Sender) => void;
}

/** The senders in their order, which is changed by dragging a row or by its menu. */
export function SenderList({ senders, onEdit, onRemove }: SenderListProps) {
  const { orgId } = useOrganization();
  const utils = trpc.useUtils();
  const [dragged, setDragged] = useState<Sender['id'] | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const reorder = trpc.senders.reorder.useMutation({
    onMutate: ({ senderIds }) => {
      utils.senders.list.setData({ orgId }, (before) => {
        if (!before) return before;
        const place = new Map(senderIds.map((id, i) => [id as string, i]));
        return {
          ...before,
          senders: before.senders.toSorted((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0)),
        };
      });
    },
    onError: notifyError,
    onSettled: () => utils.senders.list.invalidate({ orgId }),
  });
  const move = (from: number, to: number) => {
    const next = moved(senders, from, to);
    if (next !== senders) reorder.mutate({ orgId, senderIds: next.map(({ id }) => id) });
  };
  const from = senders.findIndex(({ id }) => id === dragged);
  return (
    <ol className={classes.list} aria-label="Senders in their order">
      {senders.map((sender, i) => (
        <SenderRow
          key={sender.id}
          sender={sender}
          place={i}
          count={senders.length}
          dropMark={over === i && from >= 0 && from !== i ? (from > i ? 'before' : 'behind') : null}
          dragging={dragged === sender.id}
          onMove={(to) => move(i, to)}
          onEdit={() => onEdit(sender)}
          onRemove={() => onRemove(sender)}
          drag={{
            start: () => setDragged(sender.id),
            over: () => setOver(i),
            drop: () => move(from, i),
            end: () => {
              setDragged(null);
              setOver(null);
            },
          }}
        />
      ))}
    </ol>
  );
}
