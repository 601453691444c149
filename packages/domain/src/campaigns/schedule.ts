import { z } from 'zod';
import { addDays, type CivilDate } from '../time/civil-date.ts';
import { instantAt, type LocalTime, localTimeSchema } from '../time/local-time.ts';
import { civilDateSchema } from '../time/window.ts';
import { civilDateAt } from '../time/zone.ts';

/** What becomes of those in whose zone the time has passed when the campaign is launched: their message goes at once, at that time of the next day, or not at all. */
export const passedChoices = ['now', 'tomorrow', 'skip'] as const;
export const passedChoiceSchema = z.enum(passedChoices);
export type PassedChoice = z.infer<typeof passedChoiceSchema>;

/** The longest time over which a campaign may be spread. */
export const maximumSpreadHours = 72;

const local = { type: z.literal('local'), date: civilDateSchema, time: localTimeSchema, passed: passedChoiceSchema };
const hours = z.number().int().min(1).max(maximumSpreadHours);

/**
 * When a campaign goes out: at once; at an instant; when the clocks of each recipient's own zone show a time; or one after
 * the other over some hours, from now or from an instant. `at` of a scheduled campaign is when it is launched: of a local
 * time it is known only then.
 */
export const campaignScheduleSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('now') }),
  z.strictObject({ type: z.literal('at'), at: z.date() }),
  z.strictObject({ ...local, at: z.date().nullable() }),
  z.strictObject({ type: z.literal('spread'), at: z.date().nullable(), hours }),
]);
export type CampaignSchedule = z.infer<typeof campaignScheduleSchema>;
export type LocalSchedule = Extract<CampaignSchedule, { type: 'local' }>;

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

/** A schedule as it travels: instants are ISO texts, and when a local time launches is not the author's to say. */
export const campaignScheduleInputSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('now') }),
  z.strictObject({ type: z.literal('at'), at: instant }),
  z.strictObject({ ...local, at: z.string().nullish() }).transform((schedule) => ({ ...schedule, at: null })),
  z.strictObject({ type: z.literal('spread'), at: instant.nullable(), hours }),
]);

/** How the recipients of a run follow each other, frozen at its launch. */
export type RunTiming =
  | { readonly type: 'now' }
  | {
      readonly type: 'local';
      readonly date: CivilDate;
      readonly time: LocalTime;
      readonly passed: PassedChoice;
      /** Where those live of whom no zone is known. */
      readonly zone: string;
    }
  | { readonly type: 'spread'; readonly hours: number };

/** What a run keeps of its campaign's schedule. */
export function timingOf(schedule: CampaignSchedule, organizationZone: string): RunTiming {
  switch (schedule.type) {
    case 'now':
    case 'at':
      return { type: 'now' };
    case 'local': {
      const { date, time, passed } = schedule;
      return { type: 'local', date, time, passed, zone: organizationZone };
    }
    case 'spread':
      return { type: 'spread', hours: schedule.hours };
    default:
      return schedule satisfies never;
  }
}

/** When a zone has its turn; null where its recipients get nothing because its time has passed. */
export function localTurn(
  { date, time, passed }: Pick<LocalSchedule, 'date' | 'time' | 'passed'>,
  zone: string,
  launchedAt: Date,
): Date | null {
  const at = instantAt(zone, date, time);
  if (at.getTime() >= launchedAt.getTime()) return at;
  switch (passed) {
    case 'now':
      return launchedAt;
    case 'skip':
      return null;
    case 'tomorrow': {
      const today = civilDateAt(zone, launchedAt.getTime());
      for (let day = date < today ? today : addDays(date, 1); ; day = addDays(day, 1)) {
        const later = instantAt(zone, day, time);
        if (later.getTime() >= launchedAt.getTime()) return later;
      }
    }
    default:
      return passed satisfies never;
  }
}

/** When a campaign with a local time is launched: with the first of its zones, or at once where that one's time has passed. */
export function localLaunch({ date, time }: Pick<LocalSchedule, 'date' | 'time'>, zones: readonly string[], now: Date) {
  const first = Math.min(...zones.map((zone) => instantAt(zone, date, time).getTime()));
  return new Date(Math.max(now.getTime(), Number.isFinite(first) ? first : now.getTime()));
}

// The last clocks on earth: twelve hours behind UTC.
const lastZone = 'Etc/GMT+12';

/** Whether a local time has passed wherever on earth somebody may live. */
export const isPassedEverywhere = ({ date, time }: Pick<LocalSchedule, 'date' | 'time'>, now: Date): boolean =>
  instantAt(lastZone, date, time).getTime() <= now.getTime();
