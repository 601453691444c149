import { expect, test } from 'vitest';
import { normalizePhone } from './normalize-phone.ts';

test.each([
  ['+43 664 1234567', undefined, '+436641234567'],
  ['0043 (664) 123-4567', undefined, '+436641234567'],
  ['0664 1234567', 'AT', '+436641234567'],
  ['(415) 555-2671', 'US', '+14155552671'],
] as const)('reads %s (%s)', (text, country, expected) => {
  expect(normalizePhone(text, country)).toEqual({ ok: true, value: expected });
});

test.each(['0664 1234567', '12', 'call me', '+43 664 1234567 ext. 5', '+999 123456789', ''])('refuses %j', (text) => {
  expect(normalizePhone(text)).toMatchObject({ ok: false, error: { code: 'customer_phone_invalid', path: ['phone'] } });
});
