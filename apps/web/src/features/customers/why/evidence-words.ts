import { formatCivilDate, formatExactInstant } from '../../../components/format-instant.ts';
import { formatMoney } from '../../../components/format-number.ts';

type PlainValue =
  | string
  | number
  | boolean
  | Date
  | readonly string[]
  | { readonly amount: number; readonly currency: string };

/** A value as it is read: by its shape, as an explanation has no types. */
export function plainValue(value: PlainValue, zone: string, locale?: string): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(value);
  if (typeof value === 'string') {
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatCivilDate(value, locale);
    if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return formatExactInstant(value, { zone, locale });
    return value === '' ? 'empty' : `“${value}”`;
  }
  if (value instanceof Date) return formatExactInstant(value, { zone, locale });
  if ('amount' in value) return formatMoney(value.amount, value.currency, locale);
  return value.length === 0 ? 'an empty list' : value.map((item) => `“${item}”`).join(', ');
}
