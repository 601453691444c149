import type { ChangeSource, StoredChange } from './change-stream.ts';
import { type Topic, topics, watched } from './watched.ts';

export interface Change {
  readonly topic: Topic;
  /** The one document that changed; absent where many did. */
  readonly id?: string;
}

type Listener = (changes: readonly Change[]) => void;

const tellEveryMs = 1000;

/**
 * The change stream of this process, fanned out by organization. Listeners are told at most once a second, each topic
 * at most once, with the id where only one document changed. What they do with it is to read again.
 */
export function changeFeed(source: ChangeSource): ChangeFeed {
  const listeners = new Map<string, Set<Listener>>();
  const pending = new Map<string, Map<Topic, Set<string>>>();
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

  const read = (change: StoredChange) => {
    const of = watched[change.ns.coll];
    if (!of) return;
    if (change.operationType === 'delete') {
      // A delete no longer says whose it was; all who listen look again.
      for (const orgId of listeners.keys()) for (const topic of of.topics) note(orgId, topic, undefined);
      return;
    }
    const document = change.fullDocument as Record<string, string> | undefined;
    const orgId = change.ns.coll === 'organizations' ? document?._id : document?.orgId;
    if (document && orgId) for (const topic of of.topics) note(orgId, topic, document[of.idField]);
  };
  // After a gap listeners are told that everything has changed: they read again, and that is all they need.
  const broken = () => {
    for (const orgId of listeners.keys()) for (const topic of topics) note(orgId, topic, undefined);
  };
  const unsubscribe = source.subscribe({ change: read, broken });
  const timer = setInterval(tell, tellEveryMs);
  timer.unref();

  return {
    listen(orgId, listener): () => void {
      const set = listeners.get(orgId) ?? new Set<Listener>();
      listeners.set(orgId, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0) listeners.delete(orgId);
      };
    },
    async stop() {
      clearInterval(timer);
      unsubscribe();
      await source.stop();
    },
  };
}

/** What a browser's subscription listens to. */
export interface ChangeFeed {
  /** Calls `listener` with changes of an organization until the answered function is called. */
  listen(orgId: string, listener: (changes: readonly Change[]) => void): () => void;
  stop(): Promise<void>;
}
