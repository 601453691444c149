import { expect, test } from 'vitest';
import { quietHoursSchema, quietUntil } from './quiet-hours.ts';

const night = { from: '21:00', to: '08:00' };
const noon = { from: '12:00', to: '13:30' };

test.each([
  ['in the evening', night, 'Europe/Berlin', '2026-11-23T21:00:00Z', '2026-11-24T07:00:00.000Z'],
  ['at their first instant', night, 'Europe/Berlin', '2026-11-23T20:00:00Z', '2026-11-24T07:00:00.000Z'],
  ['behind midnight', night, 'Europe/Berlin', '2026-11-24T05:00:00Z', '2026-11-24T07:00:00.000Z'],
  ['at their end', night, 'Europe/Berlin', '2026-11-24T07:00:00Z', null],
  ['by day', night, 'Europe/Berlin', '2026-11-24T12:00:00Z', null],
  ['within a day', noon, 'UTC', '2026-11-24T12:10:00Z', '2026-11-24T13:30:00.000Z'],
  ['within a day, before', noon, 'UTC', '2026-11-24T11:59:59Z', null],
  ['over the change to summer', night, 'Europe/Berlin', '2026-03-28T22:00:00Z', '2026-03-29T06:00:00.000Z'],
  ['over the change to winter', night, 'Europe/Berlin', '2026-10-24T22:00:00Z', '2026-10-25T07:00:00.000Z'],
  [
    'that end in the gap',
    { from: '21:00', to: '02:30' },
    'Europe/Berlin',
    '2026-03-29T00:30:00Z',
    '2026-03-29T01:00:00.000Z',
  ],
  // 02:10 comes twice; the quiet hours ended with the first 02:00.
  [
    'that end in the hour that comes twice',
    { from: '21:00', to: '02:00' },
    'Europe/Berlin',
    '2026-10-25T01:10:00Z',
    null,
  ],
  ['that the clocks jump over', { from: '02:10', to: '02:50' }, 'Europe/Berlin', '2026-03-29T01:00:00Z', null],
])('quiet hours %s', (_what, hours, zone, at, until) => {
  expect(quietUntil(hours, zone, new Date(at))?.toISOString() ?? null).toBe(until);
});

test('quiet hours without a length are none', () => {
  expect(quietHoursSchema.safeParse({ from: '08:00', to: '08:00' }).success).toBe(false);
  expect(quietHoursSchema.safeParse(night).success).toBe(true);
});
