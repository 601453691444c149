import { type Attribute, type AttributeValue, isExactNumber } from '../attributes/attribute.ts';
import { phoneSchema } from '../customers/customer.ts';
import { type DecimalSign, parseAmount } from '../money/money.ts';
import { err, ok, type Result } from '../result.ts';
import { fold } from '../text/fold.ts';
import { emailAddressSchema, isStorableText } from '../text/plain-text.ts';
import type { ImportOptions } from './import.ts';
import { instantReader, readDate } from './read-date.ts';
import type { RowFaultCode } from './row-fault.ts';

/** Reads the text of a cell that is not empty and is trimmed. */
export type CellReader<T> = (text: string) => Result<T, RowFaultCode>;

/**
 * The text of a cell: trimmed, and without the apostrophe that keeps spreadsheets from running it as a formula; our own
 * exports and files of refused rows have it.
 */
export function cellText(cell: string | undefined): string {
  const text = (cell ?? '').trim();
  return text.charCodeAt(0) === 39 && /^'[=+\-@]/.test(text) ? text.slice(1) : text;
}

const yes = new Set(['true', 'yes', 'y', '1', 'on', 't', 'x']);
const no = new Set(['false', 'no', 'n', '0', 'off', 'f']);

/** A text of one line. */
export const readText =
  (longest: number): CellReader<string> =>
  (text) =>
    text.length <= longest && isStorableText(text) && !/[\r\n]/.test(text) ? ok(text) : err('text_invalid');

// The address that nearly every row has: letters, digits and a few signs. What it does not match is asked of the schema.
const plainEmail =
  /^[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$/;

/** An e-mail address; `mailto:` before it and a display name around it are not taken. */
export const readEmail: CellReader<string> = (text) => {
  if (text.length <= 254 && plainEmail.test(text)) return ok(text);
  const parsed = emailAddressSchema.safeParse(text);
  return parsed.success ? ok(parsed.data) : err('email_invalid');
};

/** A phone number with its country code, written with spaces, hyphens, dots, brackets and `00` or `+`. */
export const readPhone: CellReader<string> = (text) => {
  const digits = text.replace(/[\s().\-/\u00a0\u2010-\u2015]/g, '').replace(/^00/, '+');
  return phoneSchema.safeParse(digits).success ? ok(digits) : err('phone_invalid');
};

const numbers: Record<DecimalSign, RegExp> = {
  '.': /^[+-]?(?:\d+|\d{1,3}(?:[, '\u00a0\u202f]\d{3})+)(?:\.\d*)?$/,
  ',': /^[+-]?(?:\d+|\d{1,3}(?:[. '\u00a0\u202f]\d{3})+)(?:,\d*)?$/,
};

/** A number of the catalogue's kind: at most 4 decimals, below 1,000 million. */
export const readNumber =
  (sign: DecimalSign): CellReader<number> =>
  (text) => {
    if (!numbers[sign].test(text)) return err('number_invalid');
    const digits =
      sign === '.' ? text.replace(/[, '\u00a0\u202f]/g, '') : text.replace(/[. '\u00a0\u202f]/g, '').replace(',', '.');
    const value = Number(digits);
    return isExactNumber(value) ? ok(value === 0 ? 0 : value) : err('number_invalid');
  };

export const readBoolean: CellReader<boolean> = (text) => {
  const folded = fold(text);
  if (yes.has(folded)) return ok(true);
  return no.has(folded) ? ok(false) : err('boolean_invalid');
};

/** An amount in minor units, with or without the currency's code or sign around it. */
export const readAmount =
  (currency: string, sign: DecimalSign): CellReader<number> =>
  (text) => {
    const plain = parseAmount(text, currency, sign);
    if (plain.ok) return plain;
    // "$1,234.50", "12,00 €", "USD 12", "(12.00)" and "-$5" are amounts too.
    const inner = /^\((.*)\)$/.exec(text)?.[1];
    const bare = (inner ?? text)
      .replace(/[$€£¥₹]/, '')
      .replace(new RegExp(currency, 'i'), '')
      .trim()
      .replace(/^-\s+/, '-');
    const parsed = parseAmount(inner === undefined ? bare : `-${bare}`, currency, sign);
    return parsed.ok ? parsed : err('amount_invalid');
  };

const maximumItems = 100;
const maximumText = 1000;

/** A list written into one cell: parted by semicolons or bars, else by commas. */
export const readList: CellReader<readonly string[]> = (text) => {
  const parts = /[;|]/.test(text) ? text.split(/[;|]/) : text.split(',');
  const items = [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ''))];
  const fine =
    items.length <= maximumItems && items.every((item) => item.length <= maximumText && isStorableText(item));
  return fine ? ok(items) : err('list_too_long');
};

/** The reader of an attribute's type. Options of an enum are found whatever their case. */
export function attributeReader(
  attribute: Pick<Attribute, 'type' | 'options'>,
  options: Pick<ImportOptions, 'zone' | 'currency' | 'decimalSign' | 'dateOrder'>,
): CellReader<AttributeValue> {
  switch (attribute.type) {
    case 'string':
      return (text) => (text.length <= maximumText && isStorableText(text) ? ok(text) : err('text_invalid'));
    case 'number':
      return readNumber(options.decimalSign);
    case 'boolean':
      return readBoolean;
    case 'date':
      return (text) => {
        const date = readDate(text.split(/[T ]/, 1)[0] ?? '', options.dateOrder);
        return date === null ? err('date_invalid') : ok(date);
      };
    case 'datetime': {
      const instants = instantReader(options.zone, options.dateOrder);
      return (text) => {
        const at = instants.read(text);
        return at === null ? err('date_invalid') : ok(new Date(at));
      };
    }
    case 'money': {
      const { currency } = options;
      const read = readAmount(currency, options.decimalSign);
      return (text) => {
        const amount = read(text);
        return amount.ok ? ok({ amount: amount.value, currency }) : amount;
      };
    }
    case 'enum': {
      const known = new Map(attribute.options.map((option) => [fold(option), option]));
      return (text) => {
        const option = known.get(fold(text));
        return option === undefined ? err('option_unknown') : ok(option);
      };
    }
    case 'stringList':
      return readList;
    case 'enumList': {
      const known = new Map(attribute.options.map((option) => [fold(option), option]));
      return (text) => {
        const items = readList(text);
        if (!items.ok) return items;
        const found = items.value.map((item) => known.get(fold(item)));
        return found.every((item) => item !== undefined) ? ok([...new Set(found)]) : err('option_unknown');
      };
    }
    default:
      return attribute.type satisfies never;
  }
}
