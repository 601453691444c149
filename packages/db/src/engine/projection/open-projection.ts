import type { DuckDBConnection } from '@duckdb/node-api';
import { createTables } from './layout.ts';
import { layoutWriter } from './layout-writer.ts';
import type { Projection } from './projection.ts';
import { projectionLoader } from './projection-loader.ts';
import { projectionWriter } from './projection-writer.ts';
import { readPosition } from './saved-position.ts';

/** Makes the empty tables of an organization in an attached database, to be loaded. */
export async function createProjection(connection: DuckDBConnection, catalog: string): Promise<Projection> {
  await createTables(connection, catalog);
  return openProjection(connection, catalog);
}

/**
 * The projection in an attached database. The connection is the writer's own: nobody else may use it. Ask for the position
 * first: where there is none, the file has to be made anew.
 */
export function openProjection(connection: DuckDBConnection, catalog: string): Projection {
  return {
    catalog,
    position: () => readPosition(connection, catalog),
    load: () => projectionLoader(connection, catalog),
    async write(work) {
      await connection.run('BEGIN TRANSACTION');
      try {
        const layout = await layoutWriter(connection, catalog, {
          customers: 'customers',
          events: 'events',
          rollups: 'customers',
        });
        await work(projectionWriter(connection, catalog, layout));
        await layout.flush();
        await connection.run('COMMIT');
      } catch (error) {
        await connection.run('ROLLBACK').catch(() => undefined);
        throw error;
      }
    },
  };
}
