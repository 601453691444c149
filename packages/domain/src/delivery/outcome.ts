import type { FailureReason, UnknownReason } from './delivery.ts';

/** Trouble of the channel itself: no recipient's fault, so it costs no attempt. */
export const channelFaults = [
  'unreachable',
  'tls_failed',
  'login_refused',
  'sender_refused',
  'throttled',
  'senders_off',
] as const;
export type ChannelFault = (typeof channelFaults)[number];

/** Faults that don't pass by waiting: somebody has to change a setting. */
export const lastingFaults: readonly ChannelFault[] = ['login_refused', 'sender_refused', 'senders_off'];

/** Whether a fault is everybody's who sends through the channel. A refused From address is its organization's own matter. */
export const stopsChannel = (fault: ChannelFault): boolean => fault !== 'sender_refused';

/**
 * What a channel says of one message. `temporary` and `unavailable` promise that nothing was handed over, so that the
 * message may go again; `unknown` promises nothing. `repeat` promises nothing either, but that the same message may go again
 * by the same channel without harm: only an idempotent channel says so.
 */
export type Outcome =
  | { readonly type: 'sent'; readonly detail: string | null }
  | { readonly type: 'failed'; readonly reason: FailureReason; readonly detail: string | null }
  | { readonly type: 'temporary'; readonly detail: string | null }
  | { readonly type: 'unknown'; readonly reason: UnknownReason; readonly detail: string | null }
  | { readonly type: 'unavailable'; readonly fault: ChannelFault; readonly detail: string | null }
  | { readonly type: 'repeat'; readonly fault: ChannelFault; readonly detail: string | null };
export type OutcomeType = Outcome['type'];
