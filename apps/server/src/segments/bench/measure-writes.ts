import { setTimeout as wait } from 'node:timers/promises';
import { type Database, toNewDocument } from '@mini-crm/db';
import type { OrganizationId } from '@mini-crm/domain';
import type { BenchApi } from './bench-api.ts';
import { shopCustomer } from './made-up-shop.ts';

interface Writing {
  readonly api: BenchApi;
  readonly database: Database;
  readonly orgId: OrganizationId;
  readonly seconds: number;
  /** The number of the first customer that is new. */
  readonly first: number;
}

const writesPerSecond = 1000;
const beatMs = 50;

/**
 * Adds customers at a steady rate and, over and over, asks for the people of a city that only one of them lives in: how long
 * after its write was acknowledged a size has them.
 */
export async function measureWrites({ api, database, orgId, seconds, first }: Writing) {
  const customers = database.models.customers.collection as unknown as {
    insertMany(documents: object[], options: object): Promise<unknown>;
  };
  const document = (index: number, city?: string) => {
    const customer = shopCustomer(index, Date.now());
    const attributes = city ? { ...customer.attributes, city } : customer.attributes;
    return { ...toNewDocument({ ...customer, attributes }, new Date()), orgId };
  };
  const end = performance.now() + seconds * 1000;
  const times: number[] = [];
  let next = first;
  let missed = 0;
  let written = 0;

  const write = async () => {
    const start = performance.now();
    while (performance.now() < end) {
      const due = Math.floor(((performance.now() - start) / 1000) * writesPerSecond) - written;
      const documents = Array.from({ length: Math.max(0, due) }, () => document(next++));
      if (documents.length > 0) await customers.insertMany(documents, { ordered: false });
      written += documents.length;
      await wait(beatMs);
    }
  };

  const watch = async () => {
    while (performance.now() < end) {
      const city = `Marker ${next}`;
      await customers.insertMany([document(next++, city)], {});
      written += 1;
      const rule = {
        version: 1,
        root: { type: 'attribute', field: 'attributes.city', test: { operator: 'eq', value: city } },
      };
      const start = performance.now();
      for (;;) {
        const { size } = await api.call('segments.preview', { orgId, rule });
        if (size === 1) break;
        if (performance.now() - start > 5000) {
          missed += 1;
          break;
        }
      }
      times.push(performance.now() - start);
      await wait(100);
    }
  };

  await Promise.all([write(), watch()]);
  return { times, missed, rate: written / seconds };
}
