import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commandLineOf, isRunning } from './process-identity.ts';

/** Who uses a data folder, and where its database can be reached while they do. */
export interface DataOwner {
  readonly pid: number;
  readonly command: string;
  readonly uri?: string;
}

/** Holding a data folder: one launcher at a time may start a database on it. */
export interface DataLock {
  /** Lets other commands (backup, restore) find the running database. */
  announce(uri: string): Promise<void>;
  release(): Promise<void>;
}

/**
 * Takes a data folder for this process. A lock that a killed process left behind is taken over.
 * @returns the owner instead, when another running process holds it.
 */
export async function lockData(dataDir: string): Promise<{ lock: DataLock } | { owner: DataOwner }> {
  await mkdir(dataDir, { recursive: true });
  const file = join(dataDir, 'owner.json');
  const self: DataOwner = { pid: process.pid, command: await commandLineOf(process.pid) };
  for (let attempt = 0; attempt < 3; attempt++) {
    const handle = await open(file, 'wx').catch(() => undefined);
    if (handle) {
      await handle.writeFile(JSON.stringify(self));
      await handle.close();
      return { lock: heldLock(file, self) };
    }
    const owner = await dataOwner(dataDir);
    if (owner) return { owner };
    await rm(file, { force: true });
  }
  throw new Error(`The file ${file} can't be written.`);
}

/** The running process that holds a data folder, if there is one. */
export async function dataOwner(dataDir: string): Promise<DataOwner | undefined> {
  const text = await readFile(join(dataDir, 'owner.json'), 'utf8').catch(() => '');
  const owner = parseOwner(text);
  if (!owner || !isRunning(owner.pid)) return undefined;
  // After a restart of the machine the id may belong to another program.
  return owner.pid === process.pid || (await commandLineOf(owner.pid)) === owner.command ? owner : undefined;
}

function heldLock(file: string, self: DataOwner): DataLock {
  return {
    async announce(uri) {
      await writeFile(file, JSON.stringify({ ...self, uri }));
    },
    async release() {
      await rm(file, { force: true });
    },
  };
}

function parseOwner(text: string): DataOwner | undefined {
  try {
    const value = JSON.parse(text) as DataOwner;
    return typeof value.pid === 'number' && typeof value.command === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
