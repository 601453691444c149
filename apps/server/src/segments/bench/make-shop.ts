import { type Database, type EventDocument, toNewDocument } from '@mini-crm/db';
import type { OrganizationId } from '@mini-crm/domain';
import { seededRandom } from '@mini-crm/domain/testing';
import { shopCustomer, shopEvent } from './made-up-shop.ts';

export interface ShopSize {
  readonly customers: number;
  readonly events: number;
  readonly seed: number;
  /** The instant that the shop's last event is just before. */
  readonly now: number;
}

const batchSize = 5000;
const batchesAtOnce = 3;

/** Writes the made-up shop into an organization: events first, so that customers get their roll-ups with them. */
export async function makeShop(
  database: Database,
  orgId: OrganizationId,
  size: ShopSize,
  say: (text: string) => void,
): Promise<void> {
  const { customers, events, seed, now } = size;
  const orders = new Float64Array(customers);
  const revenue = new Float64Array(customers);
  const first = new Float64Array(customers);
  const last = new Float64Array(customers);
  const note = ({ type, customerId, at, total }: EventDocument) => {
    if (type !== 'order') return;
    const index = Number(customerId.slice(4));
    orders[index] = (orders[index] ?? 0) + 1;
    revenue[index] = (revenue[index] ?? 0) + (total ?? 0);
    first[index] = first[index] || at.getTime();
    last[index] = at.getTime();
  };
  const random = seededRandom(seed);
  const indexEvents = await withoutIndexes(database, 'events');
  const indexCustomers = await withoutIndexes(database, 'customers');
  await write(database.models.events.collection as never, events, say, 'events', (number) => {
    const event = shopEvent(number, { orgId, customers, count: events, now }, random);
    note(event);
    return event as never;
  });
  const instant = (at: number | undefined) => (at ? new Date(at) : null);
  await write(database.models.customers.collection as never, customers, say, 'customers', (index) => ({
    ...(toNewDocument(shopCustomer(index, now), new Date(now)) as unknown as { _id: string }),
    orgId,
    rollups: {
      orderCount: orders[index] ?? 0,
      revenue: revenue[index] ?? 0,
      firstOrderAt: instant(first[index]),
      lastOrderAt: instant(last[index]),
    },
  }));
  await indexEvents();
  await indexCustomers();
  say('indexes made');
}

/** Takes the indexes of a collection away and answers what makes them again: ten million inserts are far quicker without. */
async function withoutIndexes({ driver }: Database, name: string): Promise<() => Promise<void>> {
  const collection = driver.collection(name);
  const indexes = (await collection.indexes()).filter((index) => index.name !== '_id_');
  await collection.dropIndexes();
  return async () => {
    if (indexes.length === 0) return;
    await driver.command({ createIndexes: name, indexes: indexes.map(({ v: _v, ...index }) => index) });
  };
}

type Document = Record<string, unknown>;

interface Inserting {
  insertMany(documents: Document[], options: { ordered: boolean }): Promise<unknown>;
}

async function write(
  collection: Inserting,
  count: number,
  say: (text: string) => void,
  what: string,
  make: (number: number) => Document,
): Promise<void> {
  const open = new Set<Promise<unknown>>();
  for (let start = 0; start < count; start += batchSize) {
    const documents = Array.from({ length: Math.min(batchSize, count - start) }, (_, i) => make(start + i));
    const batch = collection.insertMany(documents, { ordered: false }).finally(() => open.delete(batch));
    open.add(batch);
    if (open.size >= batchesAtOnce) await Promise.race(open);
    if (start > 0 && start % 1_000_000 === 0) say(`${start.toLocaleString('en')} ${what} made`);
  }
  await Promise.all(open);
  say(`${count.toLocaleString('en')} ${what} made`);
}
