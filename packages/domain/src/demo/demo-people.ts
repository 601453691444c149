import type { Consents, CustomerFields } from '../customers/customer.ts';
import { type DemoPlan, demoPlans } from './demo-attributes.ts';
import type { DemoSetting } from './demo-model.ts';
import { type DemoCategory, demoCategories, seasonOfShop } from './products.ts';
import type { Random } from './random.ts';
import { addressPart, type DemoRegion, demoRegions, shownName } from './regions.ts';

export const day = 86_400_000;
const hour = 3_600_000;

/** How someone buys; decides how often, how long and which plan. */
export interface DemoHabit {
  readonly name: 'once' | 'now and then' | 'regular' | 'club';
  readonly share: number;
  /** Days between two orders, on average. */
  readonly interval: number;
  /** Days until someone stays away for good, on average. */
  readonly lifetime: number;
}

const habits: readonly DemoHabit[] = [
  { name: 'once', share: 44, interval: 0, lifetime: 0 },
  { name: 'now and then', share: 30, interval: 75, lifetime: 260 },
  { name: 'regular', share: 18, interval: 32, lifetime: 420 },
  { name: 'club', share: 8, interval: 24, lifetime: 700 },
];

/** A person of the demo while the story is told: consents still change. */
export interface DemoPerson {
  readonly key: number;
  readonly region: DemoRegion;
  readonly habit: DemoHabit;
  readonly plan: DemoPlan;
  readonly favourites: readonly DemoCategory[];
  readonly fields: CustomerFields;
  readonly attributes: Readonly<Record<string, string | number | readonly string[]>>;
  readonly createdAt: number;
  /** How likely they open a message. */
  readonly attention: number;
  consents: Consents;
}

const domains = ['example.com', 'mail.example', 'post.example', 'inbox.example'] as const;
const optIns = ['ticked the box at checkout', 'signed up in the newsletter form', 'joined the Club'] as const;

/** People who found the shop over the last eighteen months: ever more of them, and most of all before Christmas. */
export function demoPeople(random: Random, { now }: Pick<DemoSetting, 'now'>, count: number): DemoPerson[] {
  const span = 545 * day;
  const joined: number[] = [];
  while (joined.length < count) {
    const at = now - hour - random.next() * span;
    const growth = 0.35 + (0.65 * (at - (now - span))) / span;
    if (random.chance(growth * seasonOfShop(new Date(at).getUTCMonth()))) joined.push(at);
  }
  joined.sort((a, b) => a - b);
  const taken = new Set<string>();
  return joined.map((at, key) => person(random, key, at, now, taken));
}

function person(random: Random, key: number, joinedAt: number, now: number, taken: Set<string>): DemoPerson {
  const region = random.weighted(demoRegions, ({ share }) => share);
  const habit = random.weighted(habits, ({ share }) => share);
  const createdAt = Math.min(wakingHour(random, region, joinedAt), now - hour);
  const [first, last] = [random.pick(region.first), random.pick(region.last)];
  const plan = planOf(random, habit);
  const favourites = demoCategories.filter((category) => random.chance(category === 'Gifts' ? 0.08 : 0.25));
  const address = `${addressPart(first)}.${addressPart(last)}`;
  const email = random.chance(0.96) ? freeAddress(random, address, taken) : null;
  return {
    key,
    region,
    habit,
    plan,
    favourites,
    createdAt,
    attention: Math.min(0.92, random.next() * 0.66 + (habit.name === 'once' ? 0 : 0.13)),
    fields: {
      externalId: `D${String(10_001 + key)}`,
      email,
      phone: phoneOf(random, region),
      firstName: shownName(first),
      lastName: shownName(last),
      timeZone: region.timeZone,
      locale: region.locale,
    },
    attributes: {
      city: random.pick(region.cities),
      country: region.country,
      plan,
      ...(random.chance(0.55) ? { birthday: birthday(random, now) } : {}),
      loyalty_points: plan === 'None' ? random.int(0, 12) * 10 : random.int(4, 120) * 10,
      ...(favourites.length > 0 ? { favourites } : {}),
    },
    consents: consentsOf(random, plan, createdAt, now),
  };
}

function planOf(random: Random, habit: DemoHabit): DemoPlan {
  if (habit.name === 'club') return random.chance(0.4) ? demoPlans[2] : demoPlans[1];
  return habit.name === 'regular' && random.chance(0.25) ? demoPlans[1] : demoPlans[0];
}

/** Every address lies in a domain that is reserved for examples (RFC 2606), so that nothing ever reaches anybody. */
function freeAddress(random: Random, name: string, taken: Set<string>): string {
  const domain = random.pick(domains);
  for (let number = 0; ; number++) {
    const address = `${name}${number === 0 ? '' : number + 1}@${domain}`;
    if (taken.has(address)) continue;
    taken.add(address);
    return address;
  }
}

function phoneOf(random: Random, { phone }: DemoRegion): string | null {
  if (!phone || !random.chance(0.6)) return null;
  const [prefix, digits] = phone;
  return prefix + String(random.int(0, 10 ** digits - 1)).padStart(digits, '0');
}

function birthday(random: Random, now: number): string {
  return new Date(now - (20 + random.next() * 50) * 365.25 * day).toISOString().slice(0, 10);
}

function consentsOf(random: Random, plan: DemoPlan, createdAt: number, now: number): Consents {
  if (!random.chance(plan === 'None' ? 0.76 : 0.95)) return {};
  const at = new Date(createdAt);
  const how = plan === 'None' ? random.pick(optIns.slice(0, 2)) : optIns[2];
  const leftAt = createdAt + random.exponential(200) * day;
  const email =
    random.chance(0.05) && leftAt < now
      ? { state: 'withdrawn' as const, at: new Date(leftAt), how: 'asked us by e-mail', source: 'demo' }
      : { state: 'granted' as const, at, how, source: 'demo' };
  return { email, ...(random.chance(0.14) ? { sms: { state: 'granted' as const, at, how, source: 'demo' } } : {}) };
}

/** The same day at an hour at which people there are awake, mornings and evenings most. */
export function wakingHour(random: Random, region: Pick<DemoRegion, 'hoursAhead'>, at: number): number {
  const local = random.chance(0.55) ? 8 + random.next() * 6 : 17 + random.next() * 5.5;
  return Math.floor(at / day) * day + (local - region.hoursAhead) * hour;
}
