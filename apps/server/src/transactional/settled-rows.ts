import type { LaterMessage, MessageDocument, RepeatBy } from '@mini-crm/db';
import {
  afterOutcome,
  isBounce,
  type Outcome,
  type RetryPolicy,
  type SenderId,
  type TransactionalDelivery,
} from '@mini-crm/domain';
import type { PlannedMessage } from './message-plan.ts';

/** What nobody could take within a day is of no use to its recipient any more. */
export const longestWaitMs = 24 * 3_600_000;

/** How often a message goes to a sender of which nobody can say whether it took it; then it stays unknown. */
const repeats = 5;

interface Settled {
  readonly planned: readonly PlannedMessage[];
  /** The outcome of each message that was handed over, by its Message-ID. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly policy: RetryPolicy;
  /** What they went out by; nulls for the installation's own, or where they did not. */
  readonly sender: { readonly id: SenderId | null; readonly receiver: string | null };
  /** How long those wait that the sender could not take: for any sender, and for this very one. */
  readonly waitMs: number;
  readonly ownMs: number;
  readonly now: Date;
}

type Row = Pick<TransactionalDelivery, 'state' | 'reason' | 'detail'>;

/** What is written for messages in hand: a row for each that is through, and when the others are due again. */
export function settledRows({ planned, outcomes, policy, sender, waitMs, ownMs, now }: Settled) {
  const rows: TransactionalDelivery[] = [];
  const later: LaterMessage[] = [];
  for (const one of planned) {
    const { message, plan } = one;
    const messageId = plan.type === 'send' ? plan.message.id : null;
    const row = (what: Row) => void rows.push(rowOf(one, { ...what, messageId }, messageId ? sender.id : null, now));
    if (plan.type === 'skip') {
      row({ state: 'skipped', reason: plan.reason, detail: null });
      continue;
    }
    const heard = plan.type === 'end' ? plan.outcome : outcomes.get(plan.message.id);
    if (!heard) throw new Error(`no outcome for ${message._id}`);
    const again = repeatOf(message, heard, sender.receiver);
    const outcome = message.again ? inDoubt(heard, again !== null && again.tries > repeats) : heard;
    const next = afterOutcome(outcome, message.attempt, policy, message._id);
    const dueIn = (ms: number) => ({ id: message._id, dueAt: new Date(now.getTime() + ms), again });
    const old = now.getTime() - message.createdAt.getTime() > longestWaitMs;
    if (next.type === 'row') row(next);
    else if (next.type === 'retry') later.push({ ...dueIn(next.pauseMs), attempt: message.attempt + 1 });
    else if (old) row(tooLate(again, 'detail' in outcome ? outcome.detail : null));
    else later.push({ ...dueIn(again ? ownMs : waitMs), attempt: message.attempt });
  }
  return { rows, later };
}

/** By what a message has to go again, where nobody can say that it did not go. */
function repeatOf({ again }: MessageDocument, { type }: Outcome, by: string | null): RepeatBy | null {
  if (type === 'repeat') return { by, tries: (again?.tries ?? 0) + 1 };
  return again;
}

/** What a receiver says of a message that it may have been handed before: a call that it refuses says nothing of the one before. */
function inDoubt(outcome: Outcome, last: boolean): Outcome {
  const refused = outcome.type === 'failed' && outcome.reason === 'refused';
  const untold = last && outcome.type === 'repeat';
  return refused || untold ? { type: 'unknown', reason: 'connection_lost', detail: outcome.detail } : outcome;
}

const tooLate = (again: RepeatBy | null, detail: string | null): Row =>
  again
    ? { state: 'unknown', reason: 'interrupted', detail }
    : { state: 'failed', reason: 'retries_exhausted', detail };

function rowOf(
  { message, name }: PlannedMessage,
  outcome: Row & Pick<TransactionalDelivery, 'messageId'>,
  senderId: SenderId | null,
  at: Date,
): TransactionalDelivery {
  const { _id, customerId, templateId, templateVersion, address, attempt } = message;
  return {
    ...{ kind: 'transactional', id: _id, runId: null, campaignId: null, customerId, templateId, templateVersion },
    ...{ channel: 'email', address, name, ...outcome, attempt, at, opens: 0, clicks: [] },
    ...(senderId ? { senderId } : {}),
    ...(isBounce(outcome.reason) ? { bouncedAt: at } : {}),
  };
}
