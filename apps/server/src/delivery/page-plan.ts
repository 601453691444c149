import type { NewPage } from '@mini-crm/db';
import { type CustomerId, pageSize, type Run, recipientsAPage, turnOf, turnsByZone, zoneOf } from '@mini-crm/domain';
import type { SendingRules } from './sending-rules.ts';

/** Somebody whom a run reaches, and the zone that is stored for them. */
export interface Recipient {
  readonly id: CustomerId;
  readonly zone: string | null;
}

/** How people come into pages. */
export interface PagePlan {
  /** People whose pages are written in one transaction. */
  readonly peopleAtOnce: number;
  /** The pages of people, who follow so many others. The last page ends with the last of them: from there a builder goes on. */
  readonly pages: (
    people: readonly Recipient[],
    before: number,
  ) => Pick<NewPage, 'customerIds' | 'dueAt' | 'zone' | 'passed'>[];
}

/** How the people of a run come into pages: together in the order of ids, or each zone for itself where it has a turn of its own. */
export function pagePlan(
  { timing = { type: 'now' }, boundAt, content: { purpose }, waterfall }: Run,
  { quietHours, timeZone }: Pick<SendingRules, 'quietHours' | 'timeZone'>,
): PagePlan {
  const facts = { timing, purpose, quietHours, launchedAt: boundAt };
  const byZone = turnsByZone(facts);
  const size = recipientsAPage(timing, waterfall.reachable, pageSize);
  const expected = Math.max(1, waterfall.reachable);
  const home = timing.type === 'local' ? timing.zone : timeZone;

  return {
    // Of each zone a page may stay unfilled with every transaction: the more people at once, the fewer.
    peopleAtOnce: (byZone ? 200 : 20) * pageSize,
    pages(people, before) {
      let position = before;
      return [...(byZone ? zonesOf(people, home) : [[home, people] as const])].flatMap(([zone, members]) =>
        chunks(members, size).map((chunk) => {
          const { dueAt, passed } = turnOf(facts, zone, position / expected);
          position += chunk.length;
          return {
            customerIds: chunk.map(({ id }) => id),
            dueAt,
            ...(byZone ? { zone } : {}),
            ...(passed ? { passed } : {}),
          };
        }),
      );
    },
  };
}

/** People by their zones, in the order of the zones' names; the zone of the last of them comes last. */
function zonesOf(people: readonly Recipient[], home: string): [string, readonly Recipient[]][] {
  const zones = new Map<string, Recipient[]>();
  for (const one of people) {
    const zone = zoneOf(one.zone, home);
    const members = zones.get(zone);
    if (members) members.push(one);
    else zones.set(zone, [one]);
  }
  const final = zoneOf(people.at(-1)?.zone, home);
  const rank = (zone: string) => (zone === final ? 1 : 0);
  return [...zones].sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

const chunks = <T>(list: readonly T[], size: number): (readonly T[])[] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
