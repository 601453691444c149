import { z } from 'zod';
import type { AttributeValue } from '../attributes/attribute.ts';
import type { CustomerId } from '../ids/id.ts';
import { timeZoneSchema } from '../organizations/organization.ts';
import { emailAddressSchema, oneLine } from '../text/plain-text.ts';

/** The channels that a person can be reached by, each with a consent of its own. */
export const channels = ['email', 'sms'] as const;
export const channelSchema = z.enum(channels);
export type Channel = z.infer<typeof channelSchema>;

export const consentStates = ['granted', 'withdrawn'] as const;

/** What a person allowed on one channel: the state, when it was given, how (`signed up in the shop`) and what told us (`import`, `unsubscribe link`). */
export const consentSchema = z.strictObject({
  state: z.enum(consentStates),
  at: z.date(),
  how: oneLine(200),
  source: oneLine(100),
});
export type Consent = z.infer<typeof consentSchema>;
export type Consents = { readonly [C in Channel]?: Consent };

/** A phone number in E.164: a plus sign and up to fifteen digits. */
export const phoneSchema = z.string().regex(/^\+[1-9]\d{6,14}$/);

const optionalText = (max: number) => oneLine(max).min(1).nullable();

/** What a marketer writes about a customer. `null` is "not known". At least one of externalId, email and phone must be there. */
export const customerFieldsSchema = z.strictObject({
  externalId: optionalText(200),
  email: emailAddressSchema.nullable(),
  phone: phoneSchema.nullable(),
  firstName: optionalText(100),
  lastName: optionalText(100),
  timeZone: timeZoneSchema.nullable(),
  locale: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)
    .nullable(),
});
export type CustomerFields = z.infer<typeof customerFieldsSchema>;

/** Sums over a customer's orders and refunds, recomputed when they change. Revenue is net, in minor units of the organization's currency. */
export interface CustomerRollups {
  readonly orderCount: number;
  readonly revenue: number;
  readonly firstOrderAt: Date | null;
  readonly lastOrderAt: Date | null;
}

export interface Customer extends CustomerFields {
  readonly id: CustomerId;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly consents: Consents;
  readonly rollups: CustomerRollups;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

/** The name to show for a customer: their names, else the address, else the phone, else the external id. */
export function customerName(
  customer: Pick<CustomerFields, 'firstName' | 'lastName' | 'email' | 'phone' | 'externalId'>,
): string {
  const names = [customer.firstName, customer.lastName].filter((part) => part).join(' ');
  return names || customer.email || customer.phone || customer.externalId || '';
}
