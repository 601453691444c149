import { formatTime } from '../../components/format-instant.ts';
import type { Draft } from './draft.ts';

/** `Now`, or `Mon, 23 Nov, 09:00` in a zone. */
export function whenWords(schedule: Draft['schedule'], zone?: string): string {
  if (schedule.type === 'now') return 'Right away';
  const day = new Intl.DateTimeFormat(undefined, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: zone,
  }).format(new Date(schedule.at));
  return `${day}, ${formatTime(schedule.at, { zone })}`;
}
