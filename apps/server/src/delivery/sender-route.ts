import type { OrganizationDatabase, Reservation, SenderDocument } from '@mini-crm/db';
import { type ChannelFault, isThrottled, lastingFaults } from '@mini-crm/domain';
import type { Logger } from 'pino';
import type { Breaker, Pass } from './breaker.ts';
import type { ChannelCapabilities, DeliveryChannel } from './channels/channel.ts';
import type { Picked, PickedSender, Route } from './route.ts';

/** A sender as this process has it open. */
export interface OpenSender {
  document: SenderDocument;
  readonly channel: DeliveryChannel;
  readonly breaker: Breaker;
  /** Groups that are on their way by it. */
  inHand: number;
  /** The last fault, while nothing has gone out since. */
  fault: ChannelFault | null;
  /** Until when its throttle holds everything back, by this process's monotonic clock. */
  throttledUntil: number;
  /** Changed or removed: closed as soon as nothing is in hand. */
  retired: boolean;
}

interface SenderRouteDeps {
  readonly db: OrganizationDatabase;
  readonly log: Logger;
  readonly now: () => Date;
  readonly clock: () => number;
  /** For groups that went by the installation's own channel before there were senders. */
  readonly fallback: Route;
  readonly revision: number;
}

/**
 * The route over an organization's senders, in their order. One that is out of order is passed over until its breaker lets a
 * group try; one whose throttle is used up is waited for, because a throttle is somebody's wish and no fault.
 */
export function senderRoute(all: readonly OpenSender[], deps: SenderRouteDeps): Route {
  const { db, log, clock } = deps;
  const senders = all.filter(({ document }) => document.enabled);
  const usable = senders.length > 0 ? senders : all;

  const written = (work: Promise<unknown>) => {
    work.catch((error) => log.warn({ err: error }, 'the state of a sender was not written'));
  };

  async function reserve(
    sender: OpenSender,
    wanted: number,
  ): Promise<Reservation | { allowed: number; waitMs: number }> {
    const { _id, throttle } = sender.document;
    if (!isThrottled(throttle)) return { allowed: wanted, waitMs: 0 };
    const left = sender.throttledUntil - clock();
    if (left > 0) return { allowed: 0, waitMs: left };
    const reservation = await db.throttles.reserve(_id, throttle, wanted);
    if (reservation.waitMs > 0) sender.throttledUntil = clock() + reservation.waitMs;
    return reservation;
  }

  function picked(sender: OpenSender, pass: Pass, reservation: Awaited<ReturnType<typeof reserve>>): PickedSender {
    const { document, breaker, channel } = sender;
    const { _id: id, name, version } = document;
    let left = false;
    const leave = () => {
      if (!left) letGo(sender);
      left = true;
    };
    return {
      id,
      name,
      receiver: receiverOf(document),
      channel,
      fault(fault, detail) {
        const ownMs = breaker.fault(pass);
        sender.fault = fault;
        leave();
        const since = deps.now();
        written(
          db.senders.noteTrouble(id, version, { fault, detail, since, until: new Date(since.getTime() + ownMs) }),
        );
        const lasting = senders.every((one) => one.fault !== null && lastingFaults.includes(one.fault));
        return { ownMs, lasting, waitMs: Math.min(...senders.map((one) => one.breaker.pause()), ownMs) };
      },
      success() {
        const was = breaker.success();
        sender.fault = null;
        leave();
        if (was || sender.document.trouble) written(db.senders.clearTrouble(id));
      },
      giveBack(unused) {
        breaker.leave(pass);
        leave();
        if ('windows' in reservation) written(db.throttles.giveBack(id, reservation, unused));
        if (unused > 0) sender.throttledUntil = 0;
      },
    };
  }

  /** One sender's answer: the group may go by it, its throttle is used up, or null where it is out of order. */
  async function tryOne(sender: OpenSender, wanted: number): Promise<Picked | null> {
    const pass = sender.retired ? null : sender.breaker.admit();
    if (!pass) return null;
    sender.inHand++;
    try {
      const reservation = await reserve(sender, wanted);
      if (reservation.allowed > 0) {
        return { type: 'sender', sender: picked(sender, pass, reservation), allowed: reservation.allowed };
      }
      sender.breaker.leave(pass);
      letGo(sender);
      return { type: 'wait', ms: reservation.waitMs, fault: 'throttled' };
    } catch (error) {
      sender.breaker.leave(pass);
      letGo(sender);
      throw error;
    }
  }

  async function pick(wanted: number, only?: { readonly by: string | null } | null): Promise<Picked> {
    if (only?.by === null) return deps.fallback.pick(wanted, only);
    const among = only ? senders.filter(({ document }) => receiverOf(document) === only.by) : senders;
    const [first] = among;
    if (!first) return only ? { type: 'gone' } : { type: 'wait', ms: offMs, fault: 'senders_off' };
    for (const sender of among) {
      const answer = await tryOne(sender, wanted);
      if (answer) return answer;
    }
    const ms = Math.min(...among.map(({ breaker }) => breaker.pause()));
    return { type: 'wait', ms, fault: first.fault === null || isLasting(first.fault) ? 'unreachable' : first.fault };
  }

  return {
    revision: deps.revision,
    capabilities: capabilitiesOf(usable.map(({ channel }) => channel.capabilities)),
    repeats: (by) =>
      by === null
        ? deps.fallback.repeats(null)
        : senders.some(({ document, channel }) => receiverOf(document) === by && channel.capabilities.idempotent),
    allowance(wanted) {
      for (const { breaker, throttledUntil } of senders) {
        const most = breaker.allowance(wanted);
        if (most > 0) return throttledUntil > clock() ? 0 : most;
      }
      // With all of them off a page is taken, which finds out and pauses its campaign.
      return senders.length === 0 ? wanted : 0;
    },
    pick,
  };
}

// As soon as somebody switches one on it is known, and until then nobody need ask more often.
const offMs = 1_000;

/** What a webhook took is known to its address alone: moved to another one, its messages can't go again without harm. */
const receiverOf = ({ _id, moves }: SenderDocument): string => (moves ? `${_id}~${moves}` : _id);

/** A group is through; a sender that was changed or removed in the meantime is closed behind its last one. */
function letGo(sender: OpenSender): void {
  sender.inHand--;
  if (sender.retired && sender.inHand === 0) void sender.channel.close();
}

const isLasting = (fault: ChannelFault) => lastingFaults.includes(fault);

function capabilitiesOf(all: readonly ChannelCapabilities[]): ChannelCapabilities {
  return {
    batchSize: Math.min(...all.map(({ batchSize }) => batchSize)),
    idempotent: all.every(({ idempotent }) => idempotent),
    reports: [],
  };
}
