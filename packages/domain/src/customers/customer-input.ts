import { z } from 'zod';
import {
  type Attribute,
  type AttributeValue,
  attributeSlugSchema,
  checkAttributeValue,
} from '../attributes/attribute.ts';
import type { DomainError } from '../errors/error-code.ts';
import { err, ok, type Result } from '../result.ts';
import { oneLine, plainText } from '../text/plain-text.ts';
import { type CustomerFields, channelSchema, consentStates, customerFieldsSchema } from './customer.ts';

/** A customer as a form sends it: the phone still as somebody typed it, attribute values unchecked, null where one is taken away. */
export const customerInputSchema = customerFieldsSchema.extend({
  phone: oneLine(40).min(1).nullable(),
  attributes: z.record(attributeSlugSchema, z.unknown()).refine((values) => Object.keys(values).length <= 200),
});
export type CustomerInput = z.infer<typeof customerInputSchema>;

/** A consent recorded by hand: how it was given is its proof, so it can't be empty. */
export const recordConsentSchema = z.strictObject({
  channel: channelSchema,
  state: z.enum(consentStates),
  at: z.iso.datetime({ offset: true }),
  how: plainText(200).pipe(oneLine(200).min(1)),
});

/** Whether a person can be told from others: at least one of external id, address and phone must be known. */
export function checkIdentity(fields: CustomerFields): Result<CustomerFields, DomainError> {
  if (fields.externalId === null && fields.email === null && fields.phone === null) {
    return err({ code: 'customer_identity_missing', path: ['email'] });
  }
  return ok(fields);
}

/**
 * The attributes after a change: given values replace, null takes away, what isn't named stays. Refuses values that the
 * catalogue doesn't know or whose type is another one.
 */
export function changeAttributes(
  held: Readonly<Record<string, AttributeValue>>,
  change: Readonly<Record<string, unknown>>,
  catalogue: readonly Attribute[],
): Result<Record<string, AttributeValue>, DomainError> {
  const bySlug = new Map(catalogue.map((attribute) => [attribute.slug, attribute]));
  const after: Record<string, AttributeValue> = { ...held };
  for (const [slug, value] of Object.entries(change)) {
    const attribute = bySlug.get(slug);
    if (!attribute) return err({ code: 'attribute_unknown', path: ['attributes', slug], details: { slug } });
    if (value === null || value === undefined) {
      delete after[slug];
      continue;
    }
    const checked = checkAttributeValue(attribute, value);
    if (!checked.ok) return checked;
    after[slug] = checked.value;
  }
  return ok(after);
}
