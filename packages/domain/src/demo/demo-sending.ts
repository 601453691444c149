import { type WaterfallCounts, waterfallOf } from '../campaigns/waterfall.ts';
import type { DemoLink } from './demo-content.ts';
import type { DemoDelivery, DemoEvent, DemoSending, DemoSetting } from './demo-model.ts';
import { order } from './demo-orders.ts';
import { type DemoPerson, day } from './demo-people.ts';
import type { Random } from './random.ts';

const minute = 60_000;
const perSecond = 40;

interface Plan {
  readonly launchedAt: number;
  readonly links: readonly DemoLink[];
  readonly isIn: (person: DemoPerson) => boolean;
  /** How good the message is: 1 is opened as often as people usually open. */
  readonly appeal: number;
}

/** What a sending did: its report, and what people bought because of it. */
export interface DemoOutcome {
  readonly sending: DemoSending;
  readonly orders: readonly DemoEvent[];
}

/**
 * Sends one campaign in the story: only to people who were there, had an address and had allowed it at that moment. Who
 * unsubscribes has withdrawn the consent from then on, so a later sending leaves them out.
 */
export function demoSending(
  random: Random,
  people: readonly DemoPerson[],
  plan: Plan,
  setting: DemoSetting,
): DemoOutcome {
  const { launchedAt } = plan;
  const inAudience = people.filter((person) => person.createdAt < launchedAt && plan.isIn(person));
  const withAddress = inAudience.filter(({ fields }) => fields.email !== null);
  const allowed = withAddress.filter((person) => mayBeWritten(person, launchedAt));
  const counts: WaterfallCounts = {
    inSegments: inAudience.length,
    distinct: inAudience.length,
    notExcluded: inAudience.length,
    withAddress: withAddress.length,
    withConsent: allowed.length,
    reachable: allowed.length,
  };
  const orders: DemoEvent[] = [];
  const deliveries = allowed.map((person, i): DemoDelivery => {
    const at = launchedAt + 2000 + Math.floor(i / perSecond) * 1000 + random.int(0, 400);
    const delivery = deliver(random, person, at, plan, setting);
    if (delivery.unsubscribedAt) {
      person.consents = {
        ...person.consents,
        email: { state: 'withdrawn', at: delivery.unsubscribedAt, how: 'unsubscribed', source: 'demo' },
      };
    }
    const boughtAt = (delivery.clickedAt ?? delivery.openedAt)?.getTime();
    if (boughtAt !== undefined && random.chance(delivery.clickedAt ? 0.24 : 0.015)) {
      const orderedAt = boughtAt + random.exponential(0.9) * day;
      if (orderedAt < setting.now) orders.push(...order(random, person, orderedAt, setting));
    }
    return delivery;
  });
  const last = deliveries.at(-1)?.at.getTime() ?? launchedAt;
  return {
    orders,
    sending: {
      launchedAt: new Date(launchedAt),
      finishedAt: new Date(last + 1500),
      waterfall: waterfallOf(counts, true),
      deliveries,
    },
  };
}

const mayBeWritten = ({ consents }: DemoPerson, at: number): boolean => {
  const consent = consents.email;
  if (!consent) return false;
  return consent.state === 'granted' ? consent.at.getTime() <= at : consent.at.getTime() > at;
};

function deliver(random: Random, person: DemoPerson, at: number, plan: Plan, { now }: DemoSetting): DemoDelivery {
  const nothing = { openedAt: null, opens: 0, clickedAt: null, clicks: [], unsubscribedAt: null };
  const row = { customer: person.key, at: new Date(at), reason: null, detail: null };
  if (random.chance(0.007)) {
    const unknown = random.chance(0.75);
    return {
      ...row,
      ...nothing,
      state: 'failed',
      reason: unknown ? 'address_unknown' : 'mailbox_full',
      detail: unknown ? '550 5.1.1 No such user here' : '552 5.2.2 Mailbox full',
    };
  }
  const openedAt = Math.round(at + 20_000 + random.lognormal(150 * minute, 1.7));
  if (!random.chance(person.attention * plan.appeal) || openedAt >= now) return { ...row, ...nothing, state: 'sent' };
  const opens = 1 + Math.min(6, Math.floor(random.exponential(0.5)));
  const clickedAt = Math.round(openedAt + 8000 + random.lognormal(50_000, 1));
  const clicks =
    random.chance((0.06 + person.attention * 0.14) * plan.appeal ** 3) && clickedAt < now
      ? clicksFrom(random, clickedAt, now, plan.links)
      : [];
  const leaves = openedAt + random.int(20_000, 300_000);
  const unsubscribedAt = clicks.length === 0 && random.chance(0.014) && leaves < now ? new Date(leaves) : null;
  const clicked = clicks[0]?.at ?? null;
  return { ...row, state: 'sent', openedAt: new Date(openedAt), opens, clickedAt: clicked, clicks, unsubscribedAt };
}

function clicksFrom(random: Random, at: number, now: number, links: readonly DemoLink[]): DemoDelivery['clicks'] {
  const chosen = new Map<string, { href: string; at: Date; count: number }>();
  let next = at;
  do {
    const { href } = random.weighted(links, ({ weight }) => weight);
    const before = chosen.get(href);
    chosen.set(href, { href, at: before?.at ?? new Date(next), count: (before?.count ?? 0) + 1 });
    next += random.int(5000, 120_000);
  } while (random.chance(0.28) && next < now);
  return [...chosen.values()];
}
