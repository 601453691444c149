import {
  type Again,
  isPassingFault,
  type PageDocument,
  reconcileGroup,
  type Settlement,
  settleGroup,
} from '@mini-crm/db';
import {
  type ChannelFault,
  type CustomerId,
  lastingFaults,
  nextGroup,
  type Outcome,
  stopsChannel,
} from '@mini-crm/domain';
import { noteBounces } from './bounced-addresses.ts';
import type { ChannelMessage } from './channels/channel.ts';
import { type Engine, newToken } from './engine.ts';
import type { RunMessages } from './personal-message.ts';
import { type Prepared, prepareGroup } from './prepare-group.ts';
import { restraintOf } from './restraint.ts';
import type { PickedSender, Route } from './route.ts';
import { pauseForFault } from './run-end.ts';
import { interrupted, settleWithout } from './settle-without.ts';
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
    const pin = pinOf(page, mark);
    const group = nextGroup({ mark, customerIds: pin ? page.customerIds.slice(0, pin.to) : page.customerIds }, size);
    if (!group) return null;
    const ids = page.customerIds.slice(group.from, group.to);
    const made = asked(() => prepareGroup(db, run, ids, pin && restraint ? restraint.again : restraint));
    // Of somebody who may have got it, nobody can say that they got nothing.
    const prepared = pin ? made.then((all) => all.map(sentOrUnknown)) : made;
    // Nobody waits for it any more where the page is given up before.
    prepared.catch(() => undefined);
    return { group, prepared };
  };
  let next: ReturnType<typeof prepare> = null;
  /** Puts the page back; who is still being prepared gives up what was reserved for them before another worker can take it. */
  const putBack = async (dueAt?: Date, again?: Again): Promise<PageEnd> => {
    // Whoever may have got a message keeps the room for it, also where the page goes back before they were asked about.
    const unsure = again ?? page.again;
    await letGo(unsure && page.customerIds.slice(0, unsure.to));
    await asked(() => db.pages.release(page._id, token, dueAt, again));
    return 'released';
  };
  const giveUp = async (): Promise<PageEnd> => {
    await letGo();
    return 'lost';
  };
  const letGo = async (unsure?: readonly CustomerId[]) => {
    if (!restraint) return;
    await next?.prepared.catch(() => undefined);
    await asked(() => restraint.letGo(unsure));
  };
  let sent = false;
  let sender: PickedSender | null = null;
  let reserved = 0;
  let revision = 0;
  let permitted = 0;
  try {
    size = largest(await route());
    for (next = prepare(page.mark); next; ) {
      const whole = await next.prepared;
      const stops = () => engine.stopping.aborted || hold.lost();
      const wanted = whole.filter(({ plan }) => plan.type === 'send').length;
      permitted = await engine.onTheWay.take(wanted);
      const way = await route();
      revision = way.revision;
      const pin = pinOf(page, next.group.from);
      const picked = wanted > 0 && !stops() ? await asked(() => way.pick(wanted, pin)) : null;
      if (picked?.type === 'wait') {
        if (lastingFaults.includes(picked.fault)) await asked(() => noteFault(picked.fault, null, true));
        return await putBack(pin ? new Date(engine.now().getTime() + picked.ms) : undefined);
      }
      if (picked?.type === 'gone') {
        engine.onTheWay.give(permitted);
        permitted = 0;
        const rest = { page: { ...page, settled: next.group.from }, token, to: pin?.to ?? next.group.to };
        if (!(await asked(() => settleWithout(engine, run.orgId, rest, interrupted)))) return await giveUp();
        next = prepare(rest.to);
        continue;
      }
      sender = picked?.sender ?? null;
      reserved = picked?.allowed ?? 0;
      const prepared = picked ? upTo(picked.allowed, whole) : whole;
      const group = { from: next.group.from, to: next.group.from + prepared.length };
      const messages = prepared.flatMap(({ plan }) => (plan.type === 'send' ? [plan.message] : []));
      const [state, marked] = await Promise.all([
        asked(run.state),
        picked ? asked(() => db.pages.advance(page._id, token, group.from, group.to, picked.sender.receiver)) : true,
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
      const end = await settle(group, prepared, outcomes, pin);
      engine.onTheWay.give(permitted);
      permitted = 0;
      if (end) return end;
    }
    return 'done';
  } finally {
    sender?.giveBack(reserved);
    engine.onTheWay.give(permitted);
    hold.stop();
    if (sent) await run.clearTrouble().catch(() => undefined);
  }

  async function settle(
    group: { from: number; to: number },
    prepared: readonly Prepared[],
    heard: ReadonlyMap<string, Outcome>,
    pin: Again | null,
  ): Promise<PageEnd | null> {
    const faults = [...heard.values()].filter(({ type }) => type === 'unavailable' || type === 'repeat') as Fault[];
    const fault = faults.find((outcome) => stopsChannel(outcome.fault)) ?? faults[0];
    const answer = fault ? sender?.fault(fault.fault, fault.detail) : undefined;
    if (!fault) sender?.success();
    const unsure = faults.some(({ type }) => type === 'repeat');
    const tries = (pin?.tries ?? 0) + (unsure ? 1 : 0);
    const outcomes = pin ? new Map([...heard].map(([id, said]) => [id, inDoubt(said, tries > repeats)])) : heard;
    const senderId = sender?.id ?? null;
    const by = sender ? sender.receiver : (pin?.by ?? null);
    const again = (unsure || pin) && tries <= repeats ? { by, tries } : null;
    const waitMs = (again ? answer?.ownMs : answer?.waitMs) ?? 0;
    const senderName = sender?.name;
    sender = null;
    const now = engine.now();
    const policy = engine.options.retry;
    const made = settlementOf({
      page,
      prepared,
      outcomes,
      policy,
      senderId,
      pin,
      again,
      waitMs,
      now,
      unique: newToken(),
    });
    if (fault) {
      log.warn(
        { fault: fault.fault, detail: fault.detail, sender: senderName, againInMs: Math.round(waitMs) },
        'the sender is out of order',
      );
      if (waitMs > 0) await asked(() => noteFault(fault.fault, fault.detail, answer?.lasting ?? false));
    }
    if (made.waiting.length === prepared.length) {
      const to = Math.max(group.to, pin?.to ?? 0);
      return putBack(new Date(now.getTime() + waitMs), again ? { ...again, to } : undefined);
    }
    const asking = new Set(made.retries.flatMap((retry) => (retry.again ? retry.customerIds : [])));
    const ids = prepared.flatMap(({ customerId }) => (asking.has(customerId) ? [] : [customerId]));
    // Room for what may have gone out before stands under the name of whoever held the page then.
    const before = { runId: page.runId, channel: 'email', token: null } as const;
    const settled: Settlement['within'] = restraint ? (session) => restraint.settle(ids, session) : undefined;
    const within = pin ? (session: Session) => db.capReservations.release(before, ids, session) : settled;
    const settlement = { page, token, group, rows: made.rows, retries: made.retries, within };
    if (await asked(() => settleGroup(db, engine.database.transaction, settlement))) {
      const ref = { orgId: run.orgId, runId: run.run.id, campaignId: page.campaignId };
      await asked(() => noteBounces(engine, ref, made.rows));
      return null;
    }
    const corrected = await asked(() => reconcileGroup(db, engine.database.transaction, page._id, made.rows));
    log.warn({ corrected, rows: made.rows.length }, 'the page was taken over while its messages were on their way');
    return giveUp();
  }

  async function noteFault(fault: ChannelFault, detail: string | null, lasting: boolean) {
    await db.runWork.noteTrouble(run.run.id, fault, detail, engine.now());
    // Whoever mended a setting a moment ago need not resume twice.
    if (lasting && !(await engine.sendersChanged(run.orgId, { revision }))) {
      await pauseForFault(engine, { orgId: run.orgId, campaignId: run.run.campaignId }, fault, detail);
    }
  }
}

/** How often a group goes to a sender of which nobody can say whether it took it; then it stays unknown. */
const repeats = 5;

type Session = Parameters<NonNullable<Settlement['within']>>[0];
type Fault = Extract<Outcome, { type: 'unavailable' | 'repeat' }>;

/** By what the group that begins here must go, where it may have gone before. */
const pinOf = ({ again }: PageDocument, from: number): Again | null => (again && from < again.to ? again : null);

const sentOrUnknown = (one: Prepared): Prepared => (one.plan.type === 'send' ? one : { ...one, plan: interrupted });

/**
 * What a receiver says of a message that it may have been handed before. That it refuses the call does not say that it did not take
 * the one before; after the last try, nor does it that it took none this time.
 */
function inDoubt(outcome: Outcome, last: boolean): Outcome {
  const refused = outcome.type === 'failed' && outcome.reason === 'refused';
  const untaken = last && (outcome.type === 'repeat' || outcome.type === 'unavailable');
  return refused || untaken ? { type: 'unknown', reason: 'connection_lost', detail: outcome.detail } : outcome;
}

/** The beginning of a group with so many messages as may go out now, and those between who get none. */
function upTo(allowed: number, prepared: readonly Prepared[]): readonly Prepared[] {
  let messages = 0;
  const end = prepared.findIndex(({ plan }) => plan.type === 'send' && ++messages > allowed);
  return end < 0 ? prepared : prepared.slice(0, end);
}

/** Hands a group over and answers for each message by its id. */
export async function handOver(
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
export function keepAlive(engine: Engine, beat: () => Promise<boolean>) {
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
