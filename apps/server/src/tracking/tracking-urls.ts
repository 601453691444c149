import { timingSafeEqual } from 'node:crypto';
import {
  type MessageOfLink,
  parseTrackingPayload,
  payloadIdsLength,
  signatureLength,
  type TrackedMessage,
  type TrackingKind,
  trackingPayload,
} from '@mini-crm/domain';
import { hmacSha256 } from './hmac.ts';
import { addressSeal } from './sealed-address.ts';

/** A message that a token of ours names. */
export type SignedMessage = TrackedMessage & {
  /** Where it went, in the tokens for unsubscribing that say so. */
  readonly address: string | null;
};

type MessageIds = MessageOfLink;

// An address may have 254 characters, of up to four bytes each.
const longestToken = 1_600;

/** All signed URLs of one message. */
export interface MessageUrls {
  readonly open: string;
  readonly unsubscribe: string;
  readonly click: (link: number) => string;
}

/** Makes and reads the signed URLs of messages. */
export interface TrackingUrls {
  /** Those of one message to an address, made together; see {@link TrackingUrls.unsubscribeUrl} for the address. */
  of(message: MessageIds, address: string | null): MessageUrls;
  openUrl(message: MessageIds): string;
  clickUrl(message: MessageIds, link: number): string;
  /**
   * The link for unsubscribing carries the address that the message goes to: an address is suppressed, also when its customer
   * was deleted meanwhile and nothing else knows it any more. Null where it is not known.
   */
  unsubscribeUrl(message: MessageIds, address: string | null): string;
  /** The message of a token of this kind; null for one that we did not sign. */
  read(kind: TrackingKind, token: string): SignedMessage | null;
}

/**
 * Signs with HMAC-SHA256. One signature a message is cut in two halves of 128 bits, for its opening and for its clicks, and
 * the sealed address of an unsubscribe token signs itself: no URL of one kind gives away another. The number of a link is not
 * signed; whoever has one link of a message may follow the others. Tokens of older messages, each signed by itself, are read
 * for ever.
 */
export function trackingUrls(publicUrl: string, secret: string): TrackingUrls {
  const mac = hmacSha256(secret);
  const address = addressSeal(secret);
  const single = (kind: TrackingKind, payload: string) =>
    mac(`${kind}:${payload}`).toString('base64url').slice(0, signatureLength);
  const halves = (ids: string) => {
    const whole = mac(`message:${ids}`);
    return { open: whole.toString('base64url', 0, 16), click: whole.toString('base64url', 16) };
  };
  const unsubscribe = (ids: string, to: string | null) =>
    `${publicUrl}/u/${ids}${to ? address.seal(ids, to) : single('unsubscribe', ids)}`;
  const open = (ids: string, signature: string) => `${publicUrl}/t/o/${ids}${signature}.gif`;
  const click = (ids: string, link: number, signature: string) =>
    `${publicUrl}/t/c/${ids}${link.toString(36)}${signature}`;
  const idsOf = (message: MessageIds) => trackingPayload({ ...message, link: null });

  return {
    of(message, to) {
      const ids = idsOf(message);
      const signatures = halves(ids);
      return {
        open: open(ids, signatures.open),
        unsubscribe: unsubscribe(ids, to),
        click: (link) => click(ids, link, signatures.click),
      };
    },
    openUrl(message) {
      const ids = idsOf(message);
      return open(ids, halves(ids).open);
    },
    clickUrl(message, link) {
      const ids = idsOf(message);
      return click(ids, link, halves(ids).click);
    },
    unsubscribeUrl: (message, to) => unsubscribe(idsOf(message), to),
    read(kind, text) {
      if (text.length <= signatureLength || text.length > longestToken) return null;
      const ids = text.slice(0, payloadIdsLength);
      if (kind === 'unsubscribe') {
        const sealed = address.open(ids, text.slice(payloadIdsLength));
        const message = sealed === null ? null : parseTrackingPayload(kind, ids);
        if (message) return { ...message, address: sealed };
      }
      const payload = text.slice(0, -signatureLength);
      const signature = text.slice(-signatureLength);
      const ofMessage = kind !== 'unsubscribe' && same(signature, halves(ids)[kind]);
      if (!ofMessage && !same(signature, single(kind, payload))) return null;
      const sealedAt = kind === 'unsubscribe' ? payloadIdsLength : payload.length;
      const message = parseTrackingPayload(kind, payload.slice(0, sealedAt));
      return message && { ...message, address: address.openChecked(payload.slice(sealedAt)) };
    },
  };
}

function same(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
