import { z } from 'zod';
import type { CustomerId } from '../ids/id.ts';
import { oneLine, plainText } from '../text/plain-text.ts';

/** The interactions that people log by hand. */
export const interactionTypes = ['call', 'note', 'visit', 'ticket'] as const;
export const interactionTypeSchema = z.enum(interactionTypes);
export type InteractionType = z.infer<typeof interactionTypeSchema>;

/** Types that carry a total in a currency. A refund's total is negative. */
export const moneyEventTypes = ['order', 'refund'] as const;

/** The name of an event type: one of ours, or an organization's own such as `cart_added`. */
export const eventTypeSchema = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);

/** One position of an order: quantity times price (minor units of the order's currency, for one piece). */
export const orderLineSchema = z.strictObject({
  productId: oneLine(200).nullable(),
  name: oneLine(200).nullable(),
  category: oneLine(200).nullable(),
  quantity: z.number().int().min(0).max(1e6),
  price: z.number().int().nullable(),
});
export type OrderLine = z.infer<typeof orderLineSchema>;

/** A flat record of what else is known of an event. */
export type EventProperties = Readonly<Record<string, string | number | boolean | Date>>;

export interface CustomerEvent {
  /** The source's own id of the event; the same id again is the same event. */
  readonly eventId: string;
  readonly customerId: CustomerId;
  readonly type: string;
  readonly at: Date;
  readonly currency: string | null;
  /** Minor units; null where the type has no money. */
  readonly total: number | null;
  readonly lines: readonly OrderLine[];
  readonly properties: EventProperties;
}

export const logInteractionSchema = z.strictObject({
  type: interactionTypeSchema,
  at: z.iso.datetime({ offset: true }),
  text: plainText(5000).min(1),
});
