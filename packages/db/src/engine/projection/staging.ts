import { type DuckDBConnection, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import { definition, type SqlColumn, tableIn } from './layout.ts';
import { type RowSink, rowSink } from './row-sink.ts';

/** A temporary table of the connection, filled with rows; gone with the next of its name. */
export async function staged(
  connection: DuckDBConnection,
  name: string,
  columns: readonly SqlColumn[],
  fill: (sink: RowSink) => void,
): Promise<string> {
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${name} (${definition(columns)})`);
  const sink = await rowSink(connection, { catalog: 'temp', table: name }, columns);
  fill(sink);
  sink.close();
  return `temp.main.${name}`;
}

/** The integer keys of the customers with these ids; who is not there is left out. */
export async function customerKeys(
  connection: DuckDBConnection,
  catalog: string,
  ids: readonly string[],
): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await selectByTexts(connection, `SELECT id, c FROM ${tableIn(catalog, 'customers')}`, 'id', ids);
  return new Map(rows as [string, number][]);
}

/** Runs `select ... WHERE column IN (texts)`, the texts as one parameter. */
export async function selectByTexts(
  connection: DuckDBConnection,
  select: string,
  column: string,
  texts: readonly string[],
): Promise<unknown[][]> {
  const sql = `${select} WHERE ${column} IN (SELECT unnest($1))`;
  return (await connection.runAndReadAll(sql, [listValue([...new Set(texts)])], [LIST(VARCHAR)])).getRows();
}

/** Runs `DELETE FROM table WHERE column IN (texts)`. */
export async function deleteByTexts(
  connection: DuckDBConnection,
  table: string,
  column: string,
  texts: readonly string[],
): Promise<void> {
  if (texts.length === 0) return;
  await connection.run(
    `DELETE FROM ${table} WHERE ${column} IN (SELECT unnest($1))`,
    [listValue([...new Set(texts)])],
    [LIST(VARCHAR)],
  );
}

/** The last of several items with one key: of a document that comes twice, what came later holds. */
export function latestBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const byKey = new Map<string, T>();
  for (const item of items) {
    const key = keyOf(item);
    // Deleted first, so that the order is that of the last ones.
    byKey.delete(key);
    byKey.set(key, item);
  }
  return [...byKey.values()];
}
