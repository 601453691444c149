import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Customer, type ImportKind, noCounts } from '@mini-crm/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../testing/test-app.ts';
import type { RunningLoop } from '../worker/loop.ts';
import { importLoops } from './import.loop.ts';
import { type Importer, importer } from './testing/importer.ts';

const fixture = new URL('../../../web/e2e/fixtures/cdnow/', import.meta.url);
const whole = new URL('../../../../../shared/data/cdnow/', import.meta.url);
const file = (folder: URL, kind: ImportKind) => readFileSync(new URL(`${kind}.csv`, folder));

const consent = { channel: 'email' as const, how: 'Ordered in the shop', at: '1997-01-01T00:00:00Z' };

let app: TestApp;
let loops: RunningLoop[];
beforeAll(async () => {
  app = await testApp({ IMPORT_MAX_BYTES: String(8 * 1024 * 1024), LEASE_MS: '2000' });
  loops = importLoops.map((loop) => loop.start(app.deps));
});
afterAll(async () => {
  await Promise.all(loops.map((loop) => loop.stop()));
  await app.close();
});

async function fresh(): Promise<Importer> {
  return importer(app, await app.owner());
}

describe.each([
  { name: 'a part of CDNOW', folder: fixture, customers: 393, orders: 1388, revenue: 5_208_224, free: 1 },
  { name: 'CDNOW whole', folder: whole, customers: 23_570, orders: 69_659, revenue: 250_031_563, free: 80 },
])('$name', ({ folder, customers, orders, revenue, free }) => {
  test.skipIf(!existsSync(fileURLToPath(folder)))(
    'is imported with nothing refused, and again with nothing changed',
    async () => {
      const org = await fresh();
      const first = await org.importFile('customers.csv', file(folder, 'customers'), { consent });
      expect(first.state).toBe('done');
      expect(first.counts).toMatchObject({ rows: customers, created: customers, refused: 0 });
      const bought = await org.importFile('orders.csv', file(folder, 'orders'), { kind: 'orders' });
      expect(bought.counts).toMatchObject({ rows: orders, created: orders, refused: 0 });

      const { models } = app.database.database;
      const orgId = org.orgId;
      const [sums] = await models.events.collection
        .aggregate([
          { $match: { orgId } },
          {
            $group: {
              _id: null,
              total: { $sum: '$total' },
              count: { $sum: 1 },
              free: { $sum: { $cond: [{ $eq: ['$total', 0] }, 1, 0] } },
            },
          },
        ])
        .toArray();
      expect(sums).toMatchObject({ total: revenue, count: orders, free });
      const [rolled] = await models.customers.collection
        .aggregate([
          { $match: { orgId } },
          { $group: { _id: null, revenue: { $sum: '$rollups.revenue' }, orders: { $sum: '$rollups.orderCount' } } },
        ])
        .toArray();
      expect(rolled).toMatchObject({ revenue, orders });
      expect(await models.customers.collection.countDocuments({ orgId, 'consents.email.state': 'granted' })).toBe(
        customers,
      );

      const versions = await models.customers.collection.countDocuments({ orgId, version: 1 });
      const again = await org.importFile('customers.csv', file(folder, 'customers'), { consent });
      expect(again.counts).toMatchObject({ rows: customers, unchanged: customers, created: 0, updated: 0 });
      const boughtAgain = await org.importFile('orders.csv', file(folder, 'orders'), { kind: 'orders' });
      expect(boughtAgain.counts).toMatchObject({ rows: orders, unchanged: orders });
      expect(await models.customers.collection.countDocuments({ orgId, version: 1 })).toBe(versions);
      expect(await models.events.collection.countDocuments({ orgId })).toBe(orders);
    },
    480_000,
  );
});

test('a leading zero stays, a BOM and CRLF are fine, semicolons are found', async () => {
  const org = await fresh();
  const csv = '\ufeffKundennummer;E-Mail;Vorname;PLZ;Guthaben\r\n007;Ada@Example.com;Ada;01099;"1.250,50"\r\n';
  const done = await org.importFile('kunden.csv', Buffer.from(csv));
  expect(done.counts).toMatchObject({ created: 1, refused: 0 });
  const [customer] = await org.customers();
  expect(customer).toMatchObject({
    externalId: '007',
    email: 'Ada@Example.com',
    firstName: 'Ada',
    attributes: { plz: '01099', guthaben: 1250.5 },
  });
});

test('a dry run decides everything and writes nothing', async () => {
  const org = await fresh();
  const csv = 'customer_id,email,colour\n1,a@example.com,red\n1,a@example.com,red\n2,nonsense,blue\n';
  const dry = await org.importFile('c.csv', Buffer.from(csv), { dryRun: true });
  expect(dry.counts).toMatchObject({ rows: 3, created: 1, unchanged: 1, refused: 1 });
  expect(await org.customers()).toHaveLength(0);
  expect((await org.call('attributes.list', { orgId: org.orgId })).data).toHaveLength(0);
});

