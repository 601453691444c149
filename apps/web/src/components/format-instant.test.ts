import { describe, expect, it } from 'vitest';
import { dayKey, formatCivilDate, formatDayHeading, formatExactInstant, formatInstant } from './format-instant.ts';

const now = new Date('2026-11-22T12:00:00Z');
const berlin = { zone: 'Europe/Berlin', locale: 'en-GB' };

describe('instants for readers', () => {
  it('is relative within a day', () => {
    expect(formatInstant('2026-11-22T11:59:40Z', now, berlin)).toBe('now');
    expect(formatInstant('2026-11-22T11:55:00Z', now, berlin)).toBe('5 minutes ago');
    expect(formatInstant('2026-11-22T15:00:00Z', now, berlin)).toBe('in 3 hours');
  });
  it('is a date with a time from a day on, with the year when it is another', () => {
    expect(formatInstant('2026-11-20T13:03:00Z', now, berlin)).toBe('20 Nov, 14:03');
    expect(formatInstant('2025-11-20T13:03:00Z', now, berlin)).toBe('20 Nov 2025, 14:03');
  });
  it('says the zone in the exact form', () => {
    expect(formatExactInstant('2026-07-01T10:00:00Z', berlin)).toContain('12:00:00 CEST');
  });
  it('never shifts a civil date', () => {
    expect(formatCivilDate('2026-03-29', 'en-GB')).toBe('29 Mar 2026');
  });
  it('puts an instant on the day of the zone', () => {
    expect(dayKey('2026-11-21T23:30:00Z', 'Europe/Berlin')).toBe('2026-11-22');
    expect(dayKey('2026-11-21T23:30:00Z', 'America/New_York')).toBe('2026-11-21');
  });
  it('names today and yesterday', () => {
    expect(formatDayHeading('2026-11-22', '2026-11-22', 'en-GB')).toBe('Today');
    expect(formatDayHeading('2026-11-21', '2026-11-22', 'en-GB')).toBe('Yesterday');
    expect(formatDayHeading('2026-11-01', '2026-11-22', 'en-GB')).toBe('Sunday 1 November');
    expect(formatDayHeading('2025-11-01', '2026-11-22', 'en-GB')).toContain('2025');
  });
});
