import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from './free-port.ts';
import { isRunning } from './process-identity.ts';
import { type EmbeddedMongod, startEmbeddedMongod } from './start-mongod.ts';

let dataDir: string;
const started: EmbeddedMongod[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'mini-crm-embedded-'));
});
afterAll(async () => {
  await Promise.all(started.map((mongod) => mongod.stop()));
  await rm(dataDir, { recursive: true, force: true });
});

async function start(port?: number): Promise<EmbeddedMongod> {
  const mongod = await startEmbeddedMongod({
    dataDir,
    say: () => undefined,
    cacheGb: 0.25,
    ...(port === undefined ? {} : { port }),
  });
  started.push(mongod);
  return mongod;
}

async function withThings<T>(
  mongod: EmbeddedMongod,
  act: (things: import('mongodb').Collection<{ _id: string }>, client: MongoClient) => Promise<T>,
): Promise<T> {
  const client = await MongoClient.connect(mongod.uri);
  try {
    return await act(client.db('shop').collection('things'), client);
  } finally {
    await client.close();
  }
}

test('starts a replica set that keeps its data, survives a kill, an orphan and a taken port', async () => {
  const first = await start(await freePort(27_231));
  await withThings(first, (things, client) =>
    client.withSession((session) =>
      session.withTransaction(() => things.insertOne({ _id: 'in a transaction' }, { session })),
    ),
  );

  process.kill(first.pid, 'SIGKILL');
  await first.exited;
  const second = await start();
  expect(second.port).toBe(first.port);
  expect(await withThings(second, (things) => things.countDocuments())).toBe(1);

  // The launcher was killed: its mongod still runs on the same folder.
  const third = await start();
  expect(isRunning(second.pid)).toBe(false);
  await third.stop();
  expect(isRunning(third.pid)).toBe(false);

  const squatter = createServer((socket) => socket.destroy()).listen(third.port, '127.0.0.1');
  await new Promise((resolve) => squatter.once('listening', resolve));
  const fourth = await start();
  squatter.close();
  expect(fourth.port).not.toBe(third.port);
  await withThings(fourth, (things) => things.insertOne({ _id: 'on another port' }));
  expect(await withThings(fourth, (things) => things.countDocuments())).toBe(2);
}, 120_000);

test('a mongod that can not start says why', async () => {
  const wrong = startEmbeddedMongod({
    dataDir: join(dataDir, 'wrong'),
    say: () => undefined,
    args: ['--noSuchArgument'],
  });
  await expect(wrong).rejects.toThrow(/noSuchArgument/);
});

test('starts at the same moment, with the same port in mind, come up side by side', async () => {
  const port = await freePort(0);
  const folders = await Promise.all([1, 2, 3].map(() => mkdtemp(join(tmpdir(), 'mini-crm-embedded-'))));
  const begin = (folder: string) => startEmbeddedMongod({ dataDir: folder, port, say: () => undefined, cacheGb: 0.25 });
  const together = await Promise.all(folders.map(begin));
  started.push(...together);
  expect(new Set(together.map((mongod) => mongod.port)).size).toBe(folders.length);
  await Promise.all(together.map((mongod) => mongod.stop()));
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});
