import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs `work(uri)` with the database of MONGODB_URI, or with an embedded one that is gone afterwards. */
export async function withMongod(work) {
  if (process.env.MONGODB_URI) return work(process.env.MONGODB_URI);
  const { register } = await import('tsx/esm/api');
  register();
  const { startEmbeddedMongod } = await import('../../packages/db/src/embedded/index.ts');
  const dataDir = await mkdtemp(join(tmpdir(), 'mini-crm-temporary-'));
  const mongod = await startEmbeddedMongod({ dataDir, say: console.log, cacheGb: 2 });
  try {
    return await work(mongod.uri);
  } finally {
    await mongod.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
