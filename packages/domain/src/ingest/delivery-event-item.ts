import { z } from 'zod';
import { longestDetail, shortDetail } from '../delivery/delivery.ts';
import { oneLine } from '../text/plain-text.ts';

/** What a provider says of a message after it took it. */
export const deliveryEventTypes = ['delivered', 'bounced', 'complained'] as const;
export type DeliveryEventType = (typeof deliveryEventTypes)[number];

/** One thing that became of a message, in a provider's words. */
export const deliveryEventItemSchema = z
  .strictObject({
    messageId: oneLine(300).min(1).meta({
      description: 'The Message-ID of the message, with or without its angle brackets.',
      example: '<run_01….cus_01…@shop.example>',
    }),
    type: z.enum(deliveryEventTypes).meta({
      description:
        'delivered: the receiving server took it. bounced: it came back. complained: the person reported it as spam.',
    }),
    at: z.iso.datetime({ offset: true }).meta({
      description: 'When it happened: RFC 3339 with a zone.',
      example: '2026-11-20T09:30:00Z',
    }),
    bounce: z.enum(['hard', 'soft']).optional().meta({
      description:
        'Of a bounce: hard where the address will never take a message, which suppresses it; soft where it may another time. Hard where nothing is said.',
    }),
    detail: z
      .string()
      .max(4000)
      .optional()
      .meta({ description: `The receiving server’s words; the first ${longestDetail} characters are kept.` }),
  })
  .refine(({ type, bounce }) => bounce === undefined || type === 'bounced', {
    message: 'only a bounce is hard or soft',
    path: ['bounce'],
  })
  .meta({ id: 'DeliveryEvent' });
export type DeliveryEventItem = z.infer<typeof deliveryEventItemSchema>;

/** What a provider's event says, as it is stored. */
export interface DeliveryEvent {
  readonly type: 'delivered' | 'bounced' | 'softBounced' | 'complained';
  readonly at: Date;
  readonly detail: string | null;
}

/** The event of an item that was taken. */
export const deliveryEventOf = ({ type, at, bounce, detail }: DeliveryEventItem): DeliveryEvent => ({
  type: type === 'bounced' && bounce === 'soft' ? 'softBounced' : type,
  at: new Date(at),
  detail: shortDetail(detail),
});
