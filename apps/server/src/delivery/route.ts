import { type ChannelFault, lastingFaults, type SenderId, stopsChannel } from '@mini-crm/domain';
import type { Breaker } from './breaker.ts';
import type { ChannelCapabilities, DeliveryChannel } from './channels/channel.ts';

/** How an organization's messages go out: by its senders in their order, or by the installation's own channel. */
export interface Route {
  /** Another one where the organization's senders are others. */
  readonly revision: number;
  /** What all usable senders can promise: the smallest batch, idempotent only where all are. */
  readonly capabilities: ChannelCapabilities;
  /** Whether a group that this receiver may have been handed can go to it again without harm. */
  repeats(by: string | null): boolean;
  /** How many pages are worth working on now, of so many. */
  allowance(wanted: number): number;
  /**
   * The sender that a group of `wanted` messages may go out by now, with as many of them as its throttle allows at this
   * moment, which are reserved; or how long to wait and why. Whoever picks says once what came of it. A group that a receiver
   * may have been handed before goes `only` to it.
   */
  pick(wanted: number, only?: { readonly by: string | null } | null): Promise<Picked>;
}

export type Picked =
  | { readonly type: 'sender'; readonly sender: PickedSender; readonly allowed: number }
  | { readonly type: 'wait'; readonly ms: number; readonly fault: ChannelFault }
  /** The only receiver that could take it is not there any more, or its sender is off. */
  | { readonly type: 'gone' };

/** What follows from a fault of a sender. */
export interface FaultAnswer {
  /** Ms until the messages that it did not take may go again, by it or by another sender: 0 where one can take them now. */
  readonly waitMs: number;
  /** Ms until this very sender is tried again. */
  readonly ownMs: number;
  /** Whether no sender will take them before somebody changes a setting. */
  readonly lasting: boolean;
}

export interface PickedSender {
  /** Null for the installation's own channel. */
  readonly id: SenderId | null;
  readonly name: string;
  /** Names who takes no message twice: the sender, and another one where the sender calls somewhere else than before. */
  readonly receiver: string | null;
  readonly channel: DeliveryChannel;
  /** The sender did not take messages, by no fault of theirs. */
  fault(fault: ChannelFault, detail: string | null): FaultAnswer;
  /** The sender works, whatever it said of each message. */
  success(): void;
  /** Nothing is known of the sender; `unused` of the messages that were reserved were not handed over. */
  giveBack(unused: number): void;
}

/** The route over one channel: the installation's own, which organizations without senders go out by. */
export function channelRoute(channel: DeliveryChannel, breaker: Breaker, firstPauseMs: number): Route {
  return {
    revision: 0,
    capabilities: channel.capabilities,
    allowance: breaker.allowance,
    repeats: (by) => by === null && channel.capabilities.idempotent,
    async pick(wanted, only) {
      if (only && only.by !== null) return { type: 'gone' };
      const pass = breaker.admit();
      if (!pass) return { type: 'wait', ms: breaker.pause(), fault: 'unreachable' };
      const sender: PickedSender = {
        id: null,
        name: channel.name,
        receiver: null,
        channel,
        fault(fault) {
          const lasting = lastingFaults.includes(fault);
          // The From address is its organization's own matter, and others go out by this channel too.
          if (!stopsChannel(fault)) breaker.success();
          const waitMs = stopsChannel(fault) ? breaker.fault(pass) : firstPauseMs;
          return { waitMs, ownMs: waitMs, lasting };
        },
        success: () => void breaker.success(),
        giveBack: () => breaker.leave(pass),
      };
      return { type: 'sender', sender, allowed: wanted };
    },
  };
}
