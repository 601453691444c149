import { addDays, civilDateAt, instantOfLocal, zoneOffset } from '@mini-crm/domain';

/** A date and a time of day as the clocks of a zone show them: `2026-11-23 09:00:00`, as date pickers write it. */
export type LocalTime = string;

/** The instant at which the clocks of a zone show a local time; null where the text is none. */
export function instantOf(local: LocalTime, zone: string): Date | null {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}):(\d{2})/.exec(local);
  if (!match) return null;
  const asUtc = Date.parse(`${match[1]}T${match[2]}:${match[3]}:00Z`);
  return Number.isNaN(asUtc) ? null : new Date(instantOfLocal(zone, asUtc));
}

/** What the clocks of a zone show at an instant. */
export function localOf(instant: Date | string, zone: string): LocalTime {
  const at = new Date(instant).getTime();
  return new Date(at + zoneOffset(zone, at)).toISOString().slice(0, 19).replace('T', ' ');
}

export interface TimeChoice {
  readonly label: string;
  readonly at: Date;
}

const nine = ' 09:00:00';

/** Times that people choose most: tomorrow at nine, the next Tuesday at nine. */
export function timeChoices(now: Date, zone: string): TimeChoice[] {
  const today = civilDateAt(zone, now.getTime());
  const tomorrow = addDays(today, 1);
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay();
  const tuesday = addDays(today, (2 - weekday + 7) % 7 || 7);
  const choices = [
    { label: 'Tomorrow at 9:00', local: tomorrow + nine },
    ...(tuesday === tomorrow ? [] : [{ label: 'Next Tuesday at 9:00', local: tuesday + nine }]),
  ];
  return choices.flatMap(({ label, local }) => {
    const at = instantOf(local, zone);
    return at ? [{ label, at }] : [];
  });
}
