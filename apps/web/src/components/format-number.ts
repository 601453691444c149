import { formatAmount } from '@mini-crm/domain';

/** `12,431`, in the reader's locale. */
export function formatCount(value: number, locale?: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(value);
}

/** `12.4K`: three significant digits, for tiles; the exact value belongs into a tooltip. */
export function formatCompact(value: number, locale?: string): string {
  if (Math.abs(value) < 10_000) return formatCount(value, locale);
  return new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 }).format(value);
}

/** `38.2%` of a share between 0 and 1; one decimal, none where the share is exactly none or all. */
export function formatPercent(share: number, locale?: string): string {
  const digits = share === 0 || share === 1 ? 0 : 1;
  return new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(share);
}

/** `$12.30` of 1230 minor units. The decimal text goes to Intl as digits, so that no amount passes through floating point. */
export function formatMoney(amount: number, currency: string, locale?: string): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(
    formatAmount(amount, currency) as `${number}`,
  );
}

/** `$2.5M` of minor units, for tiles. */
export function formatMoneyCompact(amount: number, currency: string, locale?: string): string {
  const decimal = formatAmount(amount, currency) as `${number}`;
  if (Math.abs(Number(decimal)) < 10_000) return formatMoney(amount, currency, locale);
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    notation: 'compact',
    minimumFractionDigits: 0,
    maximumSignificantDigits: 3,
  }).format(decimal);
}

/** `1.2 MB` of a number of bytes. */
export function formatBytes(bytes: number, locale?: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step < 2 ? 0 : 1,
  }).format(bytes / 1000 ** step);
}
