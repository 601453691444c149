import { describe, expect, it } from 'vitest';
import { addMonths, startOf } from './civil-date.ts';
import { civilDateAt, instantOfLocal, startOfDay, zoneOffset } from './zone.ts';

const iso = (instant: number) => new Date(instant).toISOString();

describe('instantOfLocal', () => {
  it.each([
    ['UTC', '2026-06-17T00:00', '2026-06-17T00:00:00.000Z'],
    ['America/New_York', '2026-06-17T00:00', '2026-06-17T04:00:00.000Z'],
    ['Asia/Kathmandu', '2026-06-17T00:00', '2026-06-16T18:15:00.000Z'],
    ['Australia/Lord_Howe', '2026-06-17T00:00', '2026-06-16T13:30:00.000Z'],
  ])('reads the clocks of %s', (zone, local, instant) => {
    expect(iso(instantOfLocal(zone, Date.parse(`${local}Z`)))).toBe(instant);
  });

  it.each([
    ['America/New_York', '2026-03-08T02:30', '2026-03-08T07:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:30:00.000Z'],
    ['America/Sao_Paulo', '2018-11-04T00:00', '2018-11-04T03:00:00.000Z'],
    ['Pacific/Apia', '2011-12-30T12:00', '2011-12-30T10:00:00.000Z'],
  ])('takes the instant of the jump for a time that the clocks of %s leave out', (zone, local, instant) => {
    expect(iso(instantOfLocal(zone, Date.parse(`${local}Z`)))).toBe(instant);
  });

  it.each([
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-05T01:45', '2026-04-04T14:45:00.000Z'],
  ])('takes the first of two times that the clocks of %s show twice', (zone, local, instant) => {
    expect(iso(instantOfLocal(zone, Date.parse(`${local}Z`)))).toBe(instant);
  });
});

describe('zones', () => {
  it('know offsets of a quarter and of half an hour', () => {
    expect(zoneOffset('Asia/Kathmandu', 0)).toBe(5.5 * 3_600_000);
    expect(zoneOffset('Asia/Kathmandu', Date.UTC(2026, 0))).toBe(5.75 * 3_600_000);
    expect(zoneOffset('Australia/Lord_Howe', Date.UTC(2026, 0))).toBe(11 * 3_600_000);
  });

  it('begin each day where the date changes', () => {
    for (const zone of ['America/New_York', 'Australia/Lord_Howe', 'America/Sao_Paulo']) {
      for (const date of ['2018-11-04', '2026-03-08', '2026-04-05', '2026-10-04', '2026-11-01']) {
        const start = startOfDay(zone, date);
        expect(civilDateAt(zone, start)).toBe(date);
        expect(civilDateAt(zone, start - 1) < date).toBe(true);
      }
    }
  });
});

describe('civil dates', () => {
  it('clamp to the last day of a shorter month', () => {
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
    expect(addMonths('2024-03-31', -1)).toBe('2024-02-29');
    expect(addMonths('2024-02-29', -12)).toBe('2023-02-28');
    expect(addMonths('2026-12-31', 2)).toBe('2027-02-28');
  });

  it('begin weeks on Monday and quarters in January, April, July and October', () => {
    expect(startOf('week', '2026-06-17')).toBe('2026-06-15');
    expect(startOf('week', '2026-06-14')).toBe('2026-06-08');
    expect(startOf('week', '1969-12-31')).toBe('1969-12-29');
    expect(startOf('quarter', '2026-06-17')).toBe('2026-04-01');
    expect(startOf('quarter', '2026-12-01')).toBe('2026-10-01');
  });
});
