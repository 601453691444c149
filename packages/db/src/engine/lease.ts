import { randomBytes, randomUUID } from 'node:crypto';
import { type Collection, type Db, MongoServerError, type Timestamp } from 'mongodb';

/** One document: who holds the columns of this database, and since when which writes are surely seen. */
interface LeaseDocument {
  readonly _id: 'lease';
  /** Names this database: files of another one are not opened. */
  readonly dataId: string;
  readonly owner?: string;
  readonly address?: string;
  readonly token?: string;
  /** By the database's clock. */
  readonly until?: Date;
  /** Counted up by the owner; whoever sees a count in the change stream has seen every write before it. */
  readonly mark?: number;
}

/** Where the owner is asked, and what opens its door. */
export interface OwnerAddress {
  readonly address: string;
  readonly token: string;
}

/** Who holds the columns, as this process knows it. */
export type EngineRole =
  | { readonly kind: 'owner'; readonly dataId: string }
  | { readonly kind: 'other'; readonly owner: OwnerAddress }
  | { readonly kind: 'nobody' };

export interface LeaseOptions extends OwnerAddress {
  readonly leaseMs: number;
}

/** A token that nobody guesses. */
export const newLeaseToken = () => randomBytes(32).toString('base64url');

const majority = { w: 'majority' } as const;

/**
 * The right of one process to hold the columns. It is taken and prolonged by conditional updates by the database's clock; the
 * holder itself counts from the moment before it asked, on a clock that can't be set, so that it ends sooner and not later.
 */
export function engineLease(db: Db, { address, token, leaseMs }: LeaseOptions) {
  const leases: Collection<LeaseDocument> = db.collection('audienceEngine');
  const owner = randomUUID();
  let heldUntil = Number.NEGATIVE_INFINITY;
  let dataId = '';

  async function ensure(): Promise<void> {
    try {
      const { _id, ...fresh } = { _id: 'lease' as const, dataId: randomUUID(), mark: 0 };
      const found = await leases.findOneAndUpdate(
        { _id },
        { $setOnInsert: fresh },
        { upsert: true, returnDocument: 'after' },
      );
      dataId = found?.dataId ?? '';
    } catch (error) {
      // Another process has inserted it at the same moment.
      if (!(error instanceof MongoServerError && error.code === 11_000)) throw error;
    }
  }

  return {
    /** Takes or prolongs the lease, where nobody else holds it. */
    async claim(): Promise<EngineRole> {
      if (dataId === '') await ensure();
      const asked = performance.now();
      const free = { $or: [{ $lt: ['$until', '$$NOW'] }, { $eq: ['$owner', owner] }] };
      const until = { $add: ['$$NOW', leaseMs] };
      const held = await leases.findOneAndUpdate(
        { _id: 'lease', $expr: free },
        [{ $set: { owner, address, token, until } }],
        { returnDocument: 'after', writeConcern: majority, projection: { dataId: 1 } },
      );
      if (held) {
        heldUntil = asked + leaseMs;
        dataId = held.dataId;
        return { kind: 'owner', dataId };
      }
      heldUntil = Number.NEGATIVE_INFINITY;
      const other = await leases.findOne({ _id: 'lease' });
      if (!other) dataId = '';
      return other?.address && other.token
        ? { kind: 'other', owner: { address: other.address, token: other.token } }
        : { kind: 'nobody' };
    },
    /** Whether the lease surely runs, with some time to spare. */
    isHeld: () => performance.now() < heldUntil - leaseMs / 10,
    /** Counts the mark up; null where the lease is another's by now. */
    async mark(): Promise<number | null> {
      const marked = await leases.findOneAndUpdate(
        { _id: 'lease', owner },
        { $inc: { mark: 1 } },
        { returnDocument: 'after', projection: { mark: 1 }, writeConcern: majority },
      );
      return marked?.mark ?? null;
    },
    /** The time of the last write that the database knows. */
    async lastWrite(): Promise<Timestamp | null> {
      return (await db.command({ ping: 1 })).operationTime ?? null;
    },
    /** Lets the next process have it at once. */
    async release(): Promise<void> {
      heldUntil = Number.NEGATIVE_INFINITY;
      await leases.updateOne({ _id: 'lease', owner }, { $unset: { owner: '', address: '', token: '', until: '' } });
    },
  };
}

export type EngineLease = ReturnType<typeof engineLease>;
