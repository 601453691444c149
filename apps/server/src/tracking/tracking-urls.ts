import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  parseTrackingPayload,
  signatureLength,
  type TrackedMessage,
  type TrackingKind,
  trackingPayload,
} from '@mini-crm/domain';

/** Makes and reads the signed URLs of messages. */
export interface TrackingUrls {
  openUrl(message: Omit<TrackedMessage, 'link'>): string;
  clickUrl(message: Omit<TrackedMessage, 'link'>, link: number): string;
  unsubscribeUrl(message: Omit<TrackedMessage, 'link'>): string;
  /** The message of a token of this kind; null for one that we did not sign. */
  read(kind: TrackingKind, token: string): TrackedMessage | null;
}

/** Signs with HMAC-SHA256, cut to 128 bits, over the kind and the payload: an open token is no unsubscribe token. */
export function trackingUrls(publicUrl: string, secret: string): TrackingUrls {
  const signature = (kind: TrackingKind, payload: string) =>
    createHmac('sha256', secret).update(`${kind}:${payload}`).digest('base64url').slice(0, signatureLength);
  const token = (kind: TrackingKind, message: TrackedMessage) => {
    const payload = trackingPayload(message);
    return payload + signature(kind, payload);
  };
  return {
    openUrl: (message) => `${publicUrl}/t/o/${token('open', { ...message, link: null })}.gif`,
    clickUrl: (message, link) => `${publicUrl}/t/c/${token('click', { ...message, link })}`,
    unsubscribeUrl: (message) => `${publicUrl}/u/${token('unsubscribe', { ...message, link: null })}`,
    read(kind, text) {
      if (text.length <= signatureLength || text.length > 200) return null;
      const payload = text.slice(0, -signatureLength);
      const given = Buffer.from(text.slice(-signatureLength));
      const right = Buffer.from(signature(kind, payload));
      if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
      return parseTrackingPayload(kind, payload);
    },
  };
}
