import { availableParallelism } from 'node:os';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { createProjection, openProjection } from './projection/open-projection.ts';
import type { Projection } from './projection/projection.ts';
import { questionGate } from './question-gate.ts';
import { type ColumnarAudience, duckAudience } from './sql/duck-audience.ts';
import { readConnections } from './sql/duck-query.ts';

/** The columns of one organization as an attached file. */
export interface OpenFile {
  readonly catalog: string;
  readonly projection: Projection;
  close(): Promise<void>;
}

export interface ColumnsOptions {
  /** Where DuckDB may put what does not fit into memory. */
  readonly temporary: string;
  readonly memoryLimit: string;
}

const threads = Math.max(1, availableParallelism());
/** DuckDB shares its threads among questions; more at once would only keep each other waiting, and take memory. */
const questionsAtOnce = Math.max(2, Math.min(threads, 4));
const questionsWaiting = 200;

/** The one DuckDB of a process, in which the organizations' files are attached: one memory limit for all of them. */
export async function openColumns({ temporary, memoryLimit }: ColumnsOptions) {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: memoryLimit,
    threads: String(threads),
    temp_directory: temporary,
    // What a question has used goes back to the system at once, and not when the next one needs it.
    allocator_flush_threshold: '16MB',
    // Nothing is fetched: what is needed is built in.
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    // Loads need less memory so, and every question that cares about an order says so.
    preserve_insertion_order: 'false',
  });
  const gate = questionGate(questionsAtOnce, questionsWaiting);
  const readers = readConnections(() => instance.connect());
  let attached = 0;

  async function attach(path: string, open: (connection: DuckDBConnection, catalog: string) => Promise<Projection>) {
    const connection = await instance.connect();
    attached += 1;
    const catalog = `organization_${attached}`;
    try {
      await connection.run(`ATTACH '${path.replaceAll("'", "''")}' AS ${catalog}`);
    } catch (error) {
      connection.closeSync();
      throw error;
    }
    const close = async () => {
      await connection.run(`DETACH DATABASE IF EXISTS ${catalog}`);
      connection.closeSync();
    };
    try {
      const projection = await open(connection, catalog);
      return { catalog, projection, close };
    } catch (error) {
      await close().catch(() => undefined);
      throw error;
    }
  }

  return {
    /** Makes a new file with empty tables. */
    create: (path: string): Promise<OpenFile> => attach(path, createProjection),
    /** Opens a file; null where it is damaged or not a file of columns at all. */
    async open(path: string): Promise<OpenFile | null> {
      try {
        return await attach(path, async (connection, catalog) => {
          const projection = openProjection(connection, catalog);
          await projection.position();
          return projection;
        });
      } catch (error) {
        if (isBusy(error)) throw error;
        return null;
      }
    },
    /** Asks an audience of a file when it is its turn. */
    ask: <T>(file: OpenFile, signal: AbortSignal, work: (audience: ColumnarAudience) => Promise<T>): Promise<T> =>
      gate.run(() => work(duckAudience(readers, file.catalog)), signal),
    isDamage,
    isBusy,
    isBroken,
    close(): void {
      readers.close();
      instance.closeSync();
    },
  };
}

export type Columns = Awaited<ReturnType<typeof openColumns>>;

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Whether another process has the file open still. */
const isBusy = (error: unknown): boolean => /set lock on file|conflicting lock/i.test(textOf(error));

/** Whether DuckDB as a whole has to be started again. */
const isBroken = (error: unknown): boolean => /has been invalidated|FATAL/i.test(textOf(error));

/** Whether a file does not hold what it should. */
const isDamage = (error: unknown): boolean =>
  !isBusy(error) && /IO Error|Serialization Error|INTERNAL Error|corrupt|checksum|valid DuckDB/i.test(textOf(error));
