import { formatTime, type InstantValue } from '../../components/format-instant.ts';
import type { CampaignDetail, Draft } from './draft.ts';

type Schedule = Draft['schedule'] | CampaignDetail['schedule'];

/** `Mon, 23 Nov, 09:00` in a zone. */
export const dayAndTime = (at: InstantValue, zone?: string): string =>
  `${dayOf(at, zone)}, ${formatTime(at, { zone })}`;

/** `Right away`, `Mon, 23 Nov, 09:00` in a zone, `Mon, 23 Nov, 09:00 local time`, `Over 6 hours, from now`. */
export function whenWords(schedule: Schedule, zone?: string): string {
  switch (schedule.type) {
    case 'now':
      return 'Right away';
    case 'at':
      return dayAndTime(schedule.at, zone);
    case 'local':
      return `${dayOf(`${schedule.date}T00:00:00Z`, 'UTC')}, ${schedule.time} local time`;
    case 'spread': {
      const start = schedule.at ? `from ${dayAndTime(schedule.at, zone)}` : 'from now';
      return `Over ${schedule.hours === 1 ? 'an hour' : `${schedule.hours} hours`}, ${start}`;
    }
    default:
      return schedule satisfies never;
  }
}

const dayOf = (at: InstantValue, zone?: string): string =>
  new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short', timeZone: zone }).format(
    new Date(at),
  );
