import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { ResolvedRule } from '@mini-crm/domain';
import { readLayout, sumKey } from '../engine/projection/layout.ts';
import { duckAudience } from '../engine/sql/duck-audience.ts';
import { readConnections } from '../engine/sql/duck-query.ts';

/** A question written by hand for the columns; `edit` as in the benchmark's own rules. */
export interface HandWritten {
  readonly name: string;
  readonly sql: (column: HandColumns, edit: number) => string;
  /** The same question as a rule. */
  readonly rule: (edit: number) => ResolvedRule;
}

/** Medians of both ways in ms, and whether they counted the same people each time. */
export interface SideBySide {
  readonly handMs: number;
  readonly ruleMs: number;
  readonly count: number;
  readonly same: boolean;
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
 * Times SQL written by hand beside what a rule is made into, by turns over the columns that an engine left behind: for
 * benchmarks. By hand is what somebody would write who knew the tables and asked this one question.
 */
export async function timeSideBySide(
  folder: string,
  questions: readonly HandWritten[],
  rounds: number,
): Promise<Map<string, SideBySide>> {
  const instance = await DuckDBInstance.create(await fileIn(folder), { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const readers = readConnections(() => instance.connect());
  try {
    const catalog = await catalogOf(connection);
    const layout = await readLayout(connection, catalog);
    const audience = duckAudience(readers, catalog);
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
    const answers = new Map<string, SideBySide>();
    for (const { name, sql, rule } of questions) {
      const [hand, ruled]: [number[], number[]] = [[], []];
      let [count, same] = [0, true];
      for (let i = 0; i < rounds + 2; i++) {
        const [text, resolved] = [sql(column, i), rule(i)];
        const start = performance.now();
        count = Number((await connection.runAndReadAll(text)).getRows()[0]?.[0]);
        const between = performance.now();
        const counted = await audience.count(resolved);
        same &&= counted === count;
        if (i < 2) continue;
        hand.push(between - start);
        ruled.push(performance.now() - between);
      }
      answers.set(name, { handMs: median(hand), ruleMs: median(ruled), count, same });
    }
    return answers;
  } finally {
    readers.close();
    connection.closeSync();
    instance.closeSync();
  }
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
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
