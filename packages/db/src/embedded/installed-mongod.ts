import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { MongodSource } from './find-mongod.ts';
import { runCommand } from './run-command.ts';

/** The oldest server that the app is tested with. */
const oldestMajor = 6;

/** A mongod that the machine already has. */
export const mongodOnPath: MongodSource = async (_folder, say) => {
  const version = await mongodVersion('mongod');
  if (version === undefined) return { missing: 'mongod is not on the PATH' };
  if (majorOf(version) < oldestMajor)
    return { missing: `mongod on the PATH is ${version}, older than ${oldestMajor}.0` };
  say(`Database: mongod ${version} from the PATH.`);
  return { path: 'mongod' };
};

/** A mongod that an earlier start fetched. */
export const cachedMongod: MongodSource = async (folder, say) => {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter(looksLikeMongod)) {
    const path = join(folder, name);
    const version = await mongodVersion(path);
    if (version === undefined) continue;
    say(`Database: mongod ${version} fetched earlier.`);
    return { path };
  }
  return { missing: 'no earlier download is in the cache' };
};

/** The version a mongod reports, or undefined when it is not there or does not run on this machine. */
export async function mongodVersion(path: string): Promise<string | undefined> {
  const { code, output } = await runCommand(path, ['--version'], 20_000);
  return code === 0 ? /db version v?(\d+\.\d+\.\d+)/.exec(output)?.[1] : undefined;
}

function looksLikeMongod(name: string): boolean {
  return /^mongod(-[\w.-]*\d)?(\.exe)?$/.test(name);
}

function majorOf(version: string): number {
  return Number(version.split('.')[0]);
}
