import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMongod } from '../embedded/index.ts';

/**
 * Vitest's global set-up of the database tests: uses MONGODB_URI when it is set, so that the same tests pass on any
 * MongoDB, and otherwise starts an embedded mongod for the length of the run.
 */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.MONGODB_URI) return undefined;
  const dataDir = await mkdtemp(join(tmpdir(), 'mini-crm-test-'));
  const mongod = await startEmbeddedMongod({
    dataDir,
    say: (line) => process.stderr.write(`${line}\n`),
    cacheGb: 1,
    // Tests of the sending engine let single writes fail.
    args: ['--setParameter', 'enableTestCommands=1'],
  });
  process.env.MONGODB_URI = mongod.uri;
  return async () => {
    await mongod.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
