import {
  deliveryReasons,
  idempotencyKeyPattern,
  idSchema,
  type MessageId,
  messageStates,
  type SendMessage,
  sendMessageFields,
} from '@mini-crm/domain';
import { z } from 'zod';
import { unwrap } from '../../errors.ts';
import { messageStatus } from '../../transactional/message-status.usecases.ts';
import { replayedHeader, sendKeyed } from '../../transactional/send-keyed.ts';
import type { Endpoint } from './endpoints.ts';

const instant = z.iso.datetime();

const acceptedMessageSchema = z
  .object({
    id: idSchema('message'),
    state: z.literal('queued'),
    templateId: idSchema('template'),
    templateVersion: z.int().min(1),
    customerId: idSchema('customer').nullable().meta({ description: 'Whose address it is; null for nobody’s.' }),
    to: z.string(),
  })
  .meta({ id: 'AcceptedMessage' });

const messageStatusSchema = z
  .object({
    id: idSchema('message'),
    state: z.enum(messageStates).meta({
      description:
        'sent is exactly one message handed over; skipped and failed are none; unknown is none or one: the connection was lost before the answer.',
    }),
    reason: z.enum(deliveryReasons).nullable(),
    detail: z.string().nullable().meta({ description: 'The receiving server’s own words.' }),
    templateId: idSchema('template'),
    templateVersion: z.int().min(1),
    customerId: z.string().nullable(),
    to: z.string(),
    attempts: z.int().min(0),
    createdAt: instant,
    at: instant.nullable().meta({ description: 'When it was settled; null before.' }),
    deliveredAt: instant.nullable(),
    bouncedAt: instant.nullable(),
    complainedAt: instant.nullable(),
    openedAt: instant.nullable(),
    clickedAt: instant.nullable(),
  })
  .meta({ id: 'MessageStatus' });

/** The addresses of transactional messages. */
export const messageEndpoints: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/messages',
    operationId: 'sendMessage',
    summary: 'Send one message by a published template',
    description:
      'The answer comes as soon as the message is stored; it goes out within a second or so. With an Idempotency-Key the same request again gets the same answer for 24 hours and sends nothing.',
    scope: 'messages:send',
    body: sendMessageFields,
    headers: z.object({
      'Idempotency-Key': z.string().regex(idempotencyKeyPattern).optional().meta({
        description:
          'A text of your own, up to 255 visible characters: one for each message, the same for its repetitions.',
      }),
    }),
    answerHeaders: z.object({
      [replayedHeader]: z
        .literal('true')
        .optional()
        .meta({ description: 'The answer of an earlier request with the same key.' }),
    }),
    status: 202,
    refusals: {
      '400':
        'The body is wrong, there is no such template or customer, or a value is missing that the template needs: path says where.',
      '409': 'A request with the same Idempotency-Key is on its way; Retry-After says when to ask again.',
      '412': 'Neither the organization nor the template has an address to send from.',
      '422': 'The Idempotency-Key came with another body.',
    },
    answer: acceptedMessageSchema,
    run: (ctx, { body, header, say }) => sendKeyed(ctx, body as SendMessage, header('idempotency-key') ?? null, say),
  },
  {
    method: 'GET',
    path: '/messages/{messageId}',
    operationId: 'getMessage',
    summary: 'Read what became of a message',
    scope: 'messages:send',
    params: z.object({ messageId: idSchema('message') }),
    answer: messageStatusSchema,
    run: async ({ db }, { params }) => unwrap(await messageStatus(db, params.messageId as MessageId)),
  },
];
