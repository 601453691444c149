import { currencyExponent } from '../money/money.ts';

/** A thing that the demo's coffee shop sells. */
export interface DemoProduct {
  readonly id: string;
  readonly name: string;
  readonly category: DemoCategory;
  /** In euros; `priceIn` says it in another currency. */
  readonly euros: number;
  /** How often it is bought. */
  readonly weight: number;
}

export const demoCategories = ['Espresso', 'Filter', 'Decaf', 'Cold brew', 'Equipment', 'Gifts'] as const;
export type DemoCategory = (typeof demoCategories)[number];

const product = (id: string, name: string, category: DemoCategory, euros: number, weight: number): DemoProduct => ({
  id,
  name,
  category,
  euros,
  weight,
});

export const demoProducts: readonly DemoProduct[] = [
  product('esp-classico-1000', 'Classico Espresso, 1 kg', 'Espresso', 24.9, 10),
  product('esp-classico-250', 'Classico Espresso, 250 g', 'Espresso', 7.9, 9),
  product('esp-notte-1000', 'Notte Dark Roast, 1 kg', 'Espresso', 26.5, 6),
  product('esp-single-350', 'Brazil Single Origin, 350 g', 'Espresso', 12.5, 6),
  product('fil-ethiopia-250', 'Ethiopia Yirgacheffe, 250 g', 'Filter', 11.9, 8),
  product('fil-kenya-250', 'Kenya Kirinyaga, 250 g', 'Filter', 13.5, 5),
  product('fil-colombia-1000', 'Colombia Huila, 1 kg', 'Filter', 34, 4),
  product('fil-house-500', 'House Filter, 500 g', 'Filter', 14.9, 8),
  product('dec-peru-250', 'Peru Decaf, 250 g', 'Decaf', 10.9, 4),
  product('dec-night-500', 'Night Shift Decaf, 500 g', 'Decaf', 17.9, 2),
  product('cb-bottle-6', 'Cold Brew, 6 bottles', 'Cold brew', 21, 4),
  product('cb-bags-10', 'Cold Brew Bags, 10 pieces', 'Cold brew', 15.5, 3),
  product('eq-grinder', 'Hand Grinder', 'Equipment', 89, 1.2),
  product('eq-dripper', 'Ceramic Dripper', 'Equipment', 24, 2),
  product('eq-kettle', 'Gooseneck Kettle', 'Equipment', 64, 1),
  product('eq-filters', 'Paper Filters, 100 pieces', 'Equipment', 6.5, 5),
  product('gift-tasting', 'Tasting Box, 5 x 100 g', 'Gifts', 29, 2.5),
  product('gift-voucher', 'Gift Voucher', 'Gifts', 50, 1),
  product('gift-mug', 'Enamel Mug', 'Gifts', 14, 2),
];

/** How much of a category is bought in a month (0 is January), next to an ordinary month. */
export function seasonOf(category: DemoCategory, month: number): number {
  if (category === 'Gifts') return month === 11 ? 5 : month === 10 ? 3 : 0.8;
  if (category === 'Cold brew') return month >= 4 && month <= 7 ? 2.5 : 0.3;
  if (category === 'Equipment') return month === 10 || month === 11 ? 1.8 : 1;
  return 1;
}

/** How much the whole shop sells in a month, next to its best one. */
export const seasonOfShop = (month: number): number =>
  [0.72, 0.68, 0.72, 0.7, 0.66, 0.58, 0.54, 0.56, 0.68, 0.76, 0.94, 1][month] ?? 0.7;

/** Units of a currency that buy about as much as one euro, where that is far from one. Only for prices that look right. */
const unitsOfEuro: Readonly<Record<string, number>> = {
  AED: 4,
  ARS: 1500,
  BRL: 6,
  CLP: 1000,
  CNY: 8,
  COP: 4500,
  CZK: 25,
  DKK: 7.5,
  HKD: 9,
  HUF: 400,
  IDR: 18000,
  ILS: 4,
  INR: 95,
  JPY: 170,
  KRW: 1600,
  MXN: 21,
  MYR: 5,
  NGN: 1700,
  NOK: 11.5,
  PHP: 65,
  PLN: 4.3,
  RON: 5,
  RUB: 90,
  SAR: 4,
  SEK: 11,
  THB: 38,
  TRY: 48,
  TWD: 36,
  UAH: 48,
  VND: 29000,
  ZAR: 20,
};

/** A price in minor units of a currency; whole units, or tens and hundreds of them, where a unit buys little. */
export function priceIn(currency: string, euros: number): number {
  const scale = unitsOfEuro[currency] ?? 1;
  const minor = 10 ** currencyExponent(currency);
  if (scale === 1) return Math.round(euros * minor);
  const step = scale >= 1000 ? 100 : scale >= 100 ? 10 : 1;
  return Math.max(step, Math.round((euros * scale) / step) * step) * minor;
}
