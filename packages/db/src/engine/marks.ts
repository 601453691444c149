import type { Timestamp } from 'mongodb';
import type { StoredChange } from '../live/change-stream.ts';
import type { EngineLease } from './lease.ts';

/** The collection that marks are written in. */
export const markCollection = 'audienceEngine';

/** The mark that a change tells of, if it tells of one. */
export function markOf(change: StoredChange): number | null {
  if (change.ns.coll !== markCollection || change.operationType !== 'update') return null;
  const mark = change.updateDescription.updatedFields?.mark;
  return typeof mark === 'number' ? mark : null;
}

/**
 * Tells when a stream has seen every write that was done before the question: a mark is written behind them, and the stream
 * shows it when it is there. Questions that come together share a mark; where nothing was written since the last one, none is.
 */
export function streamMarks(lease: Pick<EngineLease, 'mark' | 'lastWrite'>) {
  let seen = 0;
  let seenAt: Timestamp | null = null;
  let next: Promise<number | null> | null = null;
  const waiting = new Set<{ readonly mark: number; readonly done: () => void }>();

  /** A mark behind all that is written by now. */
  function write(): Promise<number | null> {
    next ??= new Promise((resolve) => setImmediate(resolve)).then(() => {
      next = null;
      return lease.mark();
    });
    return next;
  }

  function wait(mark: number, signal: AbortSignal): Promise<boolean> {
    if (mark <= seen) return Promise.resolve(true);
    return new Promise((resolve) => {
      const end = (value: boolean) => {
        signal.removeEventListener('abort', stop);
        waiting.delete(waiter);
        resolve(value);
      };
      const stop = () => end(false);
      const waiter = { mark, done: () => end(true) };
      signal.addEventListener('abort', stop);
      waiting.add(waiter);
      if (signal.aborted) stop();
    });
  }

  return {
    /** To be told every change of the stream, in order. */
    change(change: StoredChange): void {
      const mark = markOf(change);
      if (mark === null) return;
      seen = mark;
      seenAt = change.clusterTime ?? null;
      for (const waiter of waiting) {
        if (waiter.mark > seen) continue;
        waiting.delete(waiter);
        waiter.done();
      }
    },
    /** Writes a mark; for streams of one's own, which look for it themselves. */
    write,
    /** Resolves to whether the stream has seen, within the time, all that was written before the call. */
    async passed(withinMs: number): Promise<boolean> {
      const last = await lease.lastWrite();
      if (last && seenAt && last.lessThanOrEqual(seenAt)) return true;
      const mark = await write();
      return mark !== null && wait(mark, AbortSignal.timeout(withinMs));
    },
    /** Resolves to whether the stream has seen a mark before the signal aborts. */
    wait,
    /** After a gap in the stream nothing is known any more. */
    forget(): void {
      seenAt = null;
    },
  };
}

export type StreamMarks = ReturnType<typeof streamMarks>;
