import { type Random, seededRandom } from '../../demo/random.ts';
import type { OrderLine } from '../../events/event.ts';
import type { CustomerFacts, EventFacts } from '../customer-facts.ts';
import { type FieldCatalogue, fieldCatalogue } from '../fields.ts';
import { customerFacts, type PartialEvent } from '../partial-facts.ts';

/** The instant of the benchmark. */
export const benchNow = Date.UTC(2026, 5, 17, 15, 30);
const year = 365 * 86_400_000;

/** What the rules of the benchmark can name. */
export const benchFields: FieldCatalogue = fieldCatalogue({
  attributes: [
    { slug: 'city', label: 'City', type: 'string', options: [] },
    { slug: 'plan', label: 'Plan', type: 'string', options: [] },
    { slug: 'tags', label: 'Tags', type: 'stringList', options: [] },
    { slug: 'country', label: 'Country', type: 'string', options: [] },
    { slug: 'age', label: 'Age', type: 'number', options: [] },
  ],
  eventTypes: ['cart_added', 'product_viewed'],
  properties: [{ name: 'product', type: 'string', label: 'Product', eventTypes: ['cart_added', 'product_viewed'] }],
});

const tags = ['vip', 'newsletter', 'wholesale', 'staff', 'press'];
const countries = ['US', 'US', 'DE', 'CH', 'GB', 'FR'];
const plans = ['free', 'free', 'free', 'pro', 'team'];

/** The same customers for the same seed: a tenth of each attribute is missing, and people write `Pro`, `PRO` and `pro`. */
export function madeUpCustomers(count: number, events: number, seed: number): CustomerFacts[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const orNull = <T>(value: T) => (random.chance(0.1) ? null : value);
    return customerFacts({
      id: `cus_${i}`,
      email: `someone${i}@example.org`,
      createdAt: before(random),
      attributes: {
        city: orNull(written(`city ${random.int(1, 200)}`, random)),
        plan: orNull(written(random.pick(plans), random)),
        tags: orNull(tags.filter(() => random.chance(0.15))),
        country: orNull(random.pick(countries)),
        age: orNull(random.int(16, 90)),
      },
      consents: { email: 'granted' },
      events: Array.from({ length: random.int(events / 2, events * 1.5) }, (_, j) => madeUpEvent(random, `${i}-${j}`)),
    });
  });
}

/** Mostly lately. */
const before = (random: Random): Date => new Date(benchNow - Math.floor((random.next() * random.next() + 1e-6) * year));

function written(text: string, random: Random): string {
  const chance = random.next();
  return chance < 0.6 ? text : chance < 0.9 ? text.charAt(0).toUpperCase() + text.slice(1) : text.toUpperCase();
}

function madeUpEvent(random: Random, eventId: string): PartialEvent & Pick<EventFacts, 'eventId'> {
  const at = before(random);
  const kind = random.next();
  if (kind >= 0.4) {
    const type = kind < 0.5 ? 'cart_added' : 'product_viewed';
    return { eventId, type, at, properties: { product: `p${random.int(1, 40)}` } };
  }
  const lines: OrderLine[] = Array.from({ length: random.int(1, 3) }, () => ({
    productId: `p${random.int(1, 40)}`,
    name: null,
    category: random.chance(0.9) ? written(`category ${random.int(1, 8)}`, random) : null,
    quantity: random.int(1, 3),
    price: random.int(500, 20_000),
  }));
  const total = lines.reduce((sum, { price, quantity }) => sum + (price ?? 0) * quantity, 0);
  return { eventId, type: 'order', at, currency: random.chance(0.9) ? 'USD' : 'EUR', total, lines };
}
