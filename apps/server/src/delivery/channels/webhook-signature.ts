import { createHash, createHmac, randomBytes } from 'node:crypto';

/** The headers by which a receiver knows who calls and that nobody changed a word (Standard Webhooks 1.0). */
export function signedHeaders(secret: string, id: string, at: Date, body: string): Record<string, string> {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

/** The id of a call: the same messages have the same, so that a receiver may know a call that it answered before. */
export const callId = (messageIds: readonly string[]): string =>
  `call_${createHash('sha256').update(messageIds.join('\n')).digest('base64url').slice(0, 32)}`;

/** A new secret: 256 bits. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;
