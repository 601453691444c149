import { z } from 'zod';
import { addDays } from '../time/civil-date.ts';
import { instantAt, localTimeSchema } from '../time/local-time.ts';
import { civilDateAt } from '../time/zone.ts';

/** When nobody wants to be disturbed, by the clocks of each recipient: from 21:00 to 08:00 passes midnight. */
export const quietHoursSchema = z
  .strictObject({ from: localTimeSchema, to: localTimeSchema })
  .refine(({ from, to }) => from !== to, { message: 'no hours', path: ['to'] });
export type QuietHours = z.infer<typeof quietHoursSchema>;

/**
 * When the quiet hours end in which an instant lies, in a zone; null where it lies in none. A beginning or an end that the
 * clocks jump over is the first instant behind the gap, and of one that they show twice the first counts.
 */
export function quietUntil({ from, to }: QuietHours, zone: string, at: Date): Date | null {
  const today = civilDateAt(zone, at.getTime());
  for (const begins of [addDays(today, -1), today]) {
    const start = instantAt(zone, begins, from);
    const end = instantAt(zone, from < to ? begins : addDays(begins, 1), to);
    if (start.getTime() <= at.getTime() && at.getTime() < end.getTime()) return end;
  }
  return null;
}
