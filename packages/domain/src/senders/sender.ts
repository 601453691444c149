import { z } from 'zod';
import type { ChannelFault } from '../delivery/outcome.ts';
import type { SenderId } from '../ids/id.ts';
import { oneLine } from '../text/plain-text.ts';
import { dkimInputSchema } from './dkim.ts';
import { throttleSchema } from './throttle.ts';

/** At most so many senders of an organization. */
export const maximumSenders = 20;

/** How the line to an SMTP server is secured: TLS from the first byte, STARTTLS before anything is said, or not at all. */
export const smtpTlsModes = ['implicit', 'starttls', 'none'] as const;
export type SmtpTls = (typeof smtpTlsModes)[number];

/** The port that a server usually listens on (RFC 8314, RFC 6409, RFC 5321). */
export const usualSmtpPort: Readonly<Record<SmtpTls, number>> = { implicit: 465, starttls: 587, none: 25 };

// A name, an IPv4 or an IPv6 address: no scheme, path, port or space.
const hostPattern = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|\[?[0-9A-Fa-f:.]{2,45}\]?)$/;

/** A secret in what a form gives: a new text, or null for the one that is kept. */
const secretSchema = z.string().max(1_000).nullable();

const smtpInputSchema = z.strictObject({
  type: z.literal('smtp'),
  host: z.string().trim().min(1).max(253).regex(hostPattern),
  port: z.number().int().min(1).max(65_535),
  tls: z.enum(smtpTlsModes),
  /** "" where the server asks for no login. */
  user: oneLine(320),
  password: secretSchema,
  dkim: dkimInputSchema.nullable(),
});

/** The secret of a webhook as Standard Webhooks writes it: 24 to 64 bytes in base64 behind `whsec_`. */
export const webhookSecretPattern = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/;

const webhookInputSchema = z.strictObject({
  type: z.literal('webhook'),
  /** No user and password in it: the signature is what tells us apart. */
  url: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .regex(/^[^/]+\/\/[^/?#@]+(?:[/?#]|$)/),
  secret: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('keep') }),
    z.strictObject({ type: z.literal('generate') }),
    z.strictObject({ type: z.literal('paste'), secret: z.string().regex(webhookSecretPattern) }),
  ]),
});

/** What a person says of a sender. */
export const senderInputSchema = z.strictObject({
  name: oneLine(80).min(1),
  enabled: z.boolean(),
  throttle: throttleSchema,
  way: z.discriminatedUnion('type', [smtpInputSchema, webhookInputSchema]),
});
export type SenderInput = z.infer<typeof senderInputSchema>;
export type SenderWayInput = SenderInput['way'];
export type SenderType = SenderWayInput['type'];

/** Why a sender took nothing lately, and until when it is left alone. */
export interface SenderTrouble {
  readonly fault: ChannelFault;
  /** The provider's words. */
  readonly detail: string | null;
  readonly since: Date;
  readonly until: Date;
}

/** The order of all senders of an organization, as somebody dragged it. */
export const senderOrderSchema = (id: z.ZodType<SenderId, string>) =>
  z
    .array(id)
    .min(1)
    .max(maximumSenders)
    .refine((ids) => new Set(ids).size === ids.length);
