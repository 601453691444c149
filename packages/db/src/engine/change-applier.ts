import type { ResumeToken, Timestamp } from 'mongodb';
import type { StoredChange } from '../live/change-stream.ts';
import { type ChangeBatch, gatherChanges } from './change-batch.ts';

/** Changes wait so long for company before they are written together; a question that waits for them is not kept waiting. */
const gatherMs = 50;
const enough = 1000;
/** So often a position is saved while nothing changes, so that a start later has little to follow. */
const saveIdleMs = 30_000;

/** Where the stream stood when the last change of a batch came. */
export interface StreamPlace {
  readonly token: ResumeToken;
  readonly time: Timestamp;
  readonly at: Date;
}

/** Writes what comes in, in batches, each in one go with the place in the stream. */
export function changeApplier(apply: (batch: ChangeBatch, place: StreamPlace) => Promise<void>) {
  const gathered = gatherChanges();
  const waiting = new Set<{ readonly upTo: number; readonly end: (written: boolean) => void }>();
  let place: StreamPlace | null = null;
  let savedAt = performance.now();
  let received = 0;
  let applied = 0;
  let urgent = false;
  let ended = false;
  let wake: () => void = () => undefined;

  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function write(): Promise<void> {
    if (!place) return;
    const upTo = received;
    const batch = gathered.take();
    await apply(batch, place);
    savedAt = performance.now();
    applied = upTo;
    for (const waiter of waiting) {
      if (waiter.upTo <= applied) waiter.end(true);
    }
  }

  return {
    /** Takes the next change of the stream; one that is not the organization's only moves the place. */
    take(change: StoredChange, ours: boolean): void {
      if (change.clusterTime) {
        place = { token: change._id, time: change.clusterTime, at: change.wallTime ?? new Date() };
      }
      if (!ours) return;
      const before = gathered.size();
      gathered.add(change);
      if (gathered.size() === before) return;
      received += 1;
      if (urgent || before === 0 || gathered.size() >= enough) wake();
    },
    /** The place of the last change that was taken. */
    place: () => place,
    /** How many changes wait to be written. */
    backlog: () => gathered.size(),
    /** Writes all that was taken, now. */
    write,
    /** Resolves to whether all that was taken before the call is written within the time. */
    written(withinMs: number): Promise<boolean> {
      if (applied >= received) return Promise.resolve(true);
      if (ended) return Promise.resolve(false);
      return new Promise((resolve) => {
        const end = (value: boolean) => {
          clearTimeout(timer);
          waiting.delete(waiter);
          resolve(value);
        };
        const waiter = { upTo: received, end };
        const timer = setTimeout(() => end(false), withinMs);
        waiting.add(waiter);
        urgent = true;
        wake();
      });
    },
    /** Writes what comes until the signal says stop. */
    async run(signal: AbortSignal): Promise<void> {
      const stop = () => wake();
      signal.addEventListener('abort', stop);
      try {
        let saved: StreamPlace | null = null;
        while (!signal.aborted) {
          if (gathered.size() === 0) {
            urgent = false;
            const due = savedAt + saveIdleMs - performance.now();
            if (due > 0 || place === saved) await rest(due > 0 ? due : saveIdleMs);
            else {
              await write();
              saved = place;
            }
            continue;
          }
          if (!urgent && gathered.size() < enough) await rest(gatherMs);
          if (signal.aborted) break;
          urgent = false;
          await write();
        }
        await write();
      } finally {
        signal.removeEventListener('abort', stop);
        ended = true;
        for (const waiter of waiting) waiter.end(false);
      }
    },
  };
}

export type ChangeApplier = ReturnType<typeof changeApplier>;
