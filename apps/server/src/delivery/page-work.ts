import { isPassingFault, type PageDocument, reconcileGroup, type Settlement, settleGroup } from '@mini-crm/db';
import { type ChannelFault, nextGroup, type Outcome, stopsChannel } from '@mini-crm/domain';
import type { ChannelMessage } from './channels/channel.ts';
import { type Engine, newToken } from './engine.ts';
import type { RunMessages } from './personal-message.ts';
import { type Prepared, prepareGroup } from './prepare-group.ts';
import { restraintOf } from './restraint.ts';
import type { PickedSender, Route } from './route.ts';
import { pauseForFault } from './run-end.ts';
import { settleWithout } from './settle-without.ts';
import { settlementOf } from './settlement.ts';
import { untilAnswered } from './until-answered.ts';

/** How the work on a page ended: all settled; put back with people left; or taken away by another worker. */
export type PageEnd = 'done' | 'released' | 'lost';

/**
 * Sends a claimed page group by group. The next group is read and rendered while one is out; between the two the mark moves,
 * and it looks whether the run still is to be sent.
 */
export async function workPage(engine: Engine, run: RunMessages, page: PageDocument, token: string): Promise<PageEnd> {
  const db = engine.db(run.orgId);
  const log = engine.log.child({ page: page._id, campaignId: page.campaignId });
  const asked = <T>(work: () => Promise<T>) => untilAnswered(log, engine.abandoned, work);
  if (page.passed) {
    const work = { page, token, to: page.customerIds.length };
    const plan = { type: 'skip', reason: 'time_passed' } as const;
    return (await asked(() => settleWithout(engine, run.orgId, work, plan))) ? 'done' : 'lost';
  }
  const restraint = await asked(() => restraintOf(engine, run, page, token));
  const hold = keepAlive(engine, () => db.pages.beat(page._id, token));
  const route = () => asked(() => engine.route(run.orgId));
  const largest = ({ capabilities }: Route) => Math.min(engine.options.groupSize, capabilities.batchSize);
  let size = engine.options.groupSize;
  const prepare = (mark: number) => {
    const group = nextGroup({ mark, customerIds: page.customerIds }, size);
    if (!group) return null;
    const prepared = asked(() => prepareGroup(db, run, page.customerIds.slice(group.from, group.to), restraint));
    // Nobody waits for it any more where the page is given up before.
    prepared.catch(() => undefined);
    return { group, prepared };
  };
  let next: ReturnType<typeof prepare> = null;
  /** Puts the page back; who is still being prepared gives up what was reserved for them before another worker can take it. */
  const putBack = async (dueAt?: Date): Promise<PageEnd> => {
    await letGo();
    await asked(() => db.pages.release(page._id, token, dueAt));
    return 'released';
  };
  const giveUp = async (): Promise<PageEnd> => {
    await letGo();
    return 'lost';
  };
  const letGo = async () => {
    if (!restraint) return;
    await next?.prepared.catch(() => undefined);
    await asked(() => restraint.letGo());
  };
  let sent = false;
  let sender: PickedSender | null = null;
  let reserved = 0;
  try {
    size = largest(await route());
    for (next = prepare(page.mark); next; ) {
      const whole = await next.prepared;
      const stops = () => engine.stopping.aborted || hold.lost();
      const wanted = whole.filter(({ plan }) => plan.type === 'send').length;
      const way = await route();
      const picked = wanted > 0 && !stops() ? await asked(() => way.pick(wanted)) : null;
      if (picked?.type === 'wait') return await putBack();
      sender = picked?.sender ?? null;
      reserved = picked?.allowed ?? 0;
      const prepared = picked ? upTo(picked.allowed, whole) : whole;
      const group = { from: next.group.from, to: next.group.from + prepared.length };
      const messages = prepared.flatMap(({ plan }) => (plan.type === 'send' ? [plan.message] : []));
      const [state, marked] = await Promise.all([
        asked(() => db.runWork.state(run.run.id)),
        sender ? asked(() => db.pages.advance(page._id, token, group.from, group.to)) : true,
      ]);
      if (hold.lost() || !marked) return await giveUp();
      const goOn = (state === 'building' || state === 'sending') && !engine.stopping.aborted;
      if (!goOn) return await putBack();
      // What a throttle lets pass at once is what is worth preparing next.
      size = picked && picked.allowed < wanted ? picked.allowed : largest(way);
      reserved = 0;
      next = prepare(group.to);
      const outcomes = sender ? await handOver(engine, sender, messages) : new Map<string, Outcome>();
      sent ||= [...outcomes.values()].some(({ type }) => type === 'sent');
      const end = await settle(group, prepared, outcomes);
      if (end) return end;
    }
    return 'done';
  } finally {
    sender?.giveBack(reserved);
    hold.stop();
    if (sent) await db.runWork.clearTrouble(run.run.id).catch(() => undefined);
  }

  async function settle(
    group: { from: number; to: number },
    prepared: readonly Prepared[],
    outcomes: ReadonlyMap<string, Outcome>,
  ): Promise<PageEnd | null> {
    const faults = [...outcomes.values()].filter((outcome) => outcome.type === 'unavailable');
    const fault = faults.find((outcome) => stopsChannel(outcome.fault)) ?? faults[0];
    const answer = fault ? sender?.fault(fault.fault, fault.detail) : undefined;
    if (!fault) sender?.success();
    const waitMs = answer?.waitMs ?? 0;
    const senderId = sender?.id ?? null;
    const senderName = sender?.name;
    sender = null;
    const now = engine.now();
    const policy = engine.options.retry;
    const made = settlementOf({ page, prepared, outcomes, policy, senderId, waitMs, now, unique: newToken() });
    if (fault) {
      log.warn(
        { fault: fault.fault, detail: fault.detail, sender: senderName, againInMs: Math.round(waitMs) },
        'the sender is out of order',
      );
      if (waitMs > 0) await asked(() => noteFault(fault.fault, fault.detail, answer?.lasting ?? false));
    }
    if (made.waiting.length === prepared.length) return putBack(new Date(now.getTime() + waitMs));
    const ids = prepared.map(({ customerId }) => customerId);
    const within: Settlement['within'] = async (session) => restraint?.settle(ids, session);
    const settlement = { page, token, group, rows: made.rows, retries: made.retries, within };
    if (await asked(() => settleGroup(db, engine.database.transaction, settlement))) return null;
    const corrected = await asked(() => reconcileGroup(db, engine.database.transaction, page._id, made.rows));
    log.warn({ corrected, rows: made.rows.length }, 'the page was taken over while its messages were on their way');
    return giveUp();
  }

  async function noteFault(fault: ChannelFault, detail: string | null, lasting: boolean) {
    await db.runWork.noteTrouble(run.run.id, fault, detail, engine.now());
    if (lasting) {
      await pauseForFault(engine, { orgId: run.orgId, campaignId: run.run.campaignId }, fault, detail);
    }
  }
}

