import type { AttributeValue, CustomerFacts, CustomerId, OrganizationId } from '@mini-crm/domain';
import { fold } from '@mini-crm/domain';
import { seededRandom } from '@mini-crm/domain/testing';
import { derivedFields } from '../../customers/customer.mapping.ts';
import type { Database } from '../../database.ts';
import { newId } from '../../ids/new-id.ts';
import { audienceCollections } from '../../segments/audience-collections.ts';
import { storeFacts } from '../../segments/parity-corpus.ts';

/** Writes of every kind that the app makes, at random but the same for the same seed, as long as they are asked for. */
export function streamWrites(database: Database, orgId: OrganizationId, pool: readonly CustomerFacts[], seed: number) {
  const collections = audienceCollections(database.models, orgId);
  const { customers, events, deliveries, segmentMembers, suppressions } = collections;
  const random = seededRandom(seed);
  const fresh = [...pool];
  const chance = () => random.next();
  const any = <T>(of: readonly T[]): T | undefined => of[Math.floor(chance() * of.length)];
  const anyFacts = () => any(pool) as CustomerFacts;

  const someone = async () =>
    any(
      await customers
        .find({}, { projection: { _id: 1, email: 1 } })
        .limit(50)
        .toArray(),
    );
  const something = async () => any(await events.find({}).limit(50).toArray());
  const message = async () => any(await deliveries.find({}).limit(50).toArray());

  /** As the sending engine does it: the rows, and the page that says that they are there. */
  async function tellOfRows(ids: readonly string[]): Promise<void> {
    for (const row of await deliveries.find({ customerId: { $in: ids as CustomerId[] } }).toArray()) {
      await database.driver.collection('pages').insertOne({
        _id: newId('run'),
        orgId,
        runId: row.runId,
        campaignId: row.campaignId,
        customerIds: [row.customerId],
        settled: 1,
      } as never);
    }
  }

  const kinds: readonly (() => Promise<unknown>)[] = [
    async function add() {
      const some = fresh.splice(0, 3);
      if (some.length === 0) return;
      await storeFacts(database, orgId, some);
      await tellOfRows(some.map(({ id }) => id));
    },
    async function change() {
      const [customer, { id: _id, events: _e, deliveries: _d, lists: _l, ...other }] = [await someone(), anyFacts()];
      if (!customer) return;
      const known = Object.entries(other.attributes).filter(([, value]) => value !== null);
      const attributes = Object.fromEntries(known) as Record<string, AttributeValue>;
      const fields = { ...other, email: customer.email, externalId: null };
      const { _id: id } = customer;
      await customers.updateOne({ _id: id }, { $set: { ...fields, attributes, ...derivedFields(fields, attributes) } });
    },
    async function remove() {
      const customer = chance() < 0.3 ? await someone() : undefined;
      if (!customer) return;
      await database.transaction(async (session) => {
        await events.deleteMany({ customerId: customer._id }, session);
        await segmentMembers.deleteMany({ customerId: customer._id }, session);
        await customers.deleteOne({ _id: customer._id }, session);
      });
    },
    async function changeEvent() {
      const [event, like] = [await something(), any(anyFacts().events)];
      if (!event || !like) return;
      const { type, at, total, currency, properties } = like;
      await events.updateOne({ _id: event._id }, { $set: { type, at, total, currency, properties } });
    },
    async function addEvent() {
      const [customer, like] = [await someone(), any(anyFacts().events)];
      if (!customer || !like) return;
      const eventId = newId('event');
      const written = { digest: '', source: 'trial', createdAt: like.at };
      const { lines, ...rest } = like;
      const document = {
        ...rest,
        ...(lines.length > 0 ? { lines } : {}),
        ...written,
        eventId,
        customerId: customer._id,
      };
      await events.insert({ _id: `${orgId}:${eventId}`, ...document });
    },
    async function removeEvent() {
      const event = await something();
      if (event) await events.deleteOne({ _id: event._id });
    },
    async function suppress() {
      const customer = await someone();
      if (!customer?.email) return;
      const address = fold(customer.email);
      const entry = { channel: 'email', address, scope: 'marketing', reason: 'manual', at: new Date(0) } as const;
      await suppressions.updateOne(
        { channel: 'email', address },
        { $setOnInsert: { _id: newId('suppression'), ...entry } },
        { upsert: true },
      );
    },
    async function unsuppress() {
      const found = any(await suppressions.find({}).limit(20).toArray());
      if (found) await suppressions.deleteOne({ _id: found._id });
    },
    async function respond() {
      const row = await message();
      const at = new Date(Date.UTC(2026, 5, 1));
      const field = any(['openedAt', 'clickedAt', 'unsubscribedAt', 'machineOpenedAt']) as 'openedAt';
      if (row) await deliveries.updateOne({ _id: row._id }, { $set: { [field]: at } });
    },
    async function removeRow() {
      const row = chance() < 0.2 ? await message() : undefined;
      if (row) await deliveries.deleteOne({ _id: row._id });
    },
    async function list() {
      const [customer, segmentId] = [await someone(), any(anyFacts().lists)];
      if (!customer || !segmentId) return;
      const _id = `${segmentId}:${customer._id}`;
      const document = { _id, segmentId, customerId: customer._id, addedAt: new Date(0) };
      await segmentMembers.updateOne({ _id }, { $setOnInsert: document }, { upsert: true });
    },
    async function unlist() {
      const found = any(await segmentMembers.find({}).limit(20).toArray());
      if (found) await segmentMembers.deleteOne({ _id: found._id });
    },
  ];

  let done = 0;
  let reached: () => void = () => undefined;
  const count = () => {
    done += 1;
    reached();
  };

  return {
    /** So many writes of each kind, mixed. */
    async round(times: number): Promise<void> {
      done = 0;
      for (let n = 0; n < times * kinds.length; n++) {
        await kinds[n % kinds.length]?.();
        count();
      }
    },
    /** Everybody of the pool in batches, as an import writes them. */
    async importAll(): Promise<void> {
      done = 0;
      while (fresh.length > 0) {
        await storeFacts(database, orgId, fresh.splice(0, 25));
        count();
      }
      await tellOfRows(pool.map(({ id }) => id));
    },
    /** Resolves when so many writes, or batches of an import, of the current round are done. */
    reached: (writes: number): Promise<void> =>
      new Promise((resolve) => {
        reached = () => {
          if (done >= writes) resolve();
        };
        reached();
      }),
  };
}
