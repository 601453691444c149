import { z } from 'zod';
import {
  type DeliveryReason,
  type DeliveryState,
  deliveryReasons,
  deliveryStates,
  failureReasons,
  skipReasons,
} from '../delivery/delivery.ts';
import { idSchema } from '../ids/id.ts';
import { oneLine } from '../text/plain-text.ts';

/** What people did with a message that the log can be narrowed to. */
export const messageResponses = ['opened', 'clicked', 'unsubscribed'] as const;
export type MessageResponse = (typeof messageResponses)[number];

/**
 * What the communication log can be asked for. All that is named has to hold. Each combination is served by an index of the
 * deliveries (see delivery.model.ts); `link`, the number of a link of the message, needs the campaign whose message it stands in.
 */
export const messageFilterSchema = z
  .strictObject({
    campaignId: idSchema('campaign').optional(),
    customerId: idSchema('customer').optional(),
    state: z.enum(deliveryStates).optional(),
    reason: z.enum(deliveryReasons as [DeliveryReason, ...DeliveryReason[]]).optional(),
    response: z.enum(messageResponses).optional(),
    link: z.number().int().min(0).max(10_000).optional(),
    /** The beginning of the address, in any case. */
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
