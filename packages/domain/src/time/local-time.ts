import { z } from 'zod';
import { type CivilDate, toDayNumber } from './civil-date.ts';
import { instantOfLocal } from './zone.ts';

const minute = 60_000;
const dayLength = 1_440 * minute;

/** A time of day as a clock with 24 hours shows it: `09:00`. */
export const localTimeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export type LocalTime = z.infer<typeof localTimeSchema>;

const minutesOf = (time: LocalTime): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/**
 * The instant at which the clocks of a zone show a time on a day. Where they jump over it, the first instant behind the gap;
 * where they show it twice, the first.
 */
export const instantAt = (zone: string, date: CivilDate, time: LocalTime): Date =>
  new Date(instantOfLocal(zone, toDayNumber(date) * dayLength + minutesOf(time) * minute));