/** The beginning of a group with so many messages as may go out now, and those between who get none. */
function upTo(allowed: number, prepared: readonly Prepared[]): readonly Prepared[] {
  let messages = 0;
  const end = prepared.findIndex(({ plan }) => plan.type === 'send' && ++messages > allowed);
  return end < 0 ? prepared : prepared.slice(0, end);
}

/** Hands a group over and answers for each message by its id. */
async function handOver(
  engine: Engine,
  { channel }: PickedSender,
  messages: readonly ChannelMessage[],
): Promise<Map<string, Outcome>> {
  const { log } = engine;
  const lost: Outcome = { type: 'unknown', reason: 'connection_lost', detail: null };
  const answer = (outcomes: readonly Outcome[]) =>
    new Map(messages.map(({ id }, i): [string, Outcome] => [id, outcomes[i] ?? lost]));
  const send = () => channel.send(messages);
  try {
    return answer(await (channel.capabilities.idempotent ? untilAnswered(log, engine.abandoned, send) : send()));
  } catch (error) {
    // Of an idempotent channel nothing is written: whoever takes the page over hands the group over again.
    if (channel.capabilities.idempotent && isPassingFault(error)) throw error;
    log.error({ err: error, channel: channel.name }, 'a channel failed');
    return answer([]);
  }
}

/** Gives signs of life while a slow group is out, and notices when the page was taken away. */
function keepAlive(engine: Engine, beat: () => Promise<boolean>) {
  let lost = false;
  const timer = setInterval(() => {
    beat().then(
      (held) => {
        lost ||= !held;
      },
      // The database is away, for the one who would take the page over as well.
      () => undefined,
    );
  }, engine.options.leaseMs / 4);
  return { lost: () => lost, stop: () => clearInterval(timer) };
}
