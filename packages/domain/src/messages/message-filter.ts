import { z } from 'zod';
import { channelSchema } from '../customers/customer.ts';
import {
  type DeliveryReason,
  type DeliveryState,
  deliveryReasons,
  deliveryStates,
  failureReasons,
  skipReasons,
} from '../delivery/delivery.ts';
import { interactionTypeSchema } from '../events/event.ts';
import { idSchema } from '../ids/id.ts';
import { oneLine } from '../text/plain-text.ts';

/** What came back of a message that the log can be narrowed to. */
export const messageResponses = ['opened', 'clicked', 'unsubscribed', 'bounced', 'complained'] as const;
export type MessageResponse = (typeof messageResponses)[number];

/** What the log can be narrowed to by its sort: messages or interactions alone, or of the messages the transactional ones. */
export const logShows = ['messages', 'transactional', 'interactions'] as const;
export type LogShow = (typeof logShows)[number];

/**
 * What the communication log can be asked for. All that is named has to hold; which combinations there are, `planLog` says.
 * `link`, the number of a link of the message, needs the campaign whose message it stands in.
 */
export const messageFilterSchema = z
  .strictObject({
    show: z.enum(logShows).optional(),
    interaction: interactionTypeSchema.optional(),
    campaignId: idSchema('campaign').optional(),
    templateId: idSchema('template').optional(),
    customerId: idSchema('customer').optional(),
    channel: channelSchema.optional(),
    state: z.enum(deliveryStates).optional(),
    reason: z.enum(deliveryReasons as [DeliveryReason, ...DeliveryReason[]]).optional(),
    response: z.enum(messageResponses).optional(),
    link: z.number().int().min(0).max(10_000).optional(),
    /** The whole address, in any case. */
    address: oneLine(254).optional(),
    /** Half-open. */
    from: z.iso.datetime({ offset: true }).optional(),
    to: z.iso.datetime({ offset: true }).optional(),
  })
  .refine(({ link, campaignId }) => link === undefined || campaignId !== undefined, {
    message: 'a link needs its campaign',
    path: ['link'],
  });
export type MessageFilter = z.infer<typeof messageFilterSchema>;

/** The state that a message with this reason is in: every reason belongs to exactly one. */
export function stateOfReason(reason: DeliveryReason): DeliveryState {
  if ((skipReasons as readonly string[]).includes(reason)) return 'skipped';
  if ((failureReasons as readonly string[]).includes(reason)) return 'failed';
  return 'unknown';
}
