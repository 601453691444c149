import { z } from 'zod';
import { channelSchema, consentStates } from '../customers/customer.ts';
import { eventTypeSchema } from '../events/event.ts';
import { idSchema } from '../ids/id.ts';
import { currencySchema } from '../money/money.ts';
import { timeZoneSchema } from '../organizations/organization.ts';
import { emailAddressSchema, oneLine } from '../text/plain-text.ts';
import { ingestLimits } from './limits.ts';

const text = (max: number) => oneLine(max).min(1);
const itemId = text(200).meta({
  description: 'Your own id of it. The same again changes nothing; another content under the same id is refused.',
  example: '10023',
});
const instant = z.iso.datetime({ offset: true }).meta({
  description: 'When it happened: RFC 3339 with a zone.',
  example: '2026-11-20T09:30:00Z',
});
const currency = currencySchema.meta({ description: 'ISO 4217, in capitals.', example: 'EUR', pattern: '^[A-Z]{3}$' });
const minorUnits = z.int().min(-1e12).max(1e12);

/** Who did it: by our id, or by your external id or the e-mail address, of which the external id goes first. */
export const customerReferenceSchema = z
  .strictObject({
    id: idSchema('customer').optional(),
    externalId: text(200).optional(),
    email: emailAddressSchema.optional(),
  })
  .refine(({ id, externalId, email }) => id !== undefined || externalId !== undefined || email !== undefined, {
    message: 'id, externalId or email is needed',
  })
  .meta({
    id: 'CustomerReference',
    description:
      'Who did it. With externalId or email a customer who is not known yet is created; with both, what the customer lacks is filled in. With id the customer has to be there.',
  });
export type CustomerReference = z.infer<typeof customerReferenceSchema>;

// Read by the event catalogue and not here: a schema of a record would pass over a name such as __proto__ in silence.
const properties = z.unknown().meta({
  description:
    'Names (lower-case letters, digits, underscores) and values. The first value gives a name its type in your organization; a text that is a full RFC 3339 instant makes it a datetime. null is no value.',
  override: {
    type: 'object',
    additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
    example: { plan: 'pro', seats: 5 },
  },
});

const lineSchema = z
  .strictObject({
    productId: text(200).nullish(),
    name: text(200).nullish(),
    category: text(200).nullish(),
    quantity: z.int().min(0).max(1e6).default(1),
    price: minorUnits.nullish().meta({ description: 'Of one piece, in minor units of the currency.' }),
  })
  .meta({ id: 'OrderLine' });

const lines = z.array(lineSchema).max(ingestLimits.lines).optional();

export const orderItemSchema = z
  .strictObject({
    id: itemId,
    at: instant,
    customer: customerReferenceSchema,
    currency,
    total: minorUnits.min(0).meta({ description: 'In minor units: 1999 is 19.99 EUR, or 1,999 JPY.', example: 1999 }),
    lines,
    properties: properties.optional(),
  })
  .meta({ id: 'Order' });
export type OrderItem = z.infer<typeof orderItemSchema>;

export const refundItemSchema = z
  .strictObject({
    id: itemId,
    at: instant,
    customer: customerReferenceSchema,
    currency,
    amount: minorUnits.min(0).meta({ description: 'What went back, in minor units, without a sign.', example: 500 }),
    lines,
    properties: properties.optional(),
  })
  .meta({ id: 'Refund' });
export type RefundItem = z.infer<typeof refundItemSchema>;

export const eventItemSchema = z
  .strictObject({
    id: itemId,
    type: eventTypeSchema.meta({
      description:
        'A name of your own, or call, note, visit or ticket, which say what happened in the property "text".',
      example: 'added_to_cart',
    }),
    at: instant,
    customer: customerReferenceSchema,
    properties: properties.optional(),
  })
  .meta({ id: 'Event' });
export type EventItem = z.infer<typeof eventItemSchema>;

const consentItemSchema = z
  .strictObject({
    state: z.enum(consentStates),
    at: instant,
    how: text(200).meta({ description: 'The proof: what the person did or said.', example: 'Newsletter form' }),
    source: text(100).optional().meta({ description: 'What told us; the key’s name where nothing is said.' }),
    renew: z.boolean().optional().meta({
      description:
        'Says that somebody who had withdrawn, or unsubscribed, asked for messages again after that. Without it their word stays.',
    }),
  })
  .meta({ id: 'Consent' });
export type ConsentItem = z.infer<typeof consentItemSchema>;

const stays = 'null takes the value away; left out, it stays.';
const optional = (schema: z.ZodType<string, string>, description = stays) => schema.nullish().meta({ description });

export const customerItemSchema = z
  .strictObject({
    externalId: optional(text(200), `Your own id of the customer; found by this first. ${stays}`),
    email: optional(emailAddressSchema, `Found by this where the external id finds nobody. ${stays}`),
    phone: optional(text(40), `With its country code. ${stays}`),
    firstName: optional(text(100)),
    lastName: optional(text(100)),
    timeZone: optional(timeZoneSchema, `An IANA name. ${stays}`),
    locale: optional(z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/), `Such as en or pt-BR. ${stays}`),
    attributes: z
      .unknown()
      .optional()
      .meta({
        description:
          'Attributes of your organization by their names; money is { amount, currency } in minor units, a date is YYYY-MM-DD, a list is a list of texts. null takes a value away; what is left out stays.',
        override: { type: 'object', additionalProperties: true, example: { plan: 'pro' } },
      }),
    consents: z.partialRecord(channelSchema, consentItemSchema).optional(),
  })
  .meta({ id: 'Customer' });
export type CustomerItem = z.infer<typeof customerItemSchema>;
