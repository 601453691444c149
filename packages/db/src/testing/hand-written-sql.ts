import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { readLayout, sumKey } from '../engine/projection/layout.ts';

/** A question written by hand for the columns; `edit` as in the benchmark's own rules. */
export interface HandWritten {
  readonly name: string;
  readonly sql: (column: HandColumns, edit: number) => string;
}

/** The names that generated columns have in this file, and numbers of event types. */
export interface HandColumns {
  readonly attribute: (slug: string) => string;
  readonly property: (name: string) => string;
  readonly type: (name: string) => number;
  readonly count: (type: string) => string;
  readonly last: (type: string) => string;
  readonly sum: (type: string, currency: string) => string;
}

/**
 * Times SQL written by hand over the columns that an engine left behind, for benchmarks: what somebody would write who knew
 * the tables and asked this one question. Answers the median in ms and the last answer of each.
 */
export async function timeHandWritten(
  folder: string,
  questions: readonly HandWritten[],
  rounds: number,
): Promise<Map<string, { readonly ms: number; readonly count: number }>> {
  const instance = await DuckDBInstance.create(await fileIn(folder), { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    const layout = await readLayout(connection, await catalogOf(connection));
    const one = <T>(found: T | undefined, what: string): T => {
      if (found === undefined) throw new Error(`The file knows no ${what}`);
      return found;
    };
    const type = (name: string) => one(layout.types.get(name), name).number;
    const column: HandColumns = {
      attribute: (slug) => one(layout.attributes.get(slug)?.[0], slug).name,
      property: (name) => one(layout.properties.get(name)?.[0], name).name,
      type,
      count: (name) => `n_${type(name)}`,
      last: (name) => `l_${type(name)}`,
      sum: (name, currency) => `s_${one(layout.sums.get(sumKey(name, currency)), name).number}`,
    };
    const answers = new Map<string, { ms: number; count: number }>();
    for (const { name, sql } of questions) {
      const times: number[] = [];
      let count = 0;
      for (let i = 0; i < rounds + 2; i++) {
        const text = sql(column, i);
        const start = performance.now();
        const rows = (await connection.runAndReadAll(text)).getRows();
        if (i >= 2) times.push(performance.now() - start);
        count = Number(rows[0]?.[0]);
      }
      times.sort((a, b) => a - b);
      answers.set(name, { ms: times[Math.floor(times.length / 2)] ?? Number.NaN, count });
    }
    return answers;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function fileIn(folder: string): Promise<string> {
  const files = await readdir(folder, { recursive: true });
  const file = files.find((name) => name.endsWith('.duckdb'));
  if (!file) throw new Error('The engine left no file');
  return join(folder, file);
}

async function catalogOf(connection: Awaited<ReturnType<DuckDBInstance['connect']>>): Promise<string> {
  const rows = (await connection.runAndReadAll('SELECT current_database()')).getRows();
  return String(rows[0]?.[0]);
}
