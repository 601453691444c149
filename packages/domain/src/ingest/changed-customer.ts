import { type Attribute, type AttributeValue, checkAttributeValue } from '../attributes/attribute.ts';
import { type Customer, type CustomerFields, channels } from '../customers/customer.ts';
import { instantOf } from '../events/catalogue-reader.ts';
import { type CustomerState, sameValue } from '../imports/plan-customers.ts';
import { readPhone } from '../imports/read-cell.ts';
import { ok, type Result } from '../result.ts';
import { fold } from '../text/fold.ts';
import { fault, type ItemFault } from './item-fault.ts';
import type { CustomerItem } from './items.ts';

const fieldNames = ['externalId', 'email', 'phone', 'firstName', 'lastName', 'timeZone', 'locale'] as const;

/** The fields that programs can change. */
export function fieldsOf({
  externalId,
  email,
  phone,
  firstName,
  lastName,
  timeZone,
  locale,
}: Customer): CustomerFields {
  return { externalId, email, phone, firstName, lastName, timeZone, locale };
}

/** The fields after an item: null clears, what is left out stays. An address that differs in case only keeps its spelling. */
export function changedFields(held: CustomerFields, item: CustomerItem): Result<CustomerFields, ItemFault> {
  const fields: Record<string, string | null> = { ...held };
  for (const name of fieldNames) {
    let value = item[name];
    if (value === undefined) continue;
    if (name === 'phone' && value !== null) {
      const phone = readPhone(value);
      if (!phone.ok) return fault('phone_invalid', ['phone']);
      value = phone.value;
    }
    if (name === 'email' && value !== null && held.email !== null && fold(held.email) === fold(value)) continue;
    fields[name] = value;
  }
  return ok(fields as unknown as CustomerFields);
}

/** The attributes after an item: null takes a value away, what is left out stays; a value of another type is refused. */
export function changedAttributes(
  held: Record<string, AttributeValue>,
  given: unknown,
  catalogue: ReadonlyMap<string, Attribute>,
): Result<Record<string, AttributeValue>, ItemFault> {
  if (given === undefined) return ok(held);
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return fault('attribute_value_invalid', ['attributes'], { reason: 'not_an_object' });
  }
  const values = { ...held };
  for (const [slug, value] of Object.entries(given)) {
    const path = ['attributes', slug];
    const attribute = catalogue.get(slug);
    if (!attribute) return fault('attribute_unknown', path);
    if (value === null || value === undefined) {
      delete values[slug];
      continue;
    }
    // A form's values come from a picker of dates; a program's have to say the instant in full.
    const isVague = attribute.type === 'datetime' && (typeof value !== 'string' || instantOf(value) === null);
    const checked = isVague ? null : checkAttributeValue(attribute, value);
    if (!checked?.ok) {
      const reason = checked ? checked.error.details?.reason : 'not_instant';
      return fault('attribute_value_invalid', path, { reason, type: attribute.type });
    }
    values[slug] = checked.value;
  }
  return ok(values);
}

/** Whether anything of a customer is another now. */
export function isChanged(before: Customer, { fields, attributes, consents }: CustomerState): boolean {
  if (fieldNames.some((name) => before[name] !== fields[name])) return true;
  if (before.consents !== consents && channels.some((channel) => before.consents[channel] !== consents[channel]))
    return true;
  const slugs = Object.keys(attributes);
  if (slugs.length !== Object.keys(before.attributes).length) return true;
  return slugs.some((slug) => {
    const held = before.attributes[slug];
    return held === undefined || !sameValue(held, attributes[slug] as AttributeValue);
  });
}
