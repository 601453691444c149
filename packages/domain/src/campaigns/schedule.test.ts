import { describe, expect, test } from 'vitest';
import { recipientsAPage, turnOf, turnsByZone } from './page-turn.ts';
import {
  campaignScheduleInputSchema,
  isPassedEverywhere,
  localLaunch,
  localTurn,
  type PassedChoice,
  timingOf,
} from './schedule.ts';

const nine = (passed: PassedChoice) => ({ date: '2026-11-23', time: '09:00', passed });
const launchedAt = new Date('2026-11-23T08:30:00Z');

describe('a local time', () => {
  test.each<[string, string, PassedChoice, string | null]>([
    ['ahead', 'America/New_York', 'skip', '2026-11-23T14:00:00.000Z'],
    ['passed, now', 'Europe/Berlin', 'now', '2026-11-23T08:30:00.000Z'],
    ['passed, tomorrow', 'Europe/Berlin', 'tomorrow', '2026-11-24T08:00:00.000Z'],
    ['passed, not at all', 'Europe/Berlin', 'skip', null],
    // There 23 November is nearly over: nine o'clock of the 24th comes in half a day.
    ['passed long ago, tomorrow', 'Pacific/Kiritimati', 'tomorrow', '2026-11-23T19:00:00.000Z'],
  ])('%s', (_what, zone, passed, at) => {
    expect(localTurn(nine(passed), zone, launchedAt)?.toISOString() ?? null).toBe(at);
  });

  test('waits for the next morning, however long ago its day was', () => {
    const turn = localTurn({ ...nine('tomorrow'), date: '0001-01-01' }, 'Europe/Berlin', launchedAt);
    expect(turn?.toISOString()).toBe('2026-11-24T08:00:00.000Z');
  });

  test('is launched with the first of its zones, and at once where that one has passed', () => {
    const zones = ['America/New_York', 'Europe/Berlin'];
    const early = new Date('2026-11-22T12:00:00Z');
    expect(localLaunch(nine('now'), zones, early).toISOString()).toBe('2026-11-23T08:00:00.000Z');
    expect(localLaunch(nine('now'), zones, launchedAt)).toEqual(launchedAt);
    expect(localLaunch(nine('now'), [], early)).toEqual(early);
  });

  test('has passed everywhere only when the last clocks of the earth are there', () => {
    expect(isPassedEverywhere(nine('now'), new Date('2026-11-23T20:59:59Z'))).toBe(false);
    expect(isPassedEverywhere(nine('now'), new Date('2026-11-23T21:00:00Z'))).toBe(true);
  });
});

describe('the turn of a zone', () => {
  const quietHours = { from: '21:00', to: '09:30' };
  const facts = { timing: { type: 'now' }, purpose: 'marketing', quietHours, launchedAt } as const;
  const timing = { type: 'local', ...nine('skip'), zone: 'UTC' } as const;

  test('waits for the end of quiet hours, marketing only', () => {
    expect(turnOf(facts, 'UTC', 0).dueAt.toISOString()).toBe('2026-11-23T09:30:00.000Z');
    expect(turnOf({ ...facts, purpose: 'service' }, 'UTC', 0).dueAt).toEqual(launchedAt);
    expect(turnOf(facts, 'Asia/Tokyo', 0).dueAt).toEqual(launchedAt);
  });

  test('of a time that has passed is a row without a message', () => {
    expect(turnOf({ ...facts, timing }, 'Europe/Berlin', 0)).toEqual({ dueAt: launchedAt, passed: true });
    expect(turnOf({ ...facts, timing }, 'UTC', 0)).toEqual({ dueAt: new Date('2026-11-23T09:30:00Z'), passed: false });
  });

  test('is told by zones only where a zone makes a difference', () => {
    expect(turnsByZone(facts)).toBe(true);
    expect(turnsByZone({ ...facts, purpose: 'service' })).toBe(false);
    expect(turnsByZone({ ...facts, quietHours: null })).toBe(false);
    expect(turnsByZone({ ...facts, quietHours: null, timing })).toBe(true);
  });
});

describe('a spread', () => {
  const facts = { timing: { type: 'spread', hours: 10 }, purpose: 'service', quietHours: null, launchedAt } as const;
  test('goes out evenly', () => {
    const at = (share: number) => turnOf(facts, 'UTC', share).dueAt.getTime() - launchedAt.getTime();
    expect([0, 0.5, 0.9, 1, 1.2].map((share) => at(share) / 3_600_000)).toEqual([0, 5, 9, 10, 10]);
  });

  test('makes pages so small that somebody is due in every minute', () => {
    expect(recipientsAPage(facts.timing, 1_200, 100)).toBe(2);
    expect(recipientsAPage(facts.timing, 1_000_000, 100)).toBe(100);
    expect(recipientsAPage(facts.timing, 0, 100)).toBe(1);
    expect(recipientsAPage({ type: 'now' }, 10, 100)).toBe(100);
  });
});

test('a schedule travels: instants as texts, and the launch of a local time is nobody’s to say', () => {
  const read = (value: unknown) => campaignScheduleInputSchema.safeParse(value).data ?? null;
  const local = { type: 'local', ...nine('now') };
  expect(read({ ...local, at: '2026-11-23T08:00:00.000Z' })).toEqual({ ...local, at: null });
  expect(read(local)).toEqual({ ...local, at: null });
  expect(read({ type: 'spread', at: null, hours: 6 })).toEqual({ type: 'spread', at: null, hours: 6 });
  expect(read({ type: 'at', at: '2026-11-23T08:00:00Z' })).toEqual({
    type: 'at',
    at: new Date('2026-11-23T08:00:00Z'),
  });
  for (const wrong of [
    { ...local, time: '9 o’clock' },
    { ...local, date: '2026-02-30' },
    { ...local, passed: 'later' },
    { type: 'spread', at: null, hours: 0 },
    { type: 'spread', at: null, hours: 1.5 },
    { type: 'sometime' },
  ]) {
    expect(read(wrong)).toBeNull();
  }
});

test('a run keeps of a schedule what its pages need', () => {
  expect(timingOf({ type: 'at', at: launchedAt }, 'UTC')).toEqual({ type: 'now' });
  expect(timingOf({ type: 'local', ...nine('skip'), at: launchedAt }, 'Asia/Tokyo')).toEqual({
    type: 'local',
    ...nine('skip'),
    zone: 'Asia/Tokyo',
  });
});
