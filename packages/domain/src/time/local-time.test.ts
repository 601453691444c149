import { expect, test } from 'vitest';
import { zoneOf } from './known-zone.ts';
import { instantAt, localTimeSchema } from './local-time.ts';

test.each([
  ['an ordinary morning', 'Europe/Berlin', '2026-11-23', '09:00', '2026-11-23T08:00:00.000Z'],
  ['midnight', 'Asia/Kathmandu', '2026-11-23', '00:00', '2026-11-22T18:15:00.000Z'],
  ['the day of the change to summer', 'Europe/Berlin', '2026-03-29', '09:00', '2026-03-29T07:00:00.000Z'],
  ['the day of the change to winter', 'Europe/Berlin', '2026-10-25', '09:00', '2026-10-25T08:00:00.000Z'],
  ['a time that the clocks jump over', 'Europe/Berlin', '2026-03-29', '02:30', '2026-03-29T01:00:00.000Z'],
  ['a time that the clocks show twice', 'Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
  ['a jump of half an hour', 'Australia/Lord_Howe', '2026-10-04', '02:15', '2026-10-03T15:30:00.000Z'],
  ['half an hour shown twice', 'Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T14:45:00.000Z'],
  ['a jump at midnight', 'America/Santiago', '2026-09-06', '00:00', '2026-09-06T04:00:00.000Z'],
])('%s', (_what, zone, date, time, instant) => {
  expect(instantAt(zone, date, time).toISOString()).toBe(instant);
});

test('a time of day has two digits each and exists', () => {
  const is = (text: string) => localTimeSchema.safeParse(text).success;
  expect(['00:00', '09:05', '23:59'].every(is)).toBe(true);
  expect(['24:00', '9:00', '12:60', '12:00:00', ''].some(is)).toBe(false);
});

test('a zone that nobody knows is the organization’s', () => {
  expect(zoneOf('Asia/Tokyo', 'Europe/Paris')).toBe('Asia/Tokyo');
  for (const none of [null, undefined, '', 'Mars/Olympus', '+02:00'])
    expect(zoneOf(none, 'Europe/Paris')).toBe('Europe/Paris');
});
