import type { PropertyType } from '../events/event-catalogue.ts';
import type { newAttributeTypes } from './import.ts';
import { readNumber } from './read-cell.ts';
import { possibleDateOrders } from './read-date.ts';

type NewAttributeType = (typeof newAttributeTypes)[number];

const codeNames = /(^|[^a-z])(id|zip|zipcode|postcode|postal|plz|code|sku|phone|number|no|nr)([^a-z]|$)/i;
const moneyNames = /(amount|price|revenue|spend|spent|total|balance|value|ltv|betrag|preis|umsatz)/i;

/**
 * The type that a column's first values suggest. Anything doubtful is text: digits with a leading zero, codes by their
 * name, numbers too long to be exact; text loses nothing.
 */
export function guessType(header: string, values: readonly string[]): NewAttributeType {
  if (values.length === 0) return 'string';
  if (values.every((value) => /^(true|false|yes|no)$/i.test(value))) return 'boolean';
  if (values.some((value) => /^0\d/.test(value) && !/^\d{1,2}[-/.]/.test(value))) return 'string';
  const sign = guessDecimalSign(values);
  const numeric = values.every((value) => readNumber(sign)(value).ok);
  const withCurrency = values.every((value) => /^[-(]?\s*[$€£¥₹]?\s*-?[\d.,' ]+\s*[$€£¥₹]?\)?$/.test(value));
  if (withCurrency && values.some((value) => /[$€£¥₹]/.test(value))) return 'money';
  if (numeric) {
    if (codeNames.test(header)) return 'string';
    const cents = values.every((value) => /^-?[\d ,.']*\d([.,]\d{1,2})?$/.test(value));
    return moneyNames.test(header) && cents && values.some((value) => /[.,]\d{2}$/.test(value)) ? 'money' : 'number';
  }
  if (possibleDateOrders(values).length > 0) {
    return values.some((value) => /\d[T ]\d{1,2}:\d{2}/.test(value)) ? 'datetime' : 'date';
  }
  const lists = values.filter((value) => /[;|]/.test(value)).length;
  return lists > 0 && lists * 2 >= values.length ? 'stringList' : 'string';
}

/** The type of an order's property: money and lists stay text there, a date is its midnight. */
export function guessPropertyType(header: string, values: readonly string[]): PropertyType {
  const type = guessType(header, values);
  if (type === 'date' || type === 'datetime') return 'datetime';
  return type === 'number' || type === 'boolean' ? type : 'string';
}

/** Which sign separates decimals, by values that can mean only one: `12,50` a comma, `12.50` a point. A point where nothing tells. */
export function guessDecimalSign(values: readonly string[]): '.' | ',' {
  const numbers = values.filter((value) => /\d/.test(value) && !/[A-Za-z]{4}/.test(value));
  const comma = numbers.some((value) => /^\D*[\d. ']*,\d{1,2}\D*$/.test(value) || /\d\.\d{3},\d/.test(value));
  const point = numbers.some((value) => /^\D*[\d, ']*\.\d{1,2}\D*$/.test(value) || /\d,\d{3}\.\d/.test(value));
  return comma && !point ? ',' : '.';
}
