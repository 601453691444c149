import type { DuckDBConnection } from '@duckdb/node-api';
import type { ReadLimits } from '../../segments/audience.ts';
import { QuestionTooLong } from '../question-errors.ts';

/** Lends connections to readers: one question at a time on each. */
export interface ReadConnections {
  /** Runs `work` on a connection of its own. */
  use<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  close(): void;
}

/** Opens a connection where none is free, and keeps those that are given back. How many ask at once is the caller's to limit. */
export function readConnections(open: () => Promise<DuckDBConnection>): ReadConnections {
  const free: DuckDBConnection[] = [];
  let isClosed = false;
  return {
    async use(work) {
      const connection = free.pop() ?? (await open());
      try {
        return await work(connection);
      } finally {
        if (isClosed) connection.closeSync();
        else free.push(connection);
      }
    },
    close() {
      isClosed = true;
      for (const connection of free.splice(0)) connection.closeSync();
    },
  };
}

const interruptEveryMs = 20;

/** Reads in one transaction, so that all statements see the same rows. Stopped by the signal and by the time limit. */
export async function readWithin<T>(
  connections: ReadConnections,
  { signal, maxTimeMS }: ReadLimits,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  return connections.use(async (connection) => {
    let isLate = false;
    let repeated: NodeJS.Timeout | undefined;
    // Again and again: between two statements there is nothing to interrupt.
    const stop = () => {
      connection.interrupt();
      repeated ??= setInterval(() => connection.interrupt(), interruptEveryMs);
    };
    const late = () => {
      isLate = true;
      stop();
    };
    const timer = maxTimeMS === undefined ? undefined : setTimeout(late, maxTimeMS);
    signal?.addEventListener('abort', stop);
    try {
      signal?.throwIfAborted();
      await connection.run('BEGIN TRANSACTION READ ONLY');
      return await work(connection);
    } catch (error) {
      signal?.throwIfAborted();
      throw isLate ? new QuestionTooLong(`Longer than ${maxTimeMS} ms`, { cause: error }) : error;
    } finally {
      clearTimeout(timer);
      clearInterval(repeated);
      signal?.removeEventListener('abort', stop);
      await connection.run('ROLLBACK').catch(() => undefined);
    }
  });
}
