import { z } from 'zod';
import { isCivilDate } from '../attributes/attribute.ts';

/** A date that exists, in the years 1 to 9998: the day after it can be said too. */
export const civilDateSchema = z
  .string()
  .refine((text) => isCivilDate(text) && text >= '0001-01-01' && text < '9999-01-01', { message: 'no such date' });

export const rollingUnits = ['minutes', 'hours'] as const;
export const calendarUnits = ['days', 'weeks', 'months', 'years'] as const;
export const lengthUnits = [...rollingUnits, ...calendarUnits] as const;
export type LengthUnit = (typeof lengthUnits)[number];

export const periodUnits = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type PeriodUnit = (typeof periodUnits)[number];

const amount = z.number().int().min(1).max(100_000);
const unit = z.enum(lengthUnits);
/** `rolling` counts days and weeks as 24 and 168 hours back from now; without it they begin at midnight. */
const mode = z.literal('rolling').optional();

/**
 * A stretch of time as a marketer says it, relative to now or by dates. Half-open once resolved; see resolveWindow.
 * `before`, `after` and `between` take whole days: after the 3rd begins on the 4th, between two dates includes both.
 */
export const windowSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ever') }),
  z.strictObject({ type: z.literal('last'), amount, unit, mode }),
  z.strictObject({ type: z.literal('moreThanAgo'), amount, unit, mode }),
  z.strictObject({
    type: z.literal('betweenAgo'),
    from: z.number().int().min(0).max(100_000),
    to: amount,
    unit,
    mode,
  }),
  z.strictObject({ type: z.literal('next'), amount, unit, mode }),
  z.strictObject({ type: z.literal('this'), unit: z.enum(periodUnits) }),
  z.strictObject({ type: z.literal('previous'), unit: z.enum(periodUnits) }),
  z.strictObject({ type: z.literal('on'), date: civilDateSchema }),
  z.strictObject({ type: z.literal('before'), date: civilDateSchema }),
  z.strictObject({ type: z.literal('after'), date: civilDateSchema }),
  z.strictObject({ type: z.literal('since'), date: civilDateSchema }),
  z.strictObject({ type: z.literal('between'), from: civilDateSchema, to: civilDateSchema }),
]);

export type Window = z.infer<typeof windowSchema>;
export type WindowType = Window['type'];
