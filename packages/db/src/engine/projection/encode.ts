import { compose, fold } from '@mini-crm/domain';
import type { Kind } from './layout.ts';

/** A text as it is compared: folded, and composed where that is another (else null). */
export type TextForms = readonly [folded: string, composed: string | null];

/** Both forms of a text. */
export function textForms(text: string): TextForms {
  const folded = fold(text);
  const composed = compose(text);
  return [folded, composed === folded ? null : composed];
}

const largest = 9e18;

/** A whole number that fits in 64 bits; what does not is held at their end, where every comparison still says the same. */
export function wholeNumber(value: number): number | null {
  if (Number.isNaN(value)) return null;
  return Math.max(-largest, Math.min(largest, Math.round(value)));
}

/** A number in whole ten-thousandths. */
export const scaledNumber = (value: number): number | null => wholeNumber(value * 10_000);

const maskedFrom = 0xd7ff;
const masked = /[\uD7FF-\uFFFF]/g;

/**
 * A text whose UTF-8 bytes sort as JavaScript compares the original: by UTF-16 units. Only what lies behind U+D7FF has to be
 * written otherwise, so that for ids as people make them this is the id itself.
 */
export const unitOrdered = (text: string): string =>
  text.replace(masked, (unit) => `\uD7FF${String.fromCharCode(unit.charCodeAt(0) - maskedFrom + 1)}`);

/** The kind of a stored value; null for one that no rule can ask about. */
export function kindOf(value: unknown): Kind | null {
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'object':
      if (value === null) return null;
      if (value instanceof Date) return 'instant';
      if (Array.isArray(value)) return 'list';
      return 'amount' in value ? 'money' : null;
    default:
      return null;
  }
}

/** What goes into the one or two columns of a value that is no text; of money the currency in the second. */
export function encodeValue(kind: Exclude<Kind, 'text'>, value: unknown): readonly [unknown, unknown?] {
  switch (kind) {
    case 'number':
      return [scaledNumber(value as number)];
    case 'boolean':
      return [value];
    case 'instant':
      return [wholeNumber((value as Date).getTime())];
    case 'money': {
      const { amount, currency } = value as { amount: number; currency: string };
      return [wholeNumber(amount), currency];
    }
    case 'list': {
      const forms = (value as unknown[]).map((item) => textForms(String(item)));
      const differs = forms.some(([, composed]) => composed !== null);
      return [forms.map(([folded]) => folded), differs ? forms.map(([folded, composed]) => composed ?? folded) : null];
    }
    default:
      return kind satisfies never;
  }
}

let yearStart = 1;
let yearEnd = 0;
let year = 0;

/** The year (UTC) of an instant. Most come from the same few years, so the last one is tried first. */
export function yearOf(instant: number): number {
  if (instant < yearStart || instant >= yearEnd) {
    year = new Date(instant).getUTCFullYear();
    yearStart = new Date(0).setUTCFullYear(year, 0, 1);
    yearEnd = new Date(0).setUTCFullYear(year + 1, 0, 1);
  }
  return year;
}
