import {
  type ChangeStream,
  type ChangeStreamDocument,
  type Db,
  type Document,
  MongoServerError,
  type ResumeToken,
  type Timestamp,
} from 'mongodb';
import { namingFields, watched } from './watched.ts';

/** A write as the stream tells it. */
export type StoredChange = Extract<ChangeStreamDocument, { operationType: 'insert' | 'update' | 'replace' | 'delete' }>;

/** What the streams need of a log. */
export interface StreamLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface ChangeReader {
  /** One write, in the order of the database. Must not throw. */
  change(change: StoredChange): void;
  /** The stream goes on from now; what was written before may have been missed. */
  broken(): void;
}

export interface ChangeSourceOptions {
  /** Whether whole documents are wanted of what the audience engine projects, or only what names them. */
  readonly documents: boolean;
}

/** What the audience engine reads of documents, beside what names them; lists and lengthy texts of other kinds stay away. */
const projectedFields = [
  ...['externalId', 'email', 'phone', 'firstName', 'lastName', 'timeZone', 'locale', 'createdAt'],
  ...['attributes', 'consents', 'folded', 'foldedAttributes'],
  ...['eventId', 'type', 'at', 'currency', 'total', 'lines', 'properties'],
  ...['channel', 'address', 'scope', 'runId', 'customerIds', 'settled', 'slug', 'name', 'addedAt'],
];

/**
 * Which writes are told. Rows of the communication log are written by the hundred together with their page, which tells of
 * them; what comes back for a row later is told by the row.
 */
const match = {
  $or: [
    { operationType: { $in: ['dropDatabase', 'invalidate'] } },
    {
      'ns.coll': { $in: Object.keys(watched) },
      operationType: { $in: ['insert', 'update', 'replace', 'delete', 'drop', 'rename'] },
      $nor: [{ 'ns.coll': 'deliveries', operationType: 'insert' }],
    },
  ],
};

/** The stages of a stream: which writes, and of each only what somebody reads. */
function changePipeline({ documents }: ChangeSourceOptions): Document[] {
  const fields = [...namingFields, ...(documents ? projectedFields : [])].map((field) => `fullDocument.${field}`);
  const facts = [
    'operationType',
    'ns',
    'documentKey',
    'clusterTime',
    'wallTime',
    'updateDescription.updatedFields.mark',
  ];
  const project = Object.fromEntries([...facts, ...new Set(fields)].map((field) => [field, 1] as const));
  return [{ $match: match }, { $project: project }];
}

/** Where a stream goes on: behind a change, or from a time. */
export type StreamStart = { readonly resumeAfter: ResumeToken } | { readonly startAtOperationTime: Timestamp };

/** A stream of one organization's own, with whole documents; it also tells of all deletes, which don't say whose they are. */
export function organizationStream(db: Db, orgId: string, start: StreamStart): ChangeStream {
  const whose = [
    { 'fullDocument.orgId': orgId },
    { operationType: { $nin: [...stored].filter((type) => type !== 'delete') } },
  ];
  const own = { $or: [...whose, { 'ns.coll': 'audienceEngine' }] };
  return db.watch([...changePipeline({ documents: true }), { $match: own }], {
    fullDocument: 'updateLookup',
    batchSize: 1000,
    ...start,
  });
}

const stored = new Set(['insert', 'update', 'replace', 'delete']);

/** Whether a change is a write of one document; else whole collections went away. */
export const isStored = (change: ChangeStreamDocument): change is StoredChange => stored.has(change.operationType);

/** Whether a stream can't go on from where it was, because what it would go on from is gone or never was. */
export function isHistoryLost(error: unknown): boolean {
  // InvalidResumeToken, ChangeStreamFatalError, ChangeStreamHistoryLost; and a time before the log of writes begins.
  return error instanceof MongoServerError && [260, 280, 286, 50_811].includes(Number(error.code));
}

/**
 * The one change stream of this process: it opens itself again where it stopped, and tells its readers when it could not.
 * `wanting` opens it anew with other documents, without a gap.
 */
export function changeStream(db: Db, log: StreamLog, options: ChangeSourceOptions = { documents: false }) {
  const readers = new Set<ChangeReader>();
  let documents = options.documents;
  let stream: ChangeStream | null = null;
  let resume: object = {};
  let stopped = false;
  let reopening = false;
  const opened: (() => void)[] = [];

  async function start() {
    // From a time and not from "now": the cursor is opened later than it is asked for.
    const { operationTime } = await db.command({ ping: 1 });
    resume = operationTime ? { startAtOperationTime: operationTime } : {};
  }

  async function read(): Promise<void> {
    stream = db.watch(changePipeline({ documents }), { fullDocument: 'updateLookup', ...resume });
    for (const tell of opened.splice(0)) tell();
    for (;;) {
      const change = await stream.next();
      resume = { resumeAfter: change._id };
      if (isStored(change)) for (const reader of readers) reader.change(change);
      else for (const reader of readers) reader.broken();
      if (change.operationType !== 'invalidate') continue;
      resume = { startAfter: change._id };
      return;
    }
  }

  async function run(): Promise<void> {
    let begun = false;
    while (!stopped) {
      try {
        if (!begun) await start();
        begun = true;
        await read();
      } catch (error) {
        if (stopped) return;
        if (reopening) {
          reopening = false;
          continue;
        }
        log.warn({ err: error }, 'change stream broke; opening it again');
        if (isHistoryLost(error)) {
          begun = false;
          for (const reader of readers) reader.broken();
        }
        await new Promise((resolve) => setTimeout(resolve, 500).unref());
      } finally {
        await stream?.close().catch(() => undefined);
      }
    }
  }
  const running = run();

  return {
    /** Reads along from the next write that the stream sees, until the answered function is called. */
    subscribe(reader: ChangeReader): () => void {
      readers.add(reader);
      return () => readers.delete(reader);
    },
    /** Resolves when all changes that are told from now on carry whole documents, or don't any more. */
    async wanting(next: ChangeSourceOptions): Promise<void> {
      if (documents === next.documents || stopped) return;
      documents = next.documents;
      reopening = stream !== null;
      const done = new Promise<void>((resolve) => opened.push(resolve));
      await stream?.close().catch(() => undefined);
      await done;
    },
    async stop(): Promise<void> {
      stopped = true;
      for (const tell of opened.splice(0)) tell();
      await stream?.close().catch(() => undefined);
      await running;
    },
  };
}

/** The one change stream of a process, as its readers know it. */
export type ChangeSource = ReturnType<typeof changeStream>;
