import type {
  Channel,
  Consent,
  Customer,
  CustomerId,
  CustomerRollups,
  CustomerSort,
  DomainError,
  Result,
  SortDirection,
} from '@mini-crm/domain';
import { err, ok } from '@mini-crm/domain';
import type { ClientSession } from 'mongodb';
import { isTimeLimit } from '../errors/time-limit.ts';
import type { Bound } from '../organization/bound.ts';
import { type NewCustomer, toCustomer, toNewDocument } from './customer.mapping.ts';
import { type CustomerDocument, maximumConsentHistory, type PastConsent } from './customer.model.ts';
import { type CustomerChange, toUpdate, uniqueRefusal } from './customer.writes.ts';
import {
  afterPosition,
  type CustomerConditions,
  type CustomerPosition,
  customersWhere,
  positionOf,
  sortFields,
} from './customer-query.ts';

export interface CustomerPage {
  readonly conditions: CustomerConditions;
  readonly sort: CustomerSort;
  readonly direction: SortDirection;
  readonly after: CustomerPosition | null;
  readonly limit: number;
}

// What search, sorting and comparing need stays in the database.
const visible = { folded: 0, foldedAttributes: 0, search: 0, consentHistory: 0 } as const;
const exportBatch = 500;

// The unique indexes are partial over `$type: 'string'`, and MongoDB uses them only where a query says so too.
const oneOf = (texts: readonly string[]) => ({ $in: [...texts], $type: 'string' as const });

