import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCompact,
  formatCount,
  formatMoney,
  formatMoneyCompact,
  formatPercent,
} from './format-number.ts';

describe('numbers for readers', () => {
  it('groups digits as the locale does', () => {
    expect(formatCount(23570, 'en')).toBe('23,570');
    expect(formatCount(23570, 'de')).toBe('23.570');
  });
  it('shortens only from ten thousand on', () => {
    expect(formatCompact(9999, 'en')).toBe('9,999');
    expect(formatCompact(12431, 'en')).toBe('12.4K');
    expect(formatCompact(-1_234_567, 'en')).toBe('-1.23M');
  });
  it('shows one decimal of a share, and none of nothing or everything', () => {
    expect(formatPercent(0.3824, 'en')).toBe('38.2%');
    expect(formatPercent(0, 'en')).toBe('0%');
    expect(formatPercent(1, 'en')).toBe('100%');
    expect(formatPercent(0.9999, 'en')).toBe('100.0%');
  });
  it('writes minor units by the currency', () => {
    expect(formatMoney(250_031_563, 'USD', 'en')).toBe('$2,500,315.63');
    expect(formatMoney(1230, 'JPY', 'en')).toBe('¥1,230');
    expect(formatMoney(-5, 'USD', 'en')).toBe('-$0.05');
    expect(formatMoney(900_719_925_474_099, 'USD', 'en')).toBe('$9,007,199,254,740.99');
  });
  it('shortens money for tiles', () => {
    expect(formatMoneyCompact(250_031_563, 'USD', 'en')).toBe('$2.5M');
    expect(formatMoneyCompact(123_456, 'USD', 'en')).toBe('$1,234.56');
  });
  it('writes sizes of files', () => {
    expect(formatBytes(0, 'en')).toBe('0 bytes');
    expect(formatBytes(1_234_567, 'en')).toBe('1.2 MB');
    expect(formatBytes(2_000_000_000, 'en')).toBe('2 GB');
  });
});
