import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { findMongod, type Say } from './find-mongod.ts';
import { freePort } from './free-port.ts';
import { explainExit } from './mongod-log.ts';
import { commandLineOf, endProcess, isRunning } from './process-identity.ts';
import { becomePrimary, PortTaken, replicaSetName } from './replica-set.ts';

/** Where an embedded database listens unless that port is taken: away from 27017, where others expect their own. */
const defaultPort = 27_227;
const maximumTries = 5;
const startWithinMs = 60_000;
const stopWithinMs = 30_000;
const largestLogBytes = 20_000_000;

export interface EmbeddedMongodOptions {
  /** Folder of the database; made when it is missing. Files go to `db` in it, the log to `mongod.log`. */
  readonly dataDir: string;
  /** Preferred port; another free one is taken when somebody listens there. */
  readonly port?: number;
  readonly say: Say;
  /** A mongod to use instead of looking for one. */
  readonly binary?: string;
  /** Memory for MongoDB's cache in GiB; a quarter of the machine's, at most 4, unless given. */
  readonly cacheGb?: number;
  /** More arguments for mongod, for tests. */
  readonly args?: readonly string[];
}

export interface EmbeddedMongod {
  /** Connection string without a database name. */
  readonly uri: string;
  readonly port: number;
  readonly pid: number;
  /** Settles when the process has ended, whoever ended it. */
  readonly exited: Promise<void>;
  /** Lets MongoDB write everything down and waits until it has ended. */
  stop(): Promise<void>;
}

/**
 * Starts a real mongod as a one-node replica set that listens on loopback only. One that a killed launcher left on the
 * same folder is stopped first.
 * @throws {Error} with what mongod wrote when it does not come up.
 */
export async function startEmbeddedMongod(options: EmbeddedMongodOptions): Promise<EmbeddedMongod> {
  const dbPath = join(options.dataDir, 'db');
  const logFile = join(options.dataDir, 'mongod.log');
  await mkdir(dbPath, { recursive: true });
  await stopOrphan(dbPath, options.say);
  const binary = options.binary ?? (await findMongod(options.say));
  await keepLogShort(logFile);
  let port = await freePort(options.port ?? (await lastPort(options.dataDir)));
  for (let tries = 1; ; tries++) {
    try {
      return await startOn(port, binary, options);
    } catch (error) {
      // Two starts at the same moment find the same port free.
      const taken = error instanceof PortTaken || /address already in use/i.test(String(error));
      if (!taken || tries === maximumTries) throw error;
      port = await freePort(0);
    }
  }
}

async function startOn(port: number, binary: string, options: EmbeddedMongodOptions): Promise<EmbeddedMongod> {
  const dbPath = join(options.dataDir, 'db');
  const logFile = join(options.dataDir, 'mongod.log');
  const child = spawnMongod(binary, dbPath, port, logFile, options);
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const stop = async () => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      await endProcess(child.pid, stopWithinMs);
    }
    await exited;
  };
  const gone = exited.then(async () => {
    throw new Error(await explainExit(logFile));
  });
  try {
    await Promise.race([becomePrimary(port, child.pid, Date.now() + startWithinMs), gone]);
  } catch (error) {
    await stop();
    throw error;
  }
  gone.catch(() => undefined);
  await writeFile(join(options.dataDir, 'mongod.port'), String(port));
  const uri = `mongodb://127.0.0.1:${port}/?replicaSet=${replicaSetName}`;
  return { uri, port, pid: child.pid ?? 0, exited, stop };
}

function spawnMongod(
  binary: string,
  dbPath: string,
  port: number,
  logFile: string,
  options: EmbeddedMongodOptions,
): ChildProcess {
  const log = openSync(logFile, 'a');
  const args = ['--dbpath', dbPath, '--port', String(port), '--bind_ip', '127.0.0.1', '--replSet', replicaSetName];
  args.push('--wiredTigerCacheSizeGB', String(options.cacheGb ?? sensibleCacheGb()));
  if (process.platform !== 'win32') args.push('--nounixsocket');
  args.push(...(options.args ?? []));
  // A group of its own: Ctrl-C in a terminal reaches the launcher only, which stops the database last.
  const child = spawn(binary, args, { detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  return child;
}

/** Stops a mongod that runs on this folder without its launcher; its id is in the lock file that MongoDB keeps. */
async function stopOrphan(dbPath: string, say: Say): Promise<void> {
  const pid = Number.parseInt(await readFile(join(dbPath, 'mongod.lock'), 'utf8').catch(() => ''), 10);
  if (!(pid > 0) || !isRunning(pid)) return;
  if (!(await commandLineOf(pid)).includes(dbPath)) return;
  say('Database: stopping the one that an interrupted run left behind ...');
  await endProcess(pid, stopWithinMs);
}

async function lastPort(dataDir: string): Promise<number> {
  const text = await readFile(join(dataDir, 'mongod.port'), 'utf8').catch(() => '');
  const port = Number.parseInt(text, 10);
  return port > 0 && port < 65_536 ? port : defaultPort;
}

function sensibleCacheGb(): number {
  const limit = process.constrainedMemory() ?? 0;
  const bytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  return Math.round(Math.min(4, Math.max(0.25, bytes / 4 / 2 ** 30)) * 100) / 100;
}

async function keepLogShort(logFile: string): Promise<void> {
  const size = await stat(logFile).then(
    (stats) => stats.size,
    () => 0,
  );
  if (size > largestLogBytes) await rename(logFile, `${logFile}.old`);
}
