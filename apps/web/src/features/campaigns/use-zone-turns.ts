import { type CampaignPurpose, instantAt, type TurnFacts, turnOf } from '@mini-crm/domain';
import { keepPreviousData } from '@tanstack/react-query';
import { useNow } from '../../components/use-now.ts';
import { useOrganization } from '../../organization.tsx';
import { trpc } from '../../trpc.ts';
import type { Draft } from './draft.ts';

export type LocalSchedule = Extract<Draft['schedule'], { type: 'local' }>;

/** One zone of an audience, and what a local time means there. */
export interface ZoneTurn {
  readonly zone: string;
  readonly count: number;
  /** The instant of the local time. */
  readonly at: Date;
  readonly passed: boolean;
  /** When its people get the message, if it is launched now where it has passed; null where they get none. */
  readonly turn: Date | null;
  /** Whether quiet hours of the organization keep it until `turn`. */
  readonly quiet: boolean;
}

interface TurnsOf {
  readonly audience: Draft['audience'];
  readonly purpose: CampaignPurpose;
  readonly schedule: LocalSchedule | null;
}

/** The zones in which an audience lives in the order of their turns; counted on the server where a local time is chosen. */
export function useZoneTurns({ audience, purpose, schedule }: TurnsOf) {
  const { orgId } = useOrganization();
  const now = useNow();
  const chosen = audience.include === 'everyone' || audience.include.length > 0;
  const query = trpc.campaigns.zones.useQuery(
    { orgId, audience, purpose },
    { enabled: schedule !== null && chosen, placeholderData: keepPreviousData, staleTime: 5_000 },
  );
  const counted = query.data && 'zones' in query.data ? query.data : null;
  const { data: settings } = trpc.organization.get.useQuery({ orgId }, { enabled: schedule !== null });
  const quietHours = settings?.sending.quietHours ?? null;
  const turns = counted && schedule && turnsOf(counted.zones, schedule, { purpose, quietHours, launchedAt: now });
  return {
    turns,
    unknown: counted?.unknown ?? 0,
    /** When the first zone has its turn; null while that is not known or nobody is reached. */
    first: turns?.[0]?.at ?? null,
    started: turns?.some(({ passed }) => passed) ?? false,
    error: query.error,
    refetch: () => void query.refetch(),
  };
}

export type ZoneTurns = ReturnType<typeof useZoneTurns>;

const turnsOf = (
  zones: readonly { zone: string; count: number }[],
  { date, time, passed: choice }: LocalSchedule,
  facts: Omit<TurnFacts, 'timing'>,
): ZoneTurn[] =>
  zones
    .map(({ zone, count }) => {
      const timing = { type: 'local', date, time, passed: choice, zone } as const;
      const at = instantAt(zone, date, time);
      const plain = turnOf({ ...facts, timing, quietHours: null }, zone, 0);
      const { dueAt } = turnOf({ ...facts, timing }, zone, 0);
      return {
        ...{ zone, count, at },
        passed: at.getTime() < facts.launchedAt.getTime(),
        turn: plain.passed ? null : dueAt,
        quiet: !plain.passed && dueAt.getTime() !== plain.dueAt.getTime(),
      };
    })
    .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.zone < b.zone ? -1 : 1));
