import type { CustomerId, Run, RunTiming } from '@mini-crm/domain';
import { describe, expect, test } from 'vitest';
import { pagePlan, type Recipient } from './page-plan.ts';

const boundAt = new Date('2026-11-23T08:30:00Z');
const run = (timing: RunTiming | undefined, reachable = 1_000) =>
  ({
    boundAt,
    content: { purpose: 'marketing' },
    waterfall: { inSegments: reachable, steps: [], reachable },
    ...(timing ? { timing } : {}),
  }) as unknown as Run;
const zones = ['Europe/Berlin', 'America/New_York', null, 'Mars/Olympus'];
const people = (count: number): Recipient[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `cus_${String(i).padStart(5, '0')}` as CustomerId,
    zone: zones[i % zones.length] ?? null,
  }));
const plain = { quietHours: null, timeZone: 'UTC' };
const local = { type: 'local', date: '2026-11-23', time: '09:00', passed: 'skip', zone: 'UTC' } as const;

test('a run from before there was a choice is due at once, in the order of ids and without zones', () => {
  const made = pagePlan(run(undefined), plain).pages(people(250), 0);
  expect(made.map(({ customerIds }) => customerIds.length)).toEqual([100, 100, 50]);
  expect(made.flatMap(({ customerIds }) => customerIds)).toEqual(people(250).map(({ id }) => id));
  expect(made.every((page) => Number(page.dueAt) === Number(boundAt) && !('zone' in page))).toBe(true);
});

describe('zone by zone', () => {
  const made = pagePlan(run(local), plain).pages(people(1_002), 0);

  test('each page is of one zone and due at its time; who is too late has a page without messages', () => {
    const due = new Map(made.map(({ zone, dueAt, passed }) => [zone, [dueAt.toISOString(), passed ?? false]]));
    expect(Object.fromEntries(due)).toEqual({
      'America/New_York': ['2026-11-23T14:00:00.000Z', false],
      'Europe/Berlin': ['2026-11-23T08:30:00.000Z', true],
      UTC: ['2026-11-23T09:00:00.000Z', false],
    });
    expect(made.flatMap(({ customerIds }) => customerIds).toSorted()).toEqual(people(1_002).map(({ id }) => id));
  });

  test.each([1, 2, 3, 4, 401, 1_002])(
    'the last page ends with the last of %i people, from where a builder goes on',
    (count) => {
      const last = pagePlan(run(local), plain).pages(people(count), 0).at(-1);
      expect(last?.customerIds.at(-1)).toBe(people(count).at(-1)?.id);
      expect(Math.max(...(last?.customerIds ?? []).map((id) => Number(id.slice(4))))).toBe(count - 1);
    },
  );

  test('quiet hours move what is due within them, also where nobody chose a time', () => {
    const quietHours = { from: '08:00', to: '10:00' };
    const due = pagePlan(run(undefined), { quietHours, timeZone: 'UTC' }).pages(people(4), 0);
    expect(due.map(({ zone, dueAt }) => [zone, dueAt.toISOString().slice(11, 16)])).toEqual([
      ['America/New_York', '08:30'],
      ['Europe/Berlin', '09:00'],
      ['UTC', '10:00'],
    ]);
  });
});

test('a spread goes on where the builder before stood', () => {
  const plan = pagePlan(run({ type: 'spread', hours: 10 }, 1_200), plain);
  const hours = (before: number) =>
    plan.pages(people(4), before).map(({ dueAt }) => (Number(dueAt) - Number(boundAt)) / 60_000);
  expect(hours(0)).toEqual([0, 1]);
  expect(hours(600)).toEqual([300, 301]);
});