test('an empty cell leaves the value, another value replaces it', async () => {
  const org = await fresh();
  await org.importFile('c.csv', Buffer.from('customer_id,email,first_name,colour\n1,a@example.com,Ada,red\n'));
  const done = await org.importFile('c.csv', Buffer.from('customer_id,email,first_name,colour\n1,,,blue\n'));
  expect(done.counts).toMatchObject({ updated: 1 });
  const [customer] = await org.customers();
  expect(customer).toMatchObject({ email: 'a@example.com', firstName: 'Ada', attributes: { colour: 'blue' } });
});

test('refused rows come back as a file, which is mended and imported', async () => {
  const org = await fresh();
  const csv =
    'customer_id,email,phone\n1,a@example.com,+49 171 1234567\n2,b@example,+49 171 7654321\n3,c@example.com\n';
  const done = await org.importFile('c.csv', Buffer.from(csv));
  expect(done.counts).toMatchObject({ created: 1, refused: 2 });
  const refused = await org.refusedFile(done.id);
  expect(refused.split('\r\n')).toEqual([
    'import_row,import_reason,customer_id,email,phone',
    "3,email: “b@example” is not an e-mail address.,2,b@example,'+49 171 7654321",
    '4,The row has fewer cells than the header.,3,c@example.com',
    '',
  ]);
  const mended = refused.replace('b@example,', 'b@example.com,').replace('c@example.com', 'c@example.com,');
  const again = await org.importFile('mended.csv', Buffer.from(mended));
  expect(again.counts).toMatchObject({ rows: 2, created: 2, refused: 0 });
  const mobile = (await org.customers()).find(({ externalId }) => externalId === '2');
  expect(mobile?.phone).toBe('+491717654321');
});

test('an import revives neither a withdrawn consent nor a suppressed address', async () => {
  const org = await fresh();
  await org.importFile('c.csv', Buffer.from('email\nout@example.com\nbad@example.com\nin@example.com\n'));
  const [out] = (await org.customers()).filter(({ email }) => email === 'out@example.com');
  const repository = org.db.customers;
  await repository.setConsent(out?.id as never, 'email', {
    state: 'withdrawn',
    at: new Date(),
    how: 'link',
    source: 'unsubscribe',
  });
  await org.db.suppressions.add({
    channel: 'email',
    address: 'bad@example.com',
    scope: 'all',
    reason: 'bounced',
    at: new Date(),
  });
  const done = await org.importFile('c.csv', Buffer.from('email\nout@example.com\nBad@example.com\nin@example.com\n'), {
    consent,
  });
  expect(done.counts).toMatchObject({ updated: 1, unchanged: 2, consentsKept: 2 });
  const states = Object.fromEntries((await org.customers()).map((one) => [one.email, one.consents.email?.state]));
  expect(states).toEqual({ 'out@example.com': 'withdrawn', 'bad@example.com': undefined, 'in@example.com': 'granted' });
});

test('orders without an id column: equal rows are as many orders, and importing them again adds none', async () => {
  const org = await fresh();
  await org.importFile('c.csv', Buffer.from('customer_id,email\n1,a@example.com\n'));
  const rows = Array.from({ length: 2500 }, () => '1,2026-01-05,9.90');
  const csv = Buffer.from(`customer_id,date,amount\n${rows.join('\n')}\n1,2026-01-06,-5\n9,2026-01-06,1\n`);
  const done = await org.importFile('orders.csv', csv, { kind: 'orders' });
  expect(done.counts).toMatchObject({ created: 2501, refused: 1 });
  const again = await org.importFile('orders.csv', csv, { kind: 'orders' });
  expect(again.counts).toMatchObject({ unchanged: 2501, created: 0, refused: 1 });
  const [customer] = await org.customers();
  expect(customer?.rollups).toMatchObject({ orderCount: 2500, revenue: 2500 * 990 - 500 });
});

test('one address for two ids, and two customers behind one row, are refused', async () => {
  const org = await fresh();
  await org.importFile('c.csv', Buffer.from('customer_id,email\n1,a@example.com\n2,b@example.com\n'));
  const done = await org.importFile(
    'c.csv',
    Buffer.from('customer_id,email\n1,B@example.com\n3,a@example.com\n4,\n,\n5,d@example.com\n'),
  );
  expect(done.counts).toMatchObject({ rows: 4, created: 2, refused: 2 });
});

