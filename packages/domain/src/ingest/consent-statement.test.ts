import { expect, test } from 'vitest';
import type { Consent } from '../customers/customer.ts';
import { type StandingSuppression, stateConsent } from './consent-statement.ts';

const day = (number: number) => new Date(Date.UTC(2026, 0, number));
const said = (state: Consent['state'], on: number): Consent => ({ state, at: day(on), how: 'Form', source: 'Shop' });
const against = (
  reason: StandingSuppression['reason'],
  on: number,
  scope: StandingSuppression['scope'] = 'marketing',
): StandingSuppression => ({ reason, scope, at: day(on) });

const granted = said('granted', 5);
const withdrawn = said('withdrawn', 5);

test.each([
  ['nothing known, granted', undefined, said('granted', 7), false, [], 'granted 7', 'stays', false],
  ['nothing known, withdrawn', undefined, said('withdrawn', 7), false, [], 'withdrawn 7', 'add', false],
  ['granted again keeps its proof', granted, said('granted', 7), true, [], 'granted 5', 'stays', false],
  ['a later withdrawal', granted, said('withdrawn', 7), false, [], 'withdrawn 7', 'add', false],
  ['an earlier withdrawal that comes late', granted, said('withdrawn', 3), false, [], 'granted 5', 'stays', true],
  ['withdrawn again', withdrawn, said('withdrawn', 7), false, [], 'withdrawn 5', 'add', false],
  ['granted after a withdrawal', withdrawn, said('granted', 7), false, [], 'withdrawn 5', 'stays', true],
  ['granted anew after a withdrawal', withdrawn, said('granted', 7), true, [], 'granted 7', 'stays', false],
  ['granted anew, before the withdrawal', withdrawn, said('granted', 3), true, [], 'withdrawn 5', 'stays', true],
  ['granted anew at the same instant', withdrawn, said('granted', 5), true, [], 'withdrawn 5', 'stays', true],
  ['granted, unsubscribed', undefined, said('granted', 7), false, [against('unsubscribed', 6)], '', 'stays', true],
  ['anew', undefined, said('granted', 7), true, [against('unsubscribed', 6)], 'granted 7', 'lift', false],
  [
    'anew, unsubscribed since',
    withdrawn,
    said('granted', 7),
    true,
    [against('manual', 8)],
    'withdrawn 5',
    'stays',
    true,
  ],
  ['anew, complained', withdrawn, said('granted', 7), true, [against('complained', 6)], 'withdrawn 5', 'stays', true],
  ['anew, bounced', undefined, said('granted', 7), true, [against('bounced', 6, 'all')], '', 'stays', true],
  [
    'anew, one of two stays',
    withdrawn,
    said('granted', 7),
    true,
    [against('manual', 6), against('bounced', 6, 'all')],
    'withdrawn 5',
    'stays',
    true,
  ],
] as const)('%s', (_, held, consent, renew, suppressions, expected, suppression, kept) => {
  const stated = stateConsent(held, { consent, renew }, suppressions);
  const after = stated.consent ? `${stated.consent.state} ${stated.consent.at.getUTCDate()}` : '';
  expect([after, stated.suppression, stated.kept]).toEqual([expected, suppression, kept]);
});
