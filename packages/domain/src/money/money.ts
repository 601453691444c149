import { z } from 'zod';
import { err, ok, type Result } from '../result.ts';

/** An ISO 4217 code that the runtime knows, in capitals. */
export const currencySchema = z.string().refine(isCurrency, { message: 'unknown currency' });

/** An amount in integer minor units (cents of USD, whole JPY) with its currency. */
export const moneySchema = z.strictObject({
  amount: z.number().int().refine(Number.isSafeInteger),
  currency: currencySchema,
});
export type Money = z.infer<typeof moneySchema>;

const known = new Set(Intl.supportedValuesOf('currency'));

/** Whether a text is a current ISO 4217 code. */
export function isCurrency(code: string): boolean {
  return known.has(code);
}

const exponents = new Map<string, number>();

/** How many decimals a currency's minor unit has: 2 for USD, 0 for JPY, 3 for KWD. */
export function currencyExponent(currency: string): number {
  let exponent = exponents.get(currency);
  if (exponent === undefined) {
    exponent =
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    exponents.set(currency, exponent);
  }
  return exponent;
}

/** How an amount is written: which sign separates decimals. */
export type DecimalSign = '.' | ',';

const patterns: Record<DecimalSign, RegExp> = {
  '.': /^([+-]?)(\d+|\d{1,3}(?:[, '\u00a0\u202f]\d{3})+)(?:\.(\d*))?$/,
  ',': /^([+-]?)(\d+|\d{1,3}(?:[. '\u00a0\u202f]\d{3})+)(?:,(\d*))?$/,
};

/**
 * Reads an amount into minor units by its digits, never through floating point: `12.3` USD is 1230, `1,234.50` USD is 123450.
 * More decimals than the currency has are refused unless they are zeros.
 */
export function parseAmount(
  text: string,
  currency: string,
  sign: DecimalSign = '.',
): Result<number, { code: 'amount_invalid' }> {
  const match = patterns[sign].exec(text.trim());
  if (!match) return err({ code: 'amount_invalid' });
  const [, plusMinus, whole = '', fraction = ''] = match;
  const exponent = currencyExponent(currency);
  if (/[1-9]/.test(fraction.slice(exponent))) return err({ code: 'amount_invalid' });
  const digits = whole.replace(/\D/g, '') + fraction.slice(0, exponent).padEnd(exponent, '0');
  const amount = Number(digits);
  if (!Number.isSafeInteger(amount)) return err({ code: 'amount_invalid' });
  return ok(plusMinus === '-' && amount !== 0 ? -amount : amount);
}

/** Writes minor units as a plain decimal, as parseAmount reads it: 1230 USD is `12.30`. */
export function formatAmount(amount: number, currency: string): string {
  const exponent = currencyExponent(currency);
  const digits = Math.abs(amount)
    .toString()
    .padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = exponent === 0 ? '' : `.${digits.slice(-exponent)}`;
  return `${amount < 0 ? '-' : ''}${whole}${fraction}`;
}