describe('a file that can’t be imported is refused in whole', () => {
  test.each([
    ['UTF-16', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), 'upload_encoding'],
    ['Latin-1', Buffer.from('email,name\na@example.com,Zoë\n', 'latin1'), 'upload_encoding'],
    ['an Excel file', Buffer.from('504b0304140006000800', 'hex'), 'upload_not_csv'],
    ['a web page', Buffer.from('<!doctype html><title>x</title>'), 'upload_not_csv'],
    ['JSON', Buffer.from('[{"email":"a@example.com"}]'), 'upload_not_csv'],
    ['NUL bytes', Buffer.from('email\na@example.com\0\n'), 'upload_not_csv'],
    ['nothing', Buffer.from(''), 'upload_empty'],
    ['too many bytes', Buffer.alloc(8 * 1024 * 1024 + 1, 'a,b\n'), 'upload_too_large'],
  ])('%s', async (_, bytes, code) => {
    const org = await fresh();
    const answer = await org.upload('file.csv', bytes);
    expect(answer.error?.code).toBe(code);
    expect(await app.database.db.collection('uploads.chunks').countDocuments({})).toBe(await org.chunksOfOthers());
    expect(await app.database.db.collection('uploads').countDocuments({ orgId: org.orgId })).toBe(0);
  });

  test('the place of a wrong byte is named', async () => {
    const org = await fresh();
    const lines = Buffer.from('email,name\n'.concat('a@example.com,Ada\n'.repeat(10_000)));
    const answer = await org.upload('file.csv', Buffer.concat([lines, Buffer.from([0x62, 0xe4, 0x0a])]));
    expect(answer.error).toMatchObject({ code: 'upload_encoding', details: { line: 10_002, byte: lines.length + 2 } });
  });

  test('a row that is too long, far behind good ones', async () => {
    const org = await fresh();
    const good = Array.from({ length: 3000 }, (_, n) => `${n},p${n}@example.com`).join('\n');
    const bytes = Buffer.from(`customer_id,email\n${good}\n9999,${'x'.repeat(300_000)}\n`);
    const done = await org.importFile('long.csv', bytes);
    expect(done).toMatchObject({ state: 'failed', failure: { code: 'csv_row_too_long', details: { row: 3002 } } });
    expect(await org.customers()).toHaveLength(0);
  });

  test('a quote that never closes', async () => {
    const org = await fresh();
    const done = await org.importFile(
      'quote.csv',
      Buffer.from('customer_id,email\n1,a@example.com\n2,"b@example.com\n'),
    );
    expect(done).toMatchObject({ state: 'failed', failure: { code: 'csv_quote_unclosed', details: { row: 3 } } });
    expect(await org.customers()).toHaveLength(0);
  });
});

test('a mapping without a way to find people is refused before anything is queued', async () => {
  const org = await fresh();
  const answer = await org.tryStart('c.csv', Buffer.from('first,last\nAda,Lovelace\n'));
  expect(answer.error).toMatchObject({ code: 'import_mapping_invalid', details: { reason: 'identity_missing' } });
});

test('a cancelled import keeps what is written and says so', async () => {
  const org = await fresh();
  const rows = Array.from({ length: 30_000 }, (_, n) => `${n},p${n}@example.com`).join('\n');
  const id = await org.start('c.csv', Buffer.from(`customer_id,email\n${rows}\n`));
  await org.waitUntil(id, (job) => job.counts.rows > 0 || job.state === 'done');
  await org.call('imports.cancel', { orgId: org.orgId, importId: id });
  const job = await org.finished(id);
  expect(job.state).toBe('cancelled');
  expect(job.counts.created).toBe(await app.database.db.collection('customers').countDocuments({ orgId: org.orgId }));
  expect(job.counts.created).toBeLessThan(30_000);
});

test('one that was killed after its first batch and cancelled before its first beat sums what it wrote', async () => {
  const org = await fresh();
  await org.importFile('c.csv', Buffer.from('customer_id,email\n1,a@example.com\n'));
  const csv = Buffer.from('order_id,customer_id,date,amount\no1,1,2026-01-05,9.90\n');
  const { id } = await org.importFile('orders.csv', csv, { kind: 'orders' });
  const sent = await org.upload('orders.csv', csv);
  const [customer] = (await org.customers()) as [Customer];
  // As the kill left it: the batch is written, and neither its sums nor a sign of life are.
  const { customers, importBatches, imports } = app.database.database.models;
  await customers.collection.updateMany({ orgId: org.orgId }, { $set: { 'rollups.orderCount': 0 } });
  await importBatches.collection.updateMany({ importId: id }, { $set: { touched: [customer.id] } });
  const killed = { state: 'running', active: true, phase: 'writing', cancelAsked: true } as const;
  await imports.collection.updateOne(
    { _id: id },
    { $set: { ...killed, counts: noCounts, finishedAt: null, token: null, uploadId: sent.data.uploadId } },
  );
  expect(await org.finished(id)).toMatchObject({ state: 'cancelled', counts: { created: 1 } });
  expect((await org.customers())[0]?.rollups).toMatchObject({ orderCount: 1, revenue: 990 });
});
