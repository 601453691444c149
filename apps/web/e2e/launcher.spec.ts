import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandLineOf, isRunning } from '../../../packages/db/src/embedded/process-identity.ts';
import { launcherCommand, type Part, type RunningApp, startApp } from './harness.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await startApp({ ownDatabase: true });
});
afterAll(() => app?.stop());

async function pidOf(part: Part): Promise<number> {
  const pid = await app.pid(part);
  if (pid === undefined) throw new Error(`There is no ${part}.`);
  return pid;
}

async function until(what: string, holds: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${what}\n${app.output()}`);
    await wait(50);
  }
}

/** Runs a second launcher to its end and returns what it said. */
async function anotherStart(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const { file, args, options } = launcherCommand(env);
  const child = spawn(file, args, options);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output };
}

test.each(['api', 'worker', 'mongod'] as const)(
  'after kill -9 of the %s it runs again, and the rest goes on',
  async (part) => {
    const before = await pidOf(part);
    await app.kill(part);
    await until(`another ${part}`, async () => {
      const now = await app.pid(part);
      return now !== undefined && now !== before && isRunning(now);
    });
    await app.untilReady();
  },
);

test('a second start on a taken port, or on the same data, says what is wrong at once', async () => {
  const port = new URL(app.url).port;
  const samePort = await anotherStart({ PORT: port, DATA_DIR: app.dataDir });
  expect(samePort).toMatchObject({ code: 1, output: expect.stringContaining(`Port ${port} is taken`) });
  const sameData = await anotherStart({ PORT: '3198', DATA_DIR: app.dataDir });
  expect(sameData).toMatchObject({ code: 1, output: expect.stringContaining('already runs on the data') });
});

test('a wrong setting is named, and nothing is started', async () => {
  const wrong = await anotherStart({ PORT: '3198', DATA_DIR: `${app.dataDir}-other`, SMTP_URL: 'mail.example.com' });
  expect(wrong.code).toBe(1);
  expect(wrong.output).toContain('SMTP_URL');
});

test('after kill -9 of the launcher its processes leave, and the next start is clean', async () => {
  const [api, worker, mongod] = await Promise.all([pidOf('api'), pidOf('worker'), pidOf('mongod')]);
  await app.kill('launcher');
  await until('API and worker leave', async () => !isRunning(api) && !isRunning(worker), 20_000);
  await app.restart();
  expect(await commandLineOf(mongod)).not.toContain(app.dataDir);
  expect((await fetch(`${app.url}/readyz`)).ok).toBe(true);
});

test('SIGTERM ends the whole tree, the database included', async () => {
  const pids = await Promise.all([pidOf('api'), pidOf('worker'), pidOf('mongod'), pidOf('launcher')]);
  const launcher = await pidOf('launcher');
  process.kill(launcher, 'SIGTERM');
  await until('everything is gone', async () => pids.every((pid) => !isRunning(pid)), 30_000);
});

test('a part that crashes five times in a row is given up, with the reason, and the rest is stopped', async () => {
  await app.restart();
  const pids = await Promise.all([pidOf('api'), pidOf('mongod'), pidOf('launcher')]);
  for (let crash = 0, last = 0; crash < 5; crash++) {
    await until('a new worker', async () => {
      const pid = await app.pid('worker');
      return pid !== undefined && pid !== last && isRunning(pid);
    });
    last = await pidOf('worker');
    await app.kill('worker');
  }
  await until('everything is gone', async () => pids.every((pid) => !isRunning(pid)), 30_000);
  expect(app.output()).toContain('Worker stopped 5 times in a row');
});
