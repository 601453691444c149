import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  parseTrackingPayload,
  payloadIdsLength,
  signatureLength,
  type TrackedMessage,
  type TrackingKind,
  trackingPayload,
} from '@mini-crm/domain';
import { openAddress, sealAddress } from './sealed-address.ts';

/** A message that a token of ours names. */
export interface SignedMessage extends TrackedMessage {
  /** Where it went, in the tokens for unsubscribing that say so. */
  readonly address: string | null;
}

// An address may have 254 characters, of up to four bytes each.
const longestToken = 1_600;

/** Makes and reads the signed URLs of messages. */
export interface TrackingUrls {
  openUrl(message: Omit<TrackedMessage, 'link'>): string;
  clickUrl(message: Omit<TrackedMessage, 'link'>, link: number): string;
  /**
   * The link for unsubscribing carries the address that the message goes to: an address is suppressed, also when its customer
   * was deleted meanwhile and nothing else knows it any more. Null where it is not known.
   */
  unsubscribeUrl(message: Omit<TrackedMessage, 'link'>, address: string | null): string;
  /** The message of a token of this kind; null for one that we did not sign. */
  read(kind: TrackingKind, token: string): SignedMessage | null;
}

/** Signs with HMAC-SHA256, cut to 128 bits, over the kind and the payload: an open token is no unsubscribe token. */
export function trackingUrls(publicUrl: string, secret: string): TrackingUrls {
  const signature = (kind: TrackingKind, payload: string) =>
    createHmac('sha256', secret).update(`${kind}:${payload}`).digest('base64url').slice(0, signatureLength);
  const signed = (kind: TrackingKind, payload: string) => payload + signature(kind, payload);
  const token = (kind: TrackingKind, message: TrackedMessage) => signed(kind, trackingPayload(message));
  return {
    openUrl: (message) => `${publicUrl}/t/o/${token('open', { ...message, link: null })}.gif`,
    clickUrl: (message, link) => `${publicUrl}/t/c/${token('click', { ...message, link })}`,
    unsubscribeUrl(message, address) {
      const ids = trackingPayload({ ...message, link: null });
      return `${publicUrl}/u/${signed('unsubscribe', ids + (address ? sealAddress(secret, ids, address) : ''))}`;
    },
    read(kind, text) {
      if (text.length <= signatureLength || text.length > longestToken) return null;
      const payload = text.slice(0, -signatureLength);
      const given = Buffer.from(text.slice(-signatureLength));
      const right = Buffer.from(signature(kind, payload));
      if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
      const sealedAt = kind === 'unsubscribe' ? payloadIdsLength : payload.length;
      const message = parseTrackingPayload(kind, payload.slice(0, sealedAt));
      return message && { ...message, address: openAddress(secret, payload.slice(sealedAt)) };
    },
  };
}
