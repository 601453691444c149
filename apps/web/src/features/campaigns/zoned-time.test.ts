import { expect, test } from 'vitest';
import { instantOf, localOf, timeChoices } from './zoned-time.ts';

const newYork = 'America/New_York';

test('a local time is the instant at which the clocks of the zone show it', () => {
  expect(instantOf('2026-11-23 09:00:00', newYork)?.toISOString()).toBe('2026-11-23T14:00:00.000Z');
  expect(instantOf('2026-07-01 09:00', newYork)?.toISOString()).toBe('2026-07-01T13:00:00.000Z');
  expect(instantOf('', newYork)).toBeNull();
  expect(instantOf('2026-13-40 09:00', newYork)).toBeNull();
});

test('an hour that the clocks skip goes to the moment of the jump', () => {
  expect(instantOf('2026-03-08 02:30', newYork)?.toISOString()).toBe('2026-03-08T07:00:00.000Z');
});

test('an instant is shown as the clocks of the zone show it', () => {
  expect(localOf('2026-11-23T14:00:00.000Z', newYork)).toBe('2026-11-23 09:00:00');
});

test('proposes nine o’clock tomorrow and on the next Tuesday, in the zone', () => {
  const sunday = new Date('2026-11-23T03:00:00Z'); // Sunday evening in New York
  expect(timeChoices(sunday, newYork)).toEqual([
    { label: 'Tomorrow at 9:00', at: new Date('2026-11-23T14:00:00Z') },
    { label: 'Next Tuesday at 9:00', at: new Date('2026-11-24T14:00:00Z') },
  ]);
  const monday = new Date('2026-11-23T15:00:00Z');
  expect(timeChoices(monday, newYork)).toHaveLength(1);
  const tuesday = new Date('2026-11-24T15:00:00Z');
  expect(timeChoices(tuesday, newYork)[1]?.at.toISOString()).toBe('2026-12-01T14:00:00.000Z');
});
