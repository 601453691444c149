import type { OrganizationId } from '@mini-crm/domain';
import type {
  AggregateOptions,
  AnyBulkWriteOperation,
  BulkWriteOptions,
  ClientSession,
  Collection,
  CountDocumentsOptions,
  Document,
  Filter,
  FindCursor,
  FindOneAndUpdateOptions,
  FindOptions,
  OptionalId,
  OptionalUnlessRequiredId,
  UpdateFilter,
  UpdateOptions,
  UpdateResult,
  WithId,
} from 'mongodb';

/** A document of an organization, by its string id. */
export interface OwnedDocument {
  _id: string;
  orgId: OrganizationId;
}

/** What a caller may say of a document: all but its organization, which the binding adds. */
export type Unowned<T extends OwnedDocument> = Omit<T, 'orgId'>;

type Where<T extends OwnedDocument> = Filter<Unowned<T>>;
type Change<T extends OwnedDocument> = UpdateFilter<T>;

/**
 * A collection as one organization sees it. Every read, write and pipeline gets `orgId` here, so that a query without an
 * organization can't be written: repositories receive a `Bound` and never the collection itself.
 */
export interface Bound<T extends OwnedDocument> {
  readonly orgId: OrganizationId;
  find(where: Where<T>, options?: FindOptions): FindCursor<WithId<T>>;
  findOne(where: Where<T>, options?: FindOptions): Promise<WithId<T> | null>;
  get(id: string, options?: FindOptions): Promise<WithId<T> | null>;
  insert(document: Unowned<T>, session?: ClientSession): Promise<void>;
  insertMany(documents: readonly Unowned<T>[], options?: BulkWriteOptions): Promise<number>;
  updateOne(where: Where<T>, change: Change<T> | Document[], options?: UpdateOptions): Promise<UpdateResult>;
  updateMany(where: Where<T>, change: Change<T> | Document[], options?: UpdateOptions): Promise<UpdateResult>;
  findOneAndUpdate(
    where: Where<T>,
    change: Change<T> | Document[],
    options?: FindOneAndUpdateOptions,
  ): Promise<WithId<T> | null>;
  deleteOne(where: Where<T>, session?: ClientSession): Promise<number>;
  deleteMany(where: Where<T>, session?: ClientSession): Promise<number>;
  count(where: Where<T>, options?: CountDocumentsOptions): Promise<number>;
  aggregate<R extends Document = Document>(
    pipeline: Document[],
    options?: AggregateOptions,
  ): AsyncIterable<R> & { toArray(): Promise<R[]> };
  bulkWrite(operations: readonly BoundWrite<T>[], options?: BulkWriteOptions): Promise<BoundWriteResult>;
}

/** One write of a bulk; the binding adds the organization to its filter or document. */
export type BoundWrite<T extends OwnedDocument> =
  | { insertOne: Unowned<T> }
  | { updateOne: { where: Where<T>; change: Change<T> | Document[]; upsert?: boolean } }
  | { deleteOne: { where: Where<T> } };

export interface BoundWriteResult {
  readonly inserted: number;
  readonly matched: number;
  readonly modified: number;
  readonly upserted: number;
  readonly deleted: number;
}

/** Binds a collection to an organization. */
export function bound<T extends OwnedDocument>(collection: Collection<T>, orgId: OrganizationId): Bound<T> {
  const own = (where: Where<T>): Filter<T> => ({ ...(where as Filter<T>), orgId }) as Filter<T>;
  const owned = (document: Unowned<T>) => ({ ...document, orgId }) as unknown as OptionalUnlessRequiredId<T>;

  return {
    orgId,
    find: (where, options) => collection.find(own(where), options),
    findOne: (where, options) => collection.findOne(own(where), options),
    get: (id, options) => collection.findOne({ _id: id, orgId } as unknown as Filter<T>, options),
    async insert(document, session) {
      await collection.insertOne(owned(document), session ? { session } : {});
    },
    async insertMany(documents, options) {
      if (documents.length === 0) return 0;
      return (await collection.insertMany(documents.map(owned), options)).insertedCount;
    },
    updateOne: (where, change, options) => collection.updateOne(own(where), change, options),
    updateMany: (where, change, options) => collection.updateMany(own(where), change, options),
    findOneAndUpdate: (where, change, options) =>
      collection.findOneAndUpdate(own(where), change as UpdateFilter<T>, { ...options, includeResultMetadata: false }),
    async deleteOne(where, session) {
      return (await collection.deleteOne(own(where), session ? { session } : {})).deletedCount;
    },
    async deleteMany(where, session) {
      return (await collection.deleteMany(own(where), session ? { session } : {})).deletedCount;
    },
    count: (where, options) => collection.countDocuments(own(where), options),
    aggregate: <R extends Document>(pipeline: Document[], options?: AggregateOptions) =>
      collection.aggregate<R>([{ $match: { orgId } }, ...pipeline], options),
    async bulkWrite(operations, options) {
      if (operations.length === 0) return { inserted: 0, matched: 0, modified: 0, upserted: 0, deleted: 0 };
      const writes = operations.map((operation): AnyBulkWriteOperation<T> => {
        if ('insertOne' in operation) return { insertOne: { document: owned(operation.insertOne) as OptionalId<T> } };
        if ('deleteOne' in operation) return { deleteOne: { filter: own(operation.deleteOne.where) } };
        const { where, change, upsert } = operation.updateOne;
        return { updateOne: { filter: own(where), update: change as UpdateFilter<T>, upsert: upsert ?? false } };
      });
      const done = await collection.bulkWrite(writes, options);
      return {
        inserted: done.insertedCount,
        matched: done.matchedCount,
        modified: done.modifiedCount,
        upserted: done.upsertedCount,
        deleted: done.deletedCount,
      };
    },
  };
}
