import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlainError } from './plain-error.mjs';
import { importServerCode } from './server-code.mjs';
import { dataDir } from './settings.mjs';
import { Supervised } from './supervisor.mjs';

const databaseName = 'mini-crm';

/** The embedded database's own code, which is compiled with the rest of the server. */
export async function embedded() {
  return importServerCode('packages/db', 'embedded/index');
}

/**
 * The database of this run: the one that MONGODB_URI names, or an embedded one that is kept running.
 * @returns `{ uri, part, release() }`; `part` is undefined for a database of somebody else's.
 * @throws {PlainError} when another process uses the data folder.
 */
export async function openDatabase({ say, gaveUp, running, args = [] }) {
  if (process.env.MONGODB_URI) {
    return { uri: process.env.MONGODB_URI, release: async () => undefined };
  }
  const { lockData, startEmbeddedMongod } = await embedded();
  const folder = dataDir();
  const held = await lockData(folder);
  if ('owner' in held) {
    throw new PlainError(
      `Mini CRM already runs on the data in ${folder} (process ${held.owner.pid}).\n` +
        'Stop it first, or give this one a folder of its own with DATA_DIR.',
    );
  }
  let port;
  const part = new Supervised({
    name: 'The database',
    say,
    gaveUp,
    running,
    start: async () => {
      const mongod = await startEmbeddedMongod({ dataDir: folder, say, args, ...(port === undefined ? {} : { port }) });
      port = mongod.port;
      return mongod;
    },
  });
  try {
    const mongod = await part.start();
    const uri = withName(mongod.uri);
    await held.lock.announce(uri);
    return { uri, part, release: held.lock.release };
  } catch (error) {
    await held.lock.release();
    throw new PlainError(error.message);
  }
}

/** The launcher that runs on the data folder now, if there is one. */
export async function runningOwner() {
  const { dataOwner } = await embedded();
  return dataOwner(dataDir());
}

/** Where the app that runs on the data folder is reached, undefined when none runs. */
export async function runningUrl() {
  if (!process.env.MONGODB_URI && !(await runningOwner())) return undefined;
  const text = await readFile(join(dataDir(), 'processes.json'), 'utf8').catch(() => '{}');
  return JSON.parse(text).url;
}

/** The database of a one-off command: a running app's, or one started for the command and stopped afterwards. */
export async function withDatabase(say, work) {
  if (process.env.MONGODB_URI) return work(process.env.MONGODB_URI);
  const owner = await runningOwner();
  if (owner?.uri) return work(owner.uri);
  const database = await openDatabase({ say, gaveUp: (reason) => say(reason) });
  try {
    return await work(database.uri);
  } finally {
    await database.part?.stop();
    await database.release();
  }
}

const withName = (uri) => uri.replace('/?', `/${databaseName}?`);
