import { existsSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DuckDBInstance } from '@duckdb/node-api';
import type { OrganizationId } from '@mini-crm/domain';
import { awkwardCustomers, awkwardRules } from '@mini-crm/domain/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { newId } from '../ids/new-id.ts';
import { columnFirstEngine } from './column-first-engine.ts';
import type { ColumnarEngine } from './columnar-engine.ts';
import { ownerPath } from './owner-request.ts';
import { ColumnsNotReady, QuestionCancelled, QuestionTooLong } from './question-errors.ts';
import { type EngineTrial, engineTrial, isNotReady } from './testing/engine-trial.ts';

const facts = awkwardCustomers(60, 31);
const rules = awkwardRules(8, 2);
const everyone = { kind: 'count', rule: { now: 0, zone: 'UTC', root: { type: 'everyone' } } } as const;
const patient = { timeLimitMs: 60_000 };
let trial: EngineTrial;
const engines: ColumnarEngine[] = [];
beforeAll(async () => {
  trial = await engineTrial();
});
afterEach(async () => {
  for (const engine of engines.splice(0)) await trial.stop(engine);
});
afterAll(() => trial.close());

function start(settings: Parameters<EngineTrial['start']>[0] = {}): ColumnarEngine {
  const engine = trial.start(settings);
  engines.push(engine);
  return engine;
}

async function stop(engine: ColumnarEngine): Promise<void> {
  engines.splice(engines.indexOf(engine), 1);
  await trial.stop(engine);
}

const roleOf = (engine: ColumnarEngine, kind: string) =>
  expect.poll(() => engine.role().kind, { timeout: 30_000 }).toBe(kind);

const insertCustomer = (orgId: OrganizationId, more: object = {}) => {
  const document = { _id: newId('customer'), orgId, attributes: {}, consents: {}, createdAt: new Date(0), ...more };
  return trial.database.driver.collection('customers').insertOne(document as never);
};

const loads = () => trial.said.filter((line) => line.includes('are loaded')).length;

test('columns are opened again as they were left, and what was written meanwhile is counted', async () => {
  const orgId = await trial.organization(facts);
  const first = start();
  await trial.ready(first, orgId);
  await stop(first);
  const before = loads();
  await insertCustomer(orgId);
  const next = start();
  await trial.ready(next, orgId);
  expect((await next.ask(orgId, everyone, patient)).value).toBe(facts.length + 1);
  expect(await trial.differences(next, orgId, rules)).toEqual([]);
  expect(loads()).toBe(before);
});

test('a question that comes while a file is opened waits for it, and one while columns are loaded does not', async () => {
  const orgId = await trial.organization(facts);
  const first = start({ openedMs: 60_000 });
  await first.begun();
  await expect(first.ask(orgId, everyone, patient)).rejects.toThrow(ColumnsNotReady);
  await trial.ready(first, orgId);
  await stop(first);
  const next = start({ openedMs: 60_000 });
  await next.begun();
  expect((await next.ask(orgId, everyone, patient)).value).toBe(facts.length);
});

test('of two processes one has the columns, and the other takes over when it is gone', async () => {
  const orgId = await trial.organization(facts);
  const [one, other] = [start(), start()];
  const hasRole = () => [one, other].filter((engine) => engine.role().kind === 'owner');
  await expect.poll(() => hasRole().length, { timeout: 30_000 }).toBe(1);
  const owner = hasRole()[0] as ColumnarEngine;
  const waiting = owner === one ? other : one;
  await roleOf(waiting, 'other');
  await trial.ready(owner, orgId);
  expect(await isNotReady(waiting.ask(orgId, everyone, patient))).toBe(true);

  await stop(owner);
  await roleOf(waiting, 'owner');
  await trial.ready(waiting, orgId);
  expect(await trial.differences(waiting, orgId, rules)).toEqual([]);
});

test('a process whose lease another one took stops answering', async () => {
  const orgId = await trial.organization(facts.slice(0, 5));
  const engine = start();
  await trial.ready(engine, orgId);
  const leases = trial.database.driver.collection<{ _id: string }>('audienceEngine');
  const until = new Date(Date.now() + 3_600_000);
  await leases.updateOne({ _id: 'lease' }, { $set: { owner: 'another', address: 'http://x', token: 'x', until } });
  await roleOf(engine, 'other');
  expect(await isNotReady(engine.ask(orgId, everyone, patient))).toBe(true);
  await leases.updateOne({ _id: 'lease' }, { $unset: { owner: '', until: '' } });
  await trial.ready(engine, orgId);
  expect((await engine.ask(orgId, everyone, patient)).value).toBe(5);
});

test.each([
  ['nothing but noise', async (file: string) => writeFile(file, 'noise '.repeat(5000))],
  ['damaged in its middle', damage],
  ['of an older layout', makeOlder],
])('a file that is %s is made anew', async (_, spoil) => {
  const orgId = await trial.organization(facts);
  const first = start();
  await trial.ready(first, orgId);
  await stop(first);
  await spoil(await trial.file(orgId));
  const before = loads();
  const next = start();
  await trial.ready(next, orgId);
  // A damage deep inside is found by the question that comes across it.
  await expect.poll(() => isNotReady(next.ask(orgId, everyone, patient)), { timeout: 30_000 }).toBe(false);
  await trial.ready(next, orgId);
  expect(await trial.differences(next, orgId, rules)).toEqual([]);
  expect(loads()).toBeGreaterThan(before);
});

