import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../testing/test-app.ts';

let app: TestApp;
let ann: Awaited<ReturnType<TestApp['owner']>>;
let port: number;
beforeAll(async () => {
  app = await testApp({ IMPORT_MAX_BYTES: String(4 * 1024 * 1024) });
  await app.app.listen({ port: 0, host: '127.0.0.1' });
  port = (app.app.server.address() as AddressInfo).port;
  ann = await app.owner();
});
afterAll(() => app.close());

/** An upload over a real socket, as a browser sends it. */
function upload(headers: Record<string, string> = {}): ClientRequest {
  const path = `/api/o/${ann.orgId}/uploads?name=${encodeURIComponent('../../läufer.csv')}`;
  return request({ port, host: '127.0.0.1', method: 'PUT', path, headers: { cookie: ann.cookie(), ...headers } });
}

async function answer(sent: ClientRequest): Promise<{ status: number; body: Record<string, never> }> {
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const piece of response) text += piece;
  return { status: response.statusCode ?? 0, body: JSON.parse(text) };
}

async function nothingIsLeft(): Promise<void> {
  for (const name of ['uploads', 'uploads.files', 'uploads.chunks']) {
    expect(await app.database.db.collection(name).countDocuments({})).toBe(0);
  }
}

const line = Buffer.from('ada@example.com,Ada\n'.repeat(3000));

test('2 GB are refused by their announced length, before a byte is sent', async () => {
  const sent = upload({ 'content-length': String(2 * 1024 ** 3), 'content-type': 'text/csv' });
  sent.flushHeaders();
  const { status, body } = await answer(sent);
  sent.destroy();
  expect(status).toBe(413);
  expect(body.error).toEqual({ code: 'upload_too_large', details: { limit: 4 * 1024 * 1024 } });
  await nothingIsLeft();
});

test('what doesn’t say its length is counted, and nothing of it stays', async () => {
  const sent = upload();
  const answered = answer(sent);
  for (let size = 0; size <= 5 * 1024 * 1024; size += line.length) sent.write(line);
  sent.end();
  expect((await answered).body.error).toMatchObject({ code: 'upload_too_large' });
  await nothingIsLeft();
});

test('an upload that breaks off leaves nothing', async () => {
  const sent = upload();
  sent.on('error', () => undefined);
  for (let size = 0; size <= 1024 * 1024; size += line.length) sent.write(line);
  const chunks = app.database.db.collection('uploads.chunks');
  while ((await chunks.countDocuments({})) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  sent.destroy();
  const uploads = app.database.db.collection('uploads');
  while ((await uploads.countDocuments({})) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  await nothingIsLeft();
});

test('a file comes back byte for byte, with a name that is only a name, for its own organization alone', async () => {
  const sent = upload();
  sent.end(line);
  const { status, body } = await answer(sent);
  expect(status).toBe(200);
  expect(body).toMatchObject({ name: 'läufer.csv', size: line.length });
  const db = app.database.database.forOrganization(ann.orgId);
  const stored = await db.uploads.get(body.uploadId as never);
  const pieces: Uint8Array[] = [];
  for await (const piece of db.uploads.read(stored as never)) pieces.push(piece);
  expect(Buffer.concat(pieces).equals(line)).toBe(true);
  const other = await app.owner();
  const seen = await other.call('imports.inspect', { orgId: other.orgId, uploadId: body.uploadId });
  expect(seen.error?.code).toBe('not_found');
});

test('files that nobody came back for are swept, those of a waiting import stay', async () => {
  const sent = upload();
  sent.end(line);
  const { uploadId } = (await answer(sent)).body as unknown as { uploadId: string };
  const { importQueue, models } = app.database.database;
  const later = new Date(Date.now() + 10 * 24 * 3_600_000);
  await models.imports.collection.insertOne({ _id: 'imp_x', orgId: ann.orgId, uploadId, state: 'queued' } as never);
  await importQueue.sweepUploads(later, 1000, 1000);
  expect(await models.uploads.collection.countDocuments({ _id: uploadId as never })).toBe(1);
  await models.imports.collection.deleteMany({});
  await importQueue.sweepUploads(later, 1000, 1000);
  await nothingIsLeft();
});

test('an upload from another page is refused', async () => {
  const sent = upload({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' });
  sent.end(line);
  expect((await answer(sent)).body.error).toMatchObject({ code: 'wrong_origin' });
  await nothingIsLeft();
});

test('an organization keeps five of the largest files; one that was left lying makes place', async () => {
  const { uploads } = app.database.database.models;
  const document = { orgId: ann.orgId, name: 'kept.csv', size: 4 * 1024 * 1024, state: 'ready', touchedAt: new Date() };
  const kept = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ _id: `upl_${id}`, ...document }));
  await uploads.collection.insertMany(kept as never);
  const send = () => {
    const sent = upload({ 'content-length': String(line.length) });
    sent.end(line);
    return answer(sent);
  };
  const refused = await send();
  expect(refused.body.error).toEqual({ code: 'upload_quota', details: { limit: 20 * 1024 * 1024 } });
  expect(await uploads.collection.countDocuments({})).toBe(5);
  const hoursAgo = new Date(Date.now() - 2 * 3_600_000);
  await uploads.collection.updateOne({ _id: 'upl_a' as never }, { $set: { touchedAt: hoursAgo } });
  expect((await send()).status).toBe(200);
  expect(await uploads.collection.countDocuments({ _id: 'upl_a' as never })).toBe(0);
});
