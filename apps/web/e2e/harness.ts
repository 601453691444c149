import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../../packages/db/src/embedded/free-port.ts';

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const readyWithinMs = 120_000;

/** The processes of a running app that a test may kill. */
export type Part = 'launcher' | 'api' | 'worker' | 'mongod';

export interface RunningApp {
  readonly url: string;
  /** Its database, for a test that reads what was stored. */
  readonly mongoUri: string;
  readonly dataDir: string;
  /** The id of a part as it runs now, undefined while it does not run. */
  pid(part: Part): Promise<number | undefined>;
  /** `kill -9`: nothing is told, nothing is written down. */
  kill(part: Part): Promise<void>;
  /** Waits until the API answers again after a kill. */
  untilReady(timeoutMs?: number): Promise<void>;
  /** Everything the launcher said so far, for a failure's message. */
  output(): string;
  /** Stops the tree in order and starts it again on the same data, with other settings if they are given. */
  restart(env?: Readonly<Record<string, string>>): Promise<void>;
  /** Stops the tree in order and removes its data. */
  stop(): Promise<void>;
}

export interface AppOptions {
  /** Settings as in .env.example; the developer's own .env is not read. */
  readonly env?: Readonly<Record<string, string>>;
  /** An embedded mongod of its own even where MONGODB_URI is set: for tests that kill it. */
  readonly ownDatabase?: boolean;
}

/**
 * Starts the real app as `npm start` does (the launcher, the API, the worker, and a mongod unless MONGODB_URI is set) on
 * a free port and a data folder of its own. It must be built: `npm run build`; with E2E_FROM_SOURCE=1 the server runs
 * from source and only the web app must be built.
 */
export async function startApp(options: AppOptions = {}): Promise<RunningApp> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mini-crm-e2e-'));
  const port = await freePort(0);
  const url = `http://127.0.0.1:${port}`;
  const shared = options.ownDatabase ? undefined : process.env.MONGODB_URI;
  const sharedUri = shared && withDatabase(shared, `e2e_${randomBytes(6).toString('hex')}`);
  let output = '';
  let launcher: ChildProcess | undefined;
  let settings = options.env ?? {};

  const launch = async () => {
    const { file, args, options } = launcherCommand({
      PORT: String(port),
      PUBLIC_URL: url,
      DATA_DIR: dataDir,
      ...(sharedUri ? { MONGODB_URI: sharedUri } : {}),
      ...settings,
    });
    const child = spawn(file, args, options);
    launcher = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        output += chunk;
      });
    }
    await untilReady(readyWithinMs);
  };

  const untilReady = async (timeoutMs = readyWithinMs) => {
    const deadline = Date.now() + timeoutMs;
    while (!(await answers(`${url}/readyz`))) {
      if (launcher?.exitCode !== null) throw new Error(`The app ended instead of serving:\n${output}`);
      if (Date.now() > deadline) throw new Error(`The app did not serve within ${timeoutMs} ms:\n${output}`);
      await wait(50);
    }
  };

  const end = async () => {
    const child = launcher;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  };

  const read = async (): Promise<Running> =>
    JSON.parse(await readFile(join(dataDir, 'processes.json'), 'utf8').catch(() => '{}'));

  try {
    await launch();
  } catch (error) {
    await end();
    throw error;
  }

  const pid = async (part: Part) => (part === 'launcher' ? launcher?.pid : (await read()).processes?.[part]);
  return {
    url,
    mongoUri: (await read()).uri ?? '',
    dataDir,
    pid,
    async kill(part) {
      const id = await pid(part);
      if (id === undefined) throw new Error(`There is no ${part} to kill.`);
      process.kill(id, 'SIGKILL');
    },
    untilReady,
    output: () => output,
    async restart(env) {
      await end();
      settings = { ...settings, ...env };
      await launch();
    },
    async stop() {
      await end();
      if (sharedUri) await drop(sharedUri);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

interface Running {
  readonly uri?: string;
  readonly processes?: Readonly<Partial<Record<Part, number>>>;
}

/** How a test runs the launcher: as `npm start` does, without setting up and without the developer's settings. */
export function launcherCommand(env: Readonly<Record<string, string>>) {
  const fromSource = ['--conditions=source', '--import', 'tsx', 'scripts/start.mjs', '--from-source'];
  const args = process.env.E2E_FROM_SOURCE ? fromSource : ['scripts/start.mjs'];
  const options: SpawnOptions = {
    cwd: root,
    env: { ...withoutSettings(process.env), RATE_LIMIT_PER_MINUTE: '1000000', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  };
  return { file: process.execPath, args: [...args, '--no-setup', '--settings='], options };
}

/** Vitest's own settings and a developer's mail server must not reach the app under test. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const ours =
    /^(MONGODB_URI|PORT|HOST|PUBLIC_URL|DATA_DIR|SMTP_.*|SYSTEM_FROM|SECRET|LOG_.*|NODE_ENV|NODE_OPTIONS|VITEST.*|npm_lifecycle_event)$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ours.test(name)));
}

async function answers(address: string): Promise<boolean> {
  const response = await fetch(address, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
  return response?.ok ?? false;
}

async function drop(uri: string): Promise<void> {
  const { connect } = await import('../../../packages/db/src/database.ts');
  const database = await connect(uri);
  await database.driver.dropDatabase();
  await database.close();
}

function withDatabase(uri: string, name: string): string {
  const [, start = '', query = ''] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(uri) ?? [];
  return `${start}/${name}${query}`;
}
