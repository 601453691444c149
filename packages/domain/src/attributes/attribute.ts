import { z } from 'zod';
import type { DomainError } from '../errors/error-code.ts';
import { isCurrency, type Money } from '../money/money.ts';
import { err, ok, type Result } from '../result.ts';
import { isStorableText, oneLine } from '../text/plain-text.ts';

export const attributeTypes = [
  'string',
  'number',
  'boolean',
  'date',
  'datetime',
  'money',
  'stringList',
  'enum',
  'enumList',
] as const;

export const attributeTypeSchema = z.enum(attributeTypes);
export type AttributeType = z.infer<typeof attributeTypeSchema>;

/** An immutable name: a letter, then letters, digits and underscores. Refuses `__proto__` and all that is not an identifier. */
export const attributeSlugSchema = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);

/** At most so many attributes an organization. */
export const maximumAttributes = 200;

export const attributeSchema = z.strictObject({
  slug: attributeSlugSchema,
  label: oneLine(80).min(1),
  type: attributeTypeSchema,
  /** The values of `enum` and `enumList`, in their order; empty for the other types. */
  options: z.array(oneLine(200).min(1)).max(500),
});
export type Attribute = z.infer<typeof attributeSchema>;

/**
 * A stored value: text, number, Boolean, `YYYY-MM-DD` for a date, a Date for an instant, Money, or a list of texts.
 * The type is said by the catalogue alone, never by the value.
 */
export type AttributeValue = string | number | boolean | Date | Money | readonly string[];

const maximumText = 1000;
const maximumItems = 100;

const refused = (slug: string, reason: string): Result<never, DomainError> =>
  err({ code: 'attribute_value_invalid', path: ['attributes', slug], details: { reason } });

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= maximumText && isStorableText(value);

/** Whether a text is a civil date that exists: `2024-02-29` is one, `2023-02-29` is not. */
export function isCivilDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

/** Whether readers can add numbers like this exactly: at most 4 decimals and an absolute value under a thousand million. */
export function isExactNumber(value: number): boolean {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e9) return false;
  return Number(value.toFixed(4)) === value;
}

/** Checks a value against its attribute's type; null (no value) is left to the caller. Returns it as it is stored. */
export function checkAttributeValue(attribute: Attribute, value: unknown): Result<AttributeValue, DomainError> {
  const { slug, type, options } = attribute;
  switch (type) {
    case 'string':
      return isText(value) ? ok(value) : refused(slug, 'not_text');
    case 'number':
      return typeof value === 'number' && isExactNumber(value) ? ok(value) : refused(slug, 'not_exact_number');
    case 'boolean':
      return typeof value === 'boolean' ? ok(value) : refused(slug, 'not_boolean');
    case 'date':
      return typeof value === 'string' && isCivilDate(value) ? ok(value) : refused(slug, 'not_date');
    case 'datetime': {
      const at = value instanceof Date ? value : typeof value === 'string' ? new Date(value) : null;
      return at && !Number.isNaN(at.getTime()) ? ok(at) : refused(slug, 'not_instant');
    }
    case 'money': {
      const money = value as Money;
      const fine =
        typeof value === 'object' &&
        value !== null &&
        Number.isSafeInteger(money.amount) &&
        typeof money.currency === 'string' &&
        isCurrency(money.currency);
      return fine ? ok({ amount: money.amount, currency: money.currency }) : refused(slug, 'not_money');
    }
    case 'enum':
      return typeof value === 'string' && options.includes(value) ? ok(value) : refused(slug, 'not_an_option');
    case 'stringList':
    case 'enumList': {
      if (!Array.isArray(value) || value.length > maximumItems || !value.every(isText))
        return refused(slug, 'not_list');
      const items = [...new Set(value as string[])];
      if (type === 'enumList' && !items.every((item) => options.includes(item))) return refused(slug, 'not_an_option');
      return ok(items);
    }
    default:
      return type satisfies never;
  }
}