/** The customers of one organization. */
export function customersRepository(customers: Bound<CustomerDocument>) {
  return {
    async get(id: CustomerId): Promise<Customer | null> {
      const found = await customers.get(id);
      return found && toCustomer(found);
    },
    async many(ids: readonly CustomerId[]): Promise<Customer[]> {
      return (await customers.find({ _id: { $in: [...ids] } }, { projection: visible }).toArray()).map(toCustomer);
    },
    /** Those of these ids that nobody has any more. */
    async missing(ids: Iterable<CustomerId>): Promise<Set<CustomerId>> {
      const missing = new Set(ids);
      const found = customers.find({ _id: { $in: [...missing] } }, { projection: { _id: 1 } });
      for await (const { _id } of found) missing.delete(_id);
      return missing;
    },
    async byExternalIds(externalIds: readonly string[]): Promise<Customer[]> {
      const where = { externalId: oneOf(externalIds) };
      return (await customers.find(where, { projection: visible }).toArray()).map(toCustomer);
    },
    /** By addresses as domain's `fold` folds them. */
    async byFoldedEmails(emails: readonly string[]): Promise<Customer[]> {
      const where = { 'folded.email': oneOf(emails) };
      return (await customers.find(where, { projection: visible }).toArray()).map(toCustomer);
    },
    /** The ids behind external ids; for what hangs on a customer, such as an order. */
    async idsByExternalIds(externalIds: readonly string[]): Promise<Map<string, CustomerId>> {
      const where = { externalId: oneOf(externalIds) };
      const found = await customers.find(where, { projection: { externalId: 1 } }).toArray();
      return new Map(found.flatMap(({ _id, externalId }) => (externalId === null ? [] : [[externalId, _id]])));
    },

    /** Of some ids those that are customers here. */
    async existing(ids: readonly CustomerId[]): Promise<Set<CustomerId>> {
      const found = await customers.find({ _id: { $in: [...ids] } }, { projection: { _id: 1 } }).toArray();
      return new Set(found.map(({ _id }) => _id));
    },
    /** The ids behind addresses as domain's `fold` folds them. */
    async idsByFoldedEmails(emails: readonly string[]): Promise<Map<string, CustomerId>> {
      const where = { 'folded.email': oneOf(emails) };
      const found = await customers.find(where, { projection: { 'folded.email': 1 } }).toArray();
      return new Map(found.flatMap(({ _id, folded }) => (folded.email ? [[folded.email, _id] as const] : [])));
    },

    async insert(customer: NewCustomer, now: Date): Promise<Result<Customer, DomainError>> {
      const document = toNewDocument(customer, now);
      try {
        await customers.insert(document);
        return ok(toCustomer({ ...document, orgId: customers.orgId }));
      } catch (error) {
        const refusal = uniqueRefusal(error);
        if (refusal) return err(refusal);
        throw error;
      }
    },
    /** Saves a change of the version that was read; `stale` where it is not the stored one any more. */
    async replace(change: CustomerChange, now: Date): Promise<Result<number, DomainError>> {
      const update = toUpdate(change, now);
      try {
        const { matchedCount } = await customers.updateOne(update.where, update.change);
        return matchedCount === 1 ? ok(change.before.version + 1) : err({ code: 'stale' });
      } catch (error) {
        const refusal = uniqueRefusal(error);
        if (refusal) return err(refusal);
        throw error;
      }
    },
    async remove(id: CustomerId, session: ClientSession): Promise<boolean> {
      return (await customers.deleteOne({ _id: id }, session)) === 1;
    },

    /** Records a consent and keeps the one that it replaces; false where there is no such customer. */
    async setConsent(id: CustomerId, channel: Channel, consent: Consent, session?: ClientSession): Promise<boolean> {
      const held = `$consents.${channel}`;
      const past = { $mergeObjects: [held, { channel }] };
      const history = { $ifNull: ['$consentHistory', []] };
      const { matchedCount } = await customers.updateOne(
        { _id: id },
        [
          {
            $set: {
              consentHistory: {
                $cond: [
                  { $eq: [{ $type: held }, 'missing'] },
                  history,
                  { $slice: [{ $concatArrays: [history, [past]] }, -maximumConsentHistory] },
                ],
              },
              consents: { $mergeObjects: ['$consents', { [channel]: { $literal: consent } }] },
              version: { $add: ['$version', 1] },
            },
          },
        ],
        session ? { session } : {},
      );
      return matchedCount === 1;
    },
    /** The consents that later ones replaced, newest first. */
    async pastConsents(id: CustomerId): Promise<PastConsent[]> {
      const found = await customers.get(id, { projection: { consentHistory: 1 } });
      return (found?.consentHistory ?? []).reverse();
    },

    /** Stores roll-ups where they differ. They are no edit: the version stays. */
    async setRollups(rollups: ReadonlyMap<CustomerId, CustomerRollups>, session: ClientSession): Promise<void> {
      const operations = [...rollups].map(([_id, value]) => ({
        updateOne: { where: { _id }, change: { $set: { rollups: value } } },
      }));
      await customers.bulkWrite(operations, { ordered: false, session });
    },

    /** A page of the list, and the position after which the next one starts. */
    async list(page: CustomerPage): Promise<{ items: Customer[]; next: CustomerPosition | null }> {
      const { sort, direction, after, limit } = page;
      const where = customersWhere(page.conditions);
      const from = after ? afterPosition(sort, direction, after) : {};
      const order = direction === 'asc' ? 1 : -1;
      const found = await customers
        .find({ $and: [where, from] }, { projection: visible })
        .sort({ [sortFields[sort]]: order, _id: order })
        .limit(limit + 1)
        .toArray();
      const last = found.length > limit ? found[limit - 1] : undefined;
      return { items: found.slice(0, limit).map(toCustomer), next: last ? positionOf(sort, last) : null };
    },
    /** How many there are, or null where counting takes longer than `maxTimeMS`. */
    async count(conditions: CustomerConditions, maxTimeMS = 3000): Promise<number | null> {
      try {
        return await customers.count(customersWhere(conditions), { maxTimeMS });
      } catch (error) {
        if (isTimeLimit(error)) return null;
        throw error;
      }
    },
    /** Every customer of a filter in the order of ids, a batch at a time in memory. */
    async *stream(conditions: CustomerConditions): AsyncGenerator<Customer> {
      const cursor = customers
        .find(customersWhere(conditions), { projection: visible, batchSize: exportBatch })
        .sort({ _id: 1 });
      try {
        for await (const document of cursor) yield toCustomer(document);
      } finally {
        await cursor.close();
      }
    },
    /** Whether a customer has a value of this attribute. */
    async hasAttribute(slug: string): Promise<boolean> {
      return (await customers.count({ [`attributes.${slug}`]: { $exists: true } }, { limit: 1 })) > 0;
    },
    /** Whether a customer has this value, or a list with it. */
    async hasAttributeValue(slug: string, value: string): Promise<boolean> {
      return (await customers.count({ [`attributes.${slug}`]: value }, { limit: 1 })) > 0;
    },
    /** Takes an attribute's values off every customer. */
    async removeAttribute(slug: string): Promise<number> {
      const change = { $unset: { [`attributes.${slug}`]: '', [`foldedAttributes.${slug}`]: '' }, $inc: { version: 1 } };
      const where = { [`attributes.${slug}`]: { $exists: true } };
      return (await customers.updateMany(where, change as never)).modifiedCount;
    },
  };
}

export type CustomersRepository = ReturnType<typeof customersRepository>;
