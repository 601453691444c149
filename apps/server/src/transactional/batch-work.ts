import { type MessageDocument, type RepeatBy, settleMessages } from '@mini-crm/db';
import { type ChannelFault, type OrganizationId, type Outcome, stopsChannel } from '@mini-crm/domain';
import { suppressBounced } from '../delivery/bounced-addresses.ts';
import type { Engine } from '../delivery/engine.ts';
import { handOver, keepAlive } from '../delivery/page-work.ts';
import type { PickedSender } from '../delivery/route.ts';
import { untilAnswered } from '../delivery/until-answered.ts';
import { type PlannedMessage, planMessages } from './message-plan.ts';
import { settledRows } from './settled-rows.ts';
import type { TemplatesInMemory } from './templates-in-memory.ts';

type Fault = Extract<Outcome, { type: 'unavailable' | 'repeat' }>;

/** Of what may have gone out before, nobody can say that it did not. */
const interrupted = {
  type: 'end',
  outcome: { type: 'unknown', reason: 'interrupted', detail: null },
} as const satisfies PlannedMessage['plan'];

/**
 * Sends claimed messages of one organization: they are looked at once more and rendered, marked, handed over and settled, as many
 * at a time as the sender takes. What can't go now is put back.
 */
export async function workBatch(
  engine: Engine,
  templates: TemplatesInMemory,
  orgId: OrganizationId,
  { messages, token }: { messages: readonly MessageDocument[]; token: string },
): Promise<void> {
  const db = engine.db(orgId);
  const log = engine.log.child({ orgId, work: 'transactional' });
  const asked = <T>(work: () => Promise<T>) => untilAnswered(log, engine.abandoned, work);
  const ids = messages.map(({ _id }) => _id);
  const hold = keepAlive(engine, () => db.transactionalMessages.beat(token, ids));
  try {
    const organization = await asked(() => engine.database.accounts.organization(orgId));
    if (!organization) throw new Error('a message has no organization');
    const { urls, oneClick } = engine;
    const planned = (await asked(() => planMessages(db, { organization, urls, oneClick }, templates, messages))).map(
      (one) => (one.message.again && one.plan.type !== 'send' ? { ...one, plan: interrupted } : one),
    );
    await settle(planned.filter(({ plan }) => plan.type !== 'send'));
    let waiting = planned.filter(({ plan }) => plan.type === 'send');
    while (waiting.length > 0) {
      const pin = waiting[0]?.message.again ?? null;
      const alike = waiting.filter(({ message }) => sameSender(message.again, pin));
      const others = waiting.filter((one) => !alike.includes(one));
      waiting = [...(await sendSome(alike, pin)), ...others];
    }
  } finally {
    hold.stop();
  }

  /** Sends the first of these, as many as may go at once; answers the rest. */
  async function sendSome(
    planned: readonly PlannedMessage[],
    pin: RepeatBy | null,
  ): Promise<readonly PlannedMessage[]> {
    if (engine.stopping.aborted) {
      await putBack(planned);
      return [];
    }
    const route = await asked(() => engine.route(orgId));
    const group = planned.slice(0, route.capabilities.batchSize);
    const permitted = await engine.onTheWay.take(group.length);
    let sender: PickedSender | null = null;
    let reserved = 0;
    try {
      const picked = await asked(() => route.pick(group.length, pin));
      if (picked.type === 'gone') {
        await settle(planned.map((one) => ({ ...one, plan: interrupted })));
        return [];
      }
      if (picked.type === 'wait') {
        await settle(planned, refused(planned, picked.fault), nobody, picked);
        return [];
      }
      sender = picked.sender;
      reserved = picked.allowed;
      const going = group.slice(0, picked.allowed);
      const by = { by: sender.receiver, tries: pin?.tries ?? 0 };
      const marked = await asked(() =>
        db.transactionalMessages.mark(
          going.map(({ message }) => message._id),
          token,
          by,
        ),
      );
      // What was taken away meanwhile is another worker's.
      const ours = going.filter(({ message }) => marked.has(message._id));
      if (ours.length > 0) {
        reserved = 0;
        const outcomes = await handOver(engine, sender, ours.flatMap(channelMessages));
        const { id, receiver } = sender;
        const answer = answerOf(sender, outcomes);
        sender = null;
        await settle(ours, outcomes, { id, receiver }, answer);
      }
      return planned.slice(going.length);
    } finally {
      sender?.giveBack(reserved);
      engine.onTheWay.give(permitted);
    }
  }

  /** Tells the sender what came of it. */
  function answerOf(sender: PickedSender, outcomes: ReadonlyMap<string, Outcome>) {
    const fault = faultOf(outcomes);
    if (!fault) {
      sender.success();
      return { ms: 0, ownMs: 0 };
    }
    const { waitMs, ownMs } = sender.fault(fault.fault, fault.detail);
    log.warn({ fault: fault.fault, detail: fault.detail, sender: sender.name, waitMs }, 'the sender is out of order');
    return { ms: waitMs, ownMs };
  }

  async function settle(
    some: readonly PlannedMessage[],
    outcomes: ReadonlyMap<string, Outcome> = new Map(),
    sender: Pick<PickedSender, 'id' | 'receiver'> = nobody,
    { ms, ownMs = ms }: { readonly ms: number; readonly ownMs?: number } = { ms: 0 },
  ): Promise<void> {
    if (some.length === 0) return;
    const policy = engine.options.retry;
    const made = settledRows({ planned: some, outcomes, policy, sender, waitMs: ms, ownMs, now: engine.now() });
    const lost = await asked(() => settleMessages(db, engine.database.transaction, { token, ...made }));
    if (lost > 0) log.warn({ lost }, 'messages were taken over while they were on their way');
    await asked(() => suppressBounced(db, made.rows));
  }

  async function putBack(some: readonly PlannedMessage[]): Promise<void> {
    const dueAt = engine.now();
    const later = some.map(({ message: { _id, attempt, again } }) => ({ id: _id, attempt, dueAt, again }));
    await asked(() => db.transactionalMessages.release(later, token));
  }
}

const nobody = { id: null, receiver: null };

const sameSender = (one: RepeatBy | null, other: RepeatBy | null): boolean =>
  one === null || other === null ? one === other : one.by === other.by && one.tries === other.tries;

const channelMessages = ({ plan }: PlannedMessage) => (plan.type === 'send' ? [plan.message] : []);

/** What is wrong with the sender, where something is: what stops it for all goes before what is one organization's. */
function faultOf(outcomes: ReadonlyMap<string, Outcome>): Fault | undefined {
  const faults = [...outcomes.values()].filter(
    (outcome): outcome is Fault => outcome.type === 'unavailable' || outcome.type === 'repeat',
  );
  return faults.find(({ fault }) => stopsChannel(fault)) ?? faults[0];
}

/** The outcome of messages that no sender takes now. */
const refused = (planned: readonly PlannedMessage[], fault: ChannelFault): ReadonlyMap<string, Outcome> =>
  new Map(planned.flatMap(channelMessages).map(({ id }) => [id, { type: 'unavailable', fault, detail: fault }]));
