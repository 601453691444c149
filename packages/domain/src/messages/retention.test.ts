import { expect, test } from 'vitest';
import { changeRetention, removedBefore, retentionInputSchema } from './retention.ts';

const now = new Date('2026-11-23T12:00:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

test('less is kept from a day later on; more, or for ever, at once', () => {
  const first = changeRetention(undefined, 90, now);
  expect(first).toEqual({ messagesDays: 90, startsAt: later(24) });
  expect(changeRetention(first, 365, later(1)).startsAt).toEqual(later(24));
  const running = { messagesDays: 90, startsAt: later(-99) };
  expect(changeRetention(running, 60, now).startsAt).toEqual(later(24));
  expect(changeRetention(running, 365, now).startsAt).toEqual(now);
  expect(changeRetention(running, null, now)).toEqual({ messagesDays: null, startsAt: now });
  expect(changeRetention({ messagesDays: null, startsAt: later(-1) }, 90, now).startsAt).toEqual(later(24));
});

test('nothing goes for ever, nor in the first day; a frequency cap keeps what it counts', () => {
  expect(removedBefore(undefined, null, now)).toBeNull();
  expect(removedBefore({ messagesDays: null, startsAt: later(-1) }, null, now)).toBeNull();
  expect(removedBefore({ messagesDays: 30, startsAt: later(1) }, null, now)).toBeNull();
  const retention = { messagesDays: 30, startsAt: later(-1) };
  expect(removedBefore(retention, null, now)).toEqual(later(-30 * 24));
  expect(removedBefore(retention, { days: 7 }, now)).toEqual(later(-30 * 24));
  expect(removedBefore(retention, { days: 90 }, now)).toEqual(later(-92 * 24));
});

test('a month is the least that can be kept', () => {
  expect(retentionInputSchema.safeParse({ messagesDays: 29 }).success).toBe(false);
  expect(retentionInputSchema.safeParse({ messagesDays: 30 }).success).toBe(true);
  expect(retentionInputSchema.safeParse({ messagesDays: null }).success).toBe(true);
});
