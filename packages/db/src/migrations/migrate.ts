import type { Db } from 'mongodb';
import { firstVersion, type Migration, migrations, schemaVersionOf } from './migrations.ts';
import { schemaCollection, underSchemaLock } from './schema-lock.ts';

/** The stored data has a layout that a newer release has made; this one would read it wrongly. */
export class NewerStoreError extends Error {
  constructor(stored: number, known: number) {
    super(
      `The database was written by a newer Mini CRM (layout ${stored}; this one knows ${known}). ` +
        'Update Mini CRM, or restore a backup from before the update.',
    );
  }
}

/**
 * Brings the database to the layout of this code, then runs `ensureIndexes`; one process at a time, so that API and
 * worker may start together. Nothing but the indexes is looked at when the layout is right already.
 * @throws {NewerStoreError} before anything is touched.
 */
export async function migrate(
  db: Db,
  ensureIndexes: () => Promise<void>,
  steps: readonly Migration[] = migrations,
): Promise<void> {
  await refuseNewer(db, steps);
  await underSchemaLock(db, async () => {
    const stored = await refuseNewer(db, steps);
    const version = stored ?? (await firstLayout(db, steps));
    for (const step of steps.filter((candidate) => candidate.version > version)) {
      await step.up(db);
      await noteVersion(db, step.version);
    }
    await ensureIndexes();
    if (stored === undefined) await noteVersion(db, schemaVersionOf(steps));
  });
}

/** The layout of the stored data, undefined for a database that no start has finished preparing. */
export async function storedSchemaVersion(db: Db): Promise<number | undefined> {
  return (await schemaCollection(db).findOne({ _id: 'schema' }))?.version;
}

async function refuseNewer(db: Db, steps: readonly Migration[]): Promise<number | undefined> {
  const stored = await storedSchemaVersion(db);
  const known = schemaVersionOf(steps);
  if (stored !== undefined && stored > known) throw new NewerStoreError(stored, known);
  return stored;
}

/** An empty database needs no steps; one with data but no version is of the first release. */
async function firstLayout(db: Db, steps: readonly Migration[]): Promise<number> {
  const others = await db.listCollections({ name: { $nin: ['schema'] } }, { nameOnly: true }).toArray();
  return others.some(({ name }) => !name.startsWith('system.')) ? firstVersion : schemaVersionOf(steps);
}

async function noteVersion(db: Db, version: number): Promise<void> {
  await schemaCollection(db).updateOne({ _id: 'schema' }, { $set: { version } }, { writeConcern: { w: 'majority' } });
}
