import type { Database, PageDocument } from '@mini-crm/db';
import { type CustomerId, capSince, decideCap, type FrequencyCap, quietUntil, zoneOf } from '@mini-crm/domain';
import type { Engine } from './engine.ts';
import type { RunMessages } from './personal-message.ts';

type Session = Parameters<Parameters<Database['transaction']>[0]>[0];

/** Somebody whose message is about to be made. */
export interface Candidate {
  readonly id: CustomerId;
  readonly timeZone: string | null;
}

/** Why somebody gets no message now: for good, or before an instant. */
export type Held = { readonly type: 'skip' } | { readonly type: 'defer'; readonly until: Date };

/** What an organization's own rules say of the people of one page. */
export interface Restraint {
  /** Tells by zones when the quiet hours end in which it is there now; null where it is in none. */
  readonly quiet: () => (zone: string | null) => Date | null;
  /** Reserves room under the frequency cap for these people's messages; answers for those who have none. */
  readonly reserve: (people: readonly Candidate[]) => Promise<ReadonlyMap<CustomerId, Held>>;
  /** Takes the reservations of these people back, in the transaction that writes what became of their messages. */
  readonly settle: (ids: readonly CustomerId[], session: Session) => Promise<void>;
  /** Takes back what is reserved for messages that surely don't go out by this hold on the page: all but those of `unsure`. */
  readonly letGo: (unsure?: readonly CustomerId[]) => Promise<void>;
  /** The rules for people who may have got their message and are asked about once more: they keep their room, and are neither deferred nor left out. */
  readonly again: Pick<Restraint, 'quiet' | 'reserve'>;
}

// Somebody who has another message on its way at this very moment is asked for again when that one has its outcome.
const soonMs = 2_000;

/** The rules for a page; null where the organization has none or the message is no marketing: then nothing is read. */
export async function restraintOf(
  engine: Pick<Engine, 'db' | 'now' | 'rules'>,
  { orgId, run }: Pick<RunMessages, 'orgId' | 'run'>,
  page: Pick<PageDocument, 'runId'>,
  token: string,
): Promise<Restraint | null> {
  if (run.content.purpose !== 'marketing') return null;
  const { frequencyCap, quietHours, timeZone } = await engine.rules(orgId);
  if (!frequencyCap && !quietHours) return null;
  const { capReservations } = engine.db(orgId);
  const asker = { runId: page.runId, channel: 'email', token } as const;
  const reserved = new Set<CustomerId>();

  async function reserve(people: readonly Candidate[], cap: FrequencyCap) {
    const now = engine.now();
    const since = byZone(timeZone, (zone) => capSince(cap, zone, now));
    const ids = people.map(({ id }) => id);
    for (const id of ids) reserved.add(id);
    const earliest = new Date(Math.min(...people.map((one) => since(one.timeZone).getTime())));
    const uses = await capReservations.reserve(asker, ids, earliest);
    const held = new Map<CustomerId, Held>();
    for (const { id, timeZone: zone } of people) {
      const { counted = [], ahead = [] } = uses.get(id) ?? {};
      const recent = counted.filter(({ at }) => at.getTime() >= since(zone).getTime()).map(({ key }) => key);
      const decision = decideCap(cap, { counted: recent, ahead });
      if (decision === 'skip') held.set(id, { type: 'skip' });
      if (decision === 'wait') held.set(id, { type: 'defer', until: new Date(now.getTime() + soonMs) });
    }
    const refused = [...held.keys()];
    await capReservations.release(asker, refused);
    for (const id of refused) reserved.delete(id);
    return held;
  }

  return {
    quiet: () => {
      const now = engine.now();
      return byZone(timeZone, (zone) => quietHours && quietUntil(quietHours, zone, now));
    },
    reserve: async (people) => (frequencyCap && people.length > 0 ? reserve(people, frequencyCap) : new Map()),
    settle: async (ids, session) => {
      await capReservations.release(
        asker,
        ids.filter((id) => reserved.has(id)),
        session,
      );
    },
    letGo: async (unsure = []) => {
      const kept = new Set(unsure);
      const free = [...reserved].filter((id) => !kept.has(id));
      await capReservations.release(asker, free);
    },
    again: {
      quiet: () => () => null,
      reserve: async (people) => {
        const ids = people.map(({ id }) => id);
        for (const id of ids) reserved.add(id);
        if (frequencyCap && ids.length > 0) await capReservations.renew(asker, ids);
        return new Map();
      },
    },
  };
}

/** Asks once for each zone: what it costs to ask is mostly the calendar's. */
function byZone<T>(fallback: string, ask: (zone: string) => T): (zone: string | null) => T {
  const known = new Map<string | null, T>();
  return (own) => {
    if (!known.has(own)) known.set(own, ask(zoneOf(own, fallback)));
    return known.get(own) as T;
  };
}
