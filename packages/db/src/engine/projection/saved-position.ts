import type { DuckDBConnection } from '@duckdb/node-api';
import { layoutVersion, tableIn } from './layout.ts';
import type { SavedPosition } from './projection.ts';

/** Writes down where the projection stands, in the connection's transaction. */
export async function savePosition(
  connection: DuckDBConnection,
  catalog: string,
  { token, asOf }: SavedPosition,
): Promise<void> {
  const meta = tableIn(catalog, 'meta');
  await connection.run(`DELETE FROM ${meta}`);
  const row = JSON.stringify({ version: layoutVersion, token, asOf: asOf.getTime() });
  await connection.run(`INSERT INTO ${meta} VALUES ('position', $1)`, [row]);
}

/** Where it stands; null where it was never loaded to the end, or by a program of another layout. */
export async function readPosition(connection: DuckDBConnection, catalog: string): Promise<SavedPosition | null> {
  const tables = await connection.runAndReadAll(
    `SELECT count(*) FROM duckdb_tables() WHERE database_name = $1 AND table_name = 'meta'`,
    [catalog],
  );
  if (Number(tables.getRows()[0]?.[0]) === 0) return null;
  const rows = (await connection.runAndReadAll(`SELECT value FROM ${tableIn(catalog, 'meta')}`)).getRows();
  const stored = rows[0]?.[0];
  if (typeof stored !== 'string') return null;
  const { version, token, asOf } = JSON.parse(stored) as { version: number; token: string; asOf: number };
  return version === layoutVersion ? { token, asOf: new Date(asOf) } : null;
}
