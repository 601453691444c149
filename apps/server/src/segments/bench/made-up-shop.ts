import type { EventDocument, NewCustomer } from '@mini-crm/db';
import type { AttributeType, CustomerId, EventProperty, OrganizationId } from '@mini-crm/domain';
import { type Random, seededRandom } from '@mini-crm/domain/testing';

/*
 * A made-up shop: the same people and deeds for the same seed. Two years of events in the order of their instants, the busy
 * customers far busier than the others; half of the events are looks at products, a fifth things put into a cart, a quarter orders.
 */

export const shopAttributes: readonly { slug: string; label: string; type: AttributeType; options: string[] }[] = [
  { slug: 'city', label: 'City', type: 'string', options: [] },
  { slug: 'country', label: 'Country', type: 'string', options: [] },
  { slug: 'plan', label: 'Plan', type: 'enum', options: ['free', 'pro', 'team'] },
  { slug: 'tags', label: 'Tags', type: 'stringList', options: [] },
  { slug: 'age', label: 'Age', type: 'number', options: [] },
];

export const shopProperties: readonly EventProperty[] = [
  { name: 'product', type: 'string', label: 'Product', eventTypes: ['product_viewed', 'cart_added'] },
];
export const shopEventTypes = ['product_viewed', 'cart_added', 'signed_in'];

const days = 730;
const dayMs = 86_400_000;
const countries = ['US', 'DE', 'FR', 'GB', 'JP', 'BR', 'IN', 'US', 'US', 'CA'];
const tags = ['vip', 'wholesale', 'press', 'early', 'winter', 'summer'];
const products = 2000;
const categories = 40;

export const shopCustomerId = (index: number): CustomerId => `cus_${String(index).padStart(26, '0')}` as CustomerId;

/** One customer of the shop; everybody but each twentieth has granted consent to e-mail. */
export function shopCustomer(index: number, now: number): NewCustomer & { readonly createdAt: Date } {
  const { next, pick, int, chance } = seededRandom(index);
  const createdAt = new Date(now - int(0, days) * dayMs);
  const own = tags.filter(() => chance(0.08));
  return {
    id: shopCustomerId(index),
    fields: {
      externalId: `c${index}`,
      email: `person${index}@shop.example`,
      phone: index % 4 === 0 ? `+1555${String(index).padStart(7, '0')}` : null,
      firstName: `First${index % 997}`,
      lastName: `Last${index % 9973}`,
      timeZone: null,
      locale: null,
    },
    attributes: {
      city: `City ${Math.floor(next() * 200)}`,
      country: pick(countries),
      plan: pick(['free', 'free', 'pro', 'team']),
      ...(own.length > 0 ? { tags: own } : {}),
      age: int(18, 77),
    },
    consents: index % 20 === 0 ? {} : { email: { state: 'granted', at: createdAt, how: 'Signed up', source: 'bench' } },
    createdAt,
  };
}

/** The event with this number out of `count`, by one of `customers`; later numbers are later events. */
export function shopEvent(
  number: number,
  { orgId, customers, count, now }: { orgId: OrganizationId; customers: number; count: number; now: number },
  { next: draw }: Random,
): EventDocument {
  const chance = draw();
  const customer = Math.floor(draw() ** 1.5 * customers);
  const at = new Date(now - days * dayMs + Math.floor(((number + draw()) / count) * (days * dayMs - 60_000)));
  const kind = chance < 0.5 ? 'product_viewed' : chance < 0.7 ? 'cart_added' : chance < 0.95 ? 'order' : 'signed_in';
  const eventId = `b${number}`;
  const event: EventDocument = {
    _id: `${orgId}:${eventId}`,
    orgId,
    eventId,
    customerId: shopCustomerId(customer),
    type: kind,
    at,
    currency: null,
    total: null,
    properties: {},
    digest: eventId,
    source: 'bench',
    createdAt: at,
  };
  if (kind === 'signed_in') return event;
  if (kind !== 'order') return { ...event, properties: { product: `P${Math.floor(draw() ** 2 * products)}` } };
  const lines = Array.from({ length: draw() < 0.7 ? 1 : 2 }, () => {
    const product = Math.floor(draw() ** 2 * products);
    return {
      productId: `P${product}`,
      name: `Product ${product}`,
      category: `Category ${product % categories}`,
      quantity: 1 + Math.floor(draw() * 3),
      price: 500 + Math.floor(draw() * 9500),
    };
  });
  return {
    ...event,
    currency: 'USD',
    total: lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0),
    lines,
  };
}
