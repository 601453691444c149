import { z } from 'zod';
import { organizationNameSchema } from '../accounts/account.ts';
import { currencySchema } from '../money/money.ts';
import { emailAddressSchema, oneLine, plainText } from '../text/plain-text.ts';
import { isTimeZone } from '../time/known-zone.ts';

const slugPattern = /^[a-z0-9](?:[a-z0-9-]{0,46}[a-z0-9])?$/;

export const slugSchema = z.string().regex(slugPattern);

/** Who a mail comes from, and the postal address that marketing mail must show (CAN-SPAM 15 U.S.C. 7704(a)(5)). */
export const senderSchema = z.strictObject({
  fromName: oneLine(100),
  fromEmail: emailAddressSchema.or(z.literal('')),
  replyTo: emailAddressSchema.or(z.literal('')),
  postalAddress: plainText(500),
});
export type Sender = z.infer<typeof senderSchema>;

export const timeZoneSchema = z.string().max(64).refine(isTimeZone, { message: 'unknown time zone' });

export const organizationSettingsSchema = z.strictObject({
  name: organizationNameSchema,
  timeZone: timeZoneSchema,
  currency: currencySchema,
  sender: senderSchema,
});
export type OrganizationSettings = z.infer<typeof organizationSettingsSchema>;

/** A slug made of a name: ASCII letters and digits with single hyphens, at most 40; `organization` where nothing is left. */
export function slugFrom(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return slug === '' ? 'organization' : slug;
}