async function damage(path: string): Promise<void> {
  const file = await open(path, 'r+');
  const { size } = await file.stat();
  await file.write(Buffer.alloc(4096 * 3, 7), 0, 4096 * 3, Math.min(4096, size - 4096 * 3));
  await file.close();
}

async function makeOlder(path: string): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run(`UPDATE meta SET value = replace(value, '"version":', '"version":9')`);
  connection.closeSync();
  instance.closeSync();
}

test('columns are made anew where the stream broke, and an attribute that is new gets a column', async () => {
  const orgId = await trial.organization(facts.slice(0, 20));
  const engine = start();
  await trial.ready(engine, orgId);
  const before = loads();
  await trial.database.driver.collection('segmentMembers').drop();
  await expect.poll(loads, { timeout: 30_000 }).toBeGreaterThan(before);
  await trial.ready(engine, orgId);
  const test = { kind: 'text', operator: 'eq', values: ['new'], caseSensitive: false } as const;
  const field = { path: 'attributes.brand_new', type: 'string' } as const;
  const root = { type: 'attribute', field, test, orMissing: false } as const;
  await insertCustomer(orgId, { attributes: { brand_new: 'New' } });
  expect((await engine.ask(orgId, { kind: 'count', rule: { ...everyone.rule, root } }, patient)).value).toBe(1);
});

test('the columns of an organization go with it, and after a while without questions the file is let go', async () => {
  const [gone, idle] = [await trial.organization(facts.slice(0, 5)), await trial.organization(facts.slice(0, 5))];
  const engine = start();
  await trial.ready(engine, gone);
  expect(existsSync(await trial.file(gone))).toBe(true);
  await trial.database.driver.collection<{ _id: string }>('organizations').deleteOne({ _id: gone });
  const file = await trial.file(gone);
  await expect.poll(() => existsSync(file), { timeout: 30_000 }).toBe(false);
  await stop(engine);

  const impatient = start({ idleMs: 100 });
  await trial.ready(impatient, idle);
  await expect.poll(() => impatient.state(idle).status, { timeout: 30_000 }).toBe('off');
  await trial.ready(impatient, idle);
});

test('more changes than may wait are followed apart, and all are counted in the end', async () => {
  const orgId = await trial.organization(facts.slice(0, 5));
  const engine = start({ limits: { backlog: 3, catchUpMs: 60_000, retryMs: 10 } });
  await trial.ready(engine, orgId);
  const documents = Array.from({ length: 400 }, () => ({
    _id: newId('customer'),
    orgId,
    attributes: {},
    consents: {},
  }));
  await trial.database.driver
    .collection('customers')
    .insertMany(documents.map((each) => ({ ...each, createdAt: new Date(0) })) as never);
  const size = async () => {
    await trial.ready(engine, orgId);
    return engine.ask(orgId, everyone, patient).then(
      ({ value }) => value,
      () => -1,
    );
  };
  await expect.poll(size, { timeout: 30_000 }).toBe(405);
});

test('a question that nobody waits for is cancelled, and one that takes too long ends', async () => {
  const orgId = await trial.organization(facts.slice(0, 5));
  const engine = start();
  await trial.ready(engine, orgId);
  const cancelled = new AbortController();
  const asked = engine.ask(orgId, everyone, { ...patient, signal: cancelled.signal });
  cancelled.abort();
  await expect(asked).rejects.toBeInstanceOf(QuestionCancelled);
  await expect(engine.ask(orgId, everyone, { timeLimitMs: 0 })).rejects.toBeInstanceOf(QuestionTooLong);
  expect((await engine.ask(orgId, everyone, patient)).value).toBe(5);
});

test('a process without columns asks the one that has them, and MongoDB where that does not answer', async () => {
  const orgId = await trial.organization(facts.slice(0, 7));
  const now = () => new Date();
  let owner: ReturnType<typeof columnFirstEngine> | null = null;
  const server: Server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const opens = owner?.opens(String(request.headers.authorization).replace('Bearer ', ''));
    const answer = opens && request.url === ownerPath ? await owner?.forwarded(JSON.parse(body)) : null;
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const columns = start({ address });
  await roleOf(columns, 'owner');
  owner = columnFirstEngine(columns, trial.database, now);
  const without = start();
  await roleOf(without, 'other');
  const asking = columnFirstEngine(without, trial.database, now);

  expect(await asking.audience(orgId).count(everyone.rule)).toMatchObject({ size: 7, source: 'database' });
  await trial.ready(columns, orgId);
  expect(await asking.audience(orgId).preview(everyone.rule, 3)).toMatchObject({
    size: 7,
    total: 7,
    source: 'columnar',
  });
  expect(asking.state(orgId)).toMatchObject({ status: 'ready', asOf: expect.any(Date) });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(await asking.audience(orgId).count(everyone.rule)).toMatchObject({ size: 7, source: 'database' });
});
