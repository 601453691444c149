import type { ChangeStream, ChangeStreamDocument, ResumeToken } from 'mongodb';
import type { Database } from '../database.ts';

/** What a browser can be told: something of this kind has changed. */
export const topics = [
  'customers',
  'imports',
  'segments',
  'campaigns',
  'deliveries',
  'outbox',
  'members',
  'attributes',
  'suppressions',
] as const;
export type Topic = (typeof topics)[number];

export interface Change {
  readonly topic: Topic;
  /** The one document that changed; absent where many did. */
  readonly id?: string;
}

/** Which topic a collection's changes are, and which field names the document that people look at. */
const sources: Record<string, { topic: Topic; idField: string }> = {
  customers: { topic: 'customers', idField: '_id' },
  events: { topic: 'customers', idField: 'customerId' },
  imports: { topic: 'imports', idField: '_id' },
  segments: { topic: 'segments', idField: '_id' },
  campaigns: { topic: 'campaigns', idField: '_id' },
  runs: { topic: 'campaigns', idField: 'campaignId' },
  pages: { topic: 'campaigns', idField: 'campaignId' },
  deliveries: { topic: 'deliveries', idField: 'campaignId' },
  outbox: { topic: 'outbox', idField: '_id' },
  memberships: { topic: 'members', idField: '_id' },
  invitations: { topic: 'members', idField: '_id' },
  organizations: { topic: 'members', idField: '_id' },
  attributes: { topic: 'attributes', idField: 'slug' },
  suppressions: { topic: 'suppressions', idField: '_id' },
};

/** What the feed needs of a log. */
export interface FeedLog {
  warn(facts: object, message: string): void;
}

type Listener = (changes: readonly Change[]) => void;

const tellEveryMs = 1000;

/**
 * The one change stream of this process, fanned out by organization. Listeners are told at most once a second, each topic
 * at most once, with the id where only one document changed. What they do with it is to read again.
 */
export function changeFeed(database: Database, log: FeedLog) {
  const listeners = new Map<string, Set<Listener>>();
  const pending = new Map<string, Map<Topic, Set<string>>>();
  let stream: ChangeStream | null = null;
  let resumeToken: ResumeToken | undefined;
  let stopped = false;

  const note = (orgId: string, topic: Topic, id: string | undefined) => {
    if (!listeners.has(orgId)) return;
    const byTopic = pending.get(orgId) ?? new Map<Topic, Set<string>>();
    pending.set(orgId, byTopic);
    const ids = byTopic.get(topic) ?? new Set<string>();
    byTopic.set(topic, ids);
    if (ids.size < 2) ids.add(id ?? '');
  };

  const tell = () => {
    for (const [orgId, byTopic] of pending) {
      const changes = [...byTopic].map(([topic, ids]): Change => {
        const [only] = ids;
        return ids.size === 1 && only ? { topic, id: only } : { topic };
      });
      for (const listener of listeners.get(orgId) ?? []) listener(changes);
    }
    pending.clear();
  };

  const open = () => {
    const fields = Object.values(sources).map(({ idField }) => idField);
    const project = Object.fromEntries(['orgId', ...fields].map((field) => [`fullDocument.${field}`, 1] as const));
    stream = database.driver.watch(
      [
        {
          $match: {
            'ns.coll': { $in: Object.keys(sources) },
            operationType: { $in: ['insert', 'update', 'replace', 'delete'] },
          },
        },
        { $project: { operationType: 1, 'ns.coll': 1, documentKey: 1, ...project } },
      ],
      { fullDocument: 'updateLookup', ...(resumeToken ? { resumeAfter: resumeToken } : {}) },
    );
    stream.on('change', (change: ChangeStreamDocument) => {
      resumeToken = change._id;
      if (!('ns' in change) || !change.ns || !('coll' in change.ns)) return;
      const collection = change.ns.coll;
      const source = sources[collection];
      if (!source) return;
      if (change.operationType === 'delete') {
        // A delete no longer says whose it was; all who listen look again.
        for (const orgId of listeners.keys()) note(orgId, source.topic, undefined);
        return;
      }
      const document =
        'fullDocument' in change ? (change.fullDocument as Record<string, string> | undefined) : undefined;
      if (!document) return;
      const orgId = collection === 'organizations' ? document._id : document.orgId;
      if (orgId) note(orgId, source.topic, document[source.idField]);
    });
    stream.on('error', (error) => {
      log.warn({ err: error }, 'change stream broke; opening it again');
      void stream?.close().catch(() => undefined);
      // A token that is too old can't be resumed; from now on is good enough for listeners who read again anyway.
      resumeToken = undefined;
      if (!stopped) setTimeout(() => !stopped && open(), 1000).unref();
    });
  };

  open();
  const timer = setInterval(tell, tellEveryMs);
  timer.unref();

  return {
    /** Calls `listener` with changes of an organization until the answered function is called. */
    listen(orgId: string, listener: Listener): () => void {
      const set = listeners.get(orgId) ?? new Set<Listener>();
      listeners.set(orgId, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0) listeners.delete(orgId);
      };
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await stream?.close().catch(() => undefined);
    },
  };
}

export type ChangeFeed = ReturnType<typeof changeFeed>;
