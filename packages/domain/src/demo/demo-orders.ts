import type { OrderLine } from '../events/event.ts';
import type { DemoEvent, DemoSetting } from './demo-model.ts';
import { type DemoPerson, day, wakingHour } from './demo-people.ts';
import { demoProducts, priceIn, seasonOf, seasonOfShop } from './products.ts';
import type { Random } from './random.ts';

/** Orders of one person from their first on, by their habit and the season; refunds of a few. */
export function demoOrders(random: Random, person: DemoPerson, setting: DemoSetting): DemoEvent[] {
  const events: DemoEvent[] = [];
  const { interval, lifetime } = person.habit;
  // Almost everybody joins by ordering; the others only signed up.
  let at = random.chance(0.93) ? person.createdAt : Number.POSITIVE_INFINITY;
  const leaves = person.createdAt + (interval === 0 ? 0 : random.exponential(lifetime) * day);
  for (let n = 0; at < setting.now && (n === 0 || at <= leaves); n++) {
    events.push(...order(random, person, at, setting));
    if (interval === 0) break;
    let wait = 0;
    do {
      wait += (0.35 + random.exponential(0.65)) * interval * day * 0.75;
    } while (at + wait < setting.now && !random.chance(seasonOfShop(new Date(at + wait).getUTCMonth())));
    at = wakingHour(random, person.region, at + Math.max(wait, 2 * day));
  }
  return events;
}

/** One order at an instant and, rarely, its refund a few days later. */
export function order(random: Random, person: DemoPerson, at: number, setting: DemoSetting): DemoEvent[] {
  const { currency, now } = setting;
  const lines = basket(random, person, at, currency);
  const total = lines.reduce((sum, { quantity, price }) => sum + quantity * (price ?? 0), 0);
  const placed: DemoEvent = {
    eventId: `demo-${person.fields.externalId}-${Math.floor(at / 60_000).toString(36)}`,
    customer: person.key,
    type: 'order',
    at: new Date(at),
    currency,
    total,
    lines,
    properties: { shipping: random.chance(0.8) ? 'standard' : 'express' },
  };
  const refundedAt = at + (3 + random.next() * 9) * day;
  if (!random.chance(0.018) || refundedAt > now) return [placed];
  return [
    placed,
    {
      eventId: `${placed.eventId}-refund`,
      customer: person.key,
      type: 'refund',
      at: new Date(refundedAt),
      currency,
      total: -total,
      lines: [],
      properties: { order: placed.eventId, reason: random.pick(['damaged', 'wrong item', 'changed their mind']) },
    },
  ];
}

function basket(random: Random, person: DemoPerson, at: number, currency: string): OrderLine[] {
  const month = new Date(at).getUTCMonth();
  const size = random.weighted([1, 2, 3, 4], (count) => [0, 50, 30, 14, 6][count] ?? 0);
  const chosen = new Map<string, OrderLine>();
  for (let i = 0; i < size; i++) {
    const product = random.weighted(
      demoProducts,
      ({ category, weight }) => weight * seasonOf(category, month) * (person.favourites.includes(category) ? 3 : 1),
    );
    if (chosen.has(product.id)) continue;
    chosen.set(product.id, {
      productId: product.id,
      name: product.name,
      category: product.category,
      quantity: random.weighted([1, 2, 3], (count) => [0, 78, 17, 5][count] ?? 0),
      price: priceIn(currency, product.euros),
    });
  }
  return [...chosen.values()];
}
