import { z } from 'zod';
import { type CustomerId, idSchema, type MessageId, type TemplateId } from '../ids/id.ts';
import { emailAddressSchema, oneLine } from '../text/plain-text.ts';
import { templateDataSchema, templateSlugSchema } from './template.ts';

/** Whom a message goes to: a customer of yours, or an address, which is a customer's where one has it. */
export const messageRecipientSchema = z
  .union([
    z.strictObject({ customerId: idSchema('customer') }),
    z.strictObject({ externalId: oneLine(200).min(1) }),
    z.strictObject({ email: emailAddressSchema, name: oneLine(200).optional() }),
  ])
  .meta({ id: 'MessageRecipient' });
export type MessageRecipient = z.infer<typeof messageRecipientSchema>;

/** The fields of a message that a program asks for; `sendMessageSchema` checks them together. */
export const sendMessageFields = z.strictObject({
  templateSlug: templateSlugSchema.optional().meta({ description: 'The template’s slug. Either this or templateId.' }),
  templateId: idSchema('template').optional(),
  to: messageRecipientSchema.meta({
    description: 'A customer by our id or yours, or an address; an address that a customer has is theirs.',
  }),
  data: templateDataSchema.default({}).meta({ description: 'What the template knows as data.' }),
  replyTo: emailAddressSchema.optional().meta({ description: 'Instead of the template’s own.' }),
});
export type SendMessage = z.infer<typeof sendMessageFields>;

/** What a sent message's answer says. */
export interface AcceptedMessage {
  readonly id: MessageId;
  readonly state: 'queued';
  readonly templateId: TemplateId;
  readonly templateVersion: number;
  readonly customerId: CustomerId | null;
  readonly to: string;
}

/** Before there is a row of the log a message is `queued`, or `sending` while a worker has it in hand. */
export const messageStates = ['queued', 'sending', 'sent', 'failed', 'skipped', 'unknown'] as const;
export type MessageState = (typeof messageStates)[number];
