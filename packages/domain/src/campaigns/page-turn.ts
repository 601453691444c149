import { type QuietHours, quietUntil } from '../delivery/quiet-hours.ts';
import type { CampaignPurpose } from './campaign.ts';
import { localTurn, type RunTiming } from './schedule.ts';

/** What decides when the recipients of a run get their turn. */
export interface TurnFacts {
  readonly timing: RunTiming;
  readonly purpose: CampaignPurpose;
  readonly quietHours: QuietHours | null;
  /** When the run was launched. */
  readonly launchedAt: Date;
}

/** When people of a zone are due, and whether they only get a row that says that their time has passed. */
export interface Turn {
  readonly dueAt: Date;
  readonly passed: boolean;
}

/** Whether people of one run may be due at different times by where they live. */
export const turnsByZone = ({ timing, purpose, quietHours }: TurnFacts): boolean =>
  timing.type === 'local' || (quietHours !== null && purpose === 'marketing');

/**
 * The turn of people in a zone. `share` is how much of the audience stands before them, from 0 to 1: a spread campaign goes
 * by it. Marketing that would come within quiet hours waits for their end.
 */
export function turnOf(facts: TurnFacts, zone: string, share: number): Turn {
  const { timing, purpose, quietHours, launchedAt } = facts;
  const planned = plannedAt(timing, zone, share, launchedAt);
  if (planned === null) return { dueAt: launchedAt, passed: true };
  const quiet = purpose === 'marketing' && quietHours ? quietUntil(quietHours, zone, planned) : null;
  return { dueAt: quiet ?? planned, passed: false };
}

function plannedAt(timing: RunTiming, zone: string, share: number, launchedAt: Date): Date | null {
  switch (timing.type) {
    case 'now':
      return launchedAt;
    case 'local':
      return localTurn(timing, zone, launchedAt);
    case 'spread':
      return new Date(launchedAt.getTime() + Math.round(Math.min(1, share) * timing.hours * 3_600_000));
    default:
      return timing satisfies never;
  }
}

/** How many recipients a page of a run holds at most: where they are spread, so few that somebody is due in every minute. */
export function recipientsAPage(timing: RunTiming, expected: number, most: number): number {
  if (timing.type !== 'spread') return most;
  return Math.max(1, Math.min(most, Math.ceil(expected / (timing.hours * 60))));
}
