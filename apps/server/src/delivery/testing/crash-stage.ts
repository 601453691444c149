import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect, type Database } from '@mini-crm/db';
import { type EmbeddedMongod, freePort, startEmbeddedMongod } from '@mini-crm/db/embedded';
import { type SmtpLedger, startSmtp } from '../../testing/smtp-ledger.ts';

const here = fileURLToPath(new URL('../../', import.meta.url));
const movingClock = join(here, 'testing/moving-clock.ts');

/** A process of the app that can be killed at any moment and started again. */
export interface Victim {
  readonly name: string;
  start(): Promise<void>;
  /** `kill -9`, and waits until it is gone. */
  kill(): Promise<void>;
  /** Stops it for a while, as a machine that swaps does. */
  freeze(ms: number): Promise<void>;
  /** Sets its wall clock wrong by so many ms, now and at every later start. */
  moveClock(ms: number): Promise<void>;
  output(): string;
}

/** Real processes around a real mongod and a real SMTP server, which writes down what arrived. */
export interface CrashStage {
  readonly smtp: SmtpLedger;
  readonly database: Database;
  readonly api: Victim;
  readonly workers: readonly [Victim, Victim];
  readonly mongod: {
    kill(): Promise<void>;
    start(): Promise<void>;
    /** The next `times` writes of workers are done and answered with an error, or not done because the connection closes. */
    fail(how: 'done' | 'closed', times: number): Promise<void>;
  };
  stop(): Promise<void>;
}

/** Sets the stage with a database of its own. `leaseMs` is how long a dead worker's pages wait for another one. */
export async function crashStage(options: { leaseMs: number; smtpDelayMs: number }): Promise<CrashStage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mini-crm-crash-'));
  const smtp = await startSmtp({ delayMs: options.smtpDelayMs });
  const port = await freePort(0);
  const say = () => undefined;
  const args = ['--setParameter', 'enableTestCommands=1'];
  const start = () => startEmbeddedMongod({ dataDir, port, say, cacheGb: 0.25, args });
  let mongod: EmbeddedMongod = await start();
  const database = await connect(mongod.uri, { dbName: 'crash', appName: 'crash-test' });
  await database.prepare();
  const env = {
    PATH: process.env.PATH ?? '',
    NODE_ENV: 'test',
    MONGODB_URI: mongod.uri.replace('/?', '/crash?'),
    SMTP_URL: smtp.url,
    SMTP_CONNECTIONS: '10',
    PORT: String(await freePort(0)),
    LEASE_MS: String(options.leaseMs),
    LOG_LEVEL: 'warn',
  };
  const clock = (name: string) => join(dataDir, `clock-${name}`);
  const api = await victim('api', join(here, 'api.ts'), env, clock('api'));
  const workers = [
    await victim('worker A', join(here, 'worker.ts'), env, clock('a')),
    await victim('worker B', join(here, 'worker.ts'), env, clock('b')),
  ] as const;
  return {
    smtp,
    database,
    api,
    workers,
    mongod: {
      async kill() {
        process.kill(mongod.pid, 'SIGKILL');
        await mongod.exited;
      },
      async start() {
        mongod = await start();
      },
      async fail(how, times) {
        const failCommands = ['update', 'insert', 'findAndModify', 'commitTransaction'];
        const fault =
          how === 'closed' ? { closeConnection: true } : { writeConcernError: { code: 91, errmsg: 'shutting down' } };
        await database.client.db('admin').command({
          configureFailPoint: 'failCommand',
          mode: { times },
          data: { failCommands, appName: 'mini-crm-worker', ...fault },
        });
      },
    },
    async stop() {
      await Promise.all([api, ...workers].map((one) => one.kill()));
      await database.close();
      await mongod.stop();
      await smtp.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function victim(name: string, file: string, env: Record<string, string>, clockFile: string): Promise<Victim> {
  await writeFile(clockFile, '0');
  let child: ChildProcess | undefined;
  let wanted = false;
  let said = '';
  const alive = () => child !== undefined && child.exitCode === null && child.signalCode === null;
  const spawned = async () => {
    const args = ['--conditions=source', '--import', 'tsx', '--import', movingClock, file];
    const stdio: StdioOptions = ['ignore', 'pipe', 'pipe'];
    const started = spawn(process.execPath, args, { env: { ...env, CLOCK_FILE: clockFile }, stdio });
    child = started;
    for (const stream of [started.stdout, started.stderr]) {
      stream?.on('data', (chunk) => {
        said = (said + chunk).slice(-20_000);
      });
    }
    // As the launcher does: who can't start because the database is away is started again.
    started.once('exit', () => setTimeout(() => wanted && !alive() && void spawned(), 200));
    await new Promise((resolve, reject) => {
      started.once('spawn', resolve);
      started.once('error', reject);
    });
  };
  return {
    name,
    async start() {
      wanted = true;
      if (!alive()) await spawned();
    },
    async kill() {
      wanted = false;
      if (!child || !alive()) return;
      const gone = new Promise((resolve) => child?.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    },
    async freeze(ms) {
      if (!alive()) return;
      child?.kill('SIGSTOP');
      await new Promise((resolve) => setTimeout(resolve, ms));
      child?.kill('SIGCONT');
    },
    moveClock: (ms) => writeFile(clockFile, String(ms)),
    output: () => said,
  };
}
