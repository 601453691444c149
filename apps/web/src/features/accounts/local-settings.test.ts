import { expect, it } from 'vitest';
import { currencyOf } from './local-settings.ts';

it('guesses a currency by the region of a locale', () => {
  expect(['en-US', 'de', 'de-CH', 'en-GB', 'ja', 'fr-FR', 'sw-KE'].map(currencyOf)).toEqual([
    'USD',
    'EUR',
    'CHF',
    'GBP',
    'JPY',
    'EUR',
    'USD',
  ]);
});
