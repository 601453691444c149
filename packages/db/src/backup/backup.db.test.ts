import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { Binary, Double, GridFSBucket, Int32, Long, MongoClient } from 'mongodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testMongoUri } from '../testing/test-database.ts';
import { encodeFrame } from './backup-format.ts';
import { restoreBackup } from './restore-backup.ts';
import { writeBackup } from './write-backup.ts';

const name = `test_backup_${process.pid}`;
let client: MongoClient;
let folder: string;
let file: string;
beforeAll(async () => {
  client = await MongoClient.connect(testMongoUri());
  folder = await mkdtemp(join(tmpdir(), 'mini-crm-backup-'));
  file = join(folder, 'all.backup');
});
afterAll(async () => {
  await client.db(`${name}_a`).dropDatabase();
  await client.db(`${name}_b`).dropDatabase();
  await client.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await client.db(`${name}_a`).dropDatabase();
  await client.db(`${name}_b`).dropDatabase();
});

const a = () => client.db(`${name}_a`);
const b = () => client.db(`${name}_b`);

const awkward = {
  _id: 'cus_1' as never,
  five: new Int32(5),
  fiveLong: Long.fromNumber(5),
  fiveDouble: new Double(5),
  empty: '',
  missing: null,
  list: [] as unknown[],
  at: new Date(0),
  bytes: new Binary(Buffer.from([0, 255])),
  text: 'Zoë 🎉 ς',
  nested: { deep: [{ when: new Date('2026-02-28T23:59:59.999Z') }] },
};

test('what is restored is what was backed up: values, their types, and files', async () => {
  await a().collection('customers').insertOne(awkward);
  await a()
    .collection('events')
    .insertMany(Array.from({ length: 5_000 }, (_, index) => ({ _id: `e${index}` as never, total: index })));
  const content = Buffer.alloc(700_000, 'file ');
  await pipeline(Readable.from([content]), new GridFSBucket(a(), { bucketName: 'uploads' }).openUploadStream('x.csv'));

  const written = await writeBackup(client, a(), file);
  const restored = await restoreBackup(b(), file);
  expect(restored).toEqual(written);
  expect(written.get('events')).toBe(5_000);

  const raw = { promoteValues: false } as const;
  const [before] = await a().collection('customers').find({}, raw).toArray();
  expect(await b().collection('customers').find({}, raw).toArray()).toEqual([before]);
  const chunks = await new GridFSBucket(b(), { bucketName: 'uploads' }).openDownloadStreamByName('x.csv').toArray();
  expect(Buffer.concat(chunks).equals(content)).toBe(true);
});

test('a database that was only prepared counts as empty', async () => {
  await a()
    .collection('settings')
    .insertOne({ _id: 'secret' as never, value: 'old' });
  await writeBackup(client, a(), file);
  await b()
    .collection('settings')
    .insertOne({ _id: 'secret' as never, value: 'made at the first start' });
  await restoreBackup(b(), file);
  expect(await b().collection('settings').find().toArray()).toEqual([{ _id: 'secret', value: 'old' }]);
});

test('refuses to write over data, unless it is told to replace it', async () => {
  await a().collection('customers').insertOne(awkward);
  await writeBackup(client, a(), file);
  await b().collection('other').insertOne({ kept: true });
  await expect(restoreBackup(b(), file)).rejects.toThrow(/not empty/);
  await restoreBackup(b(), file, { force: true });
  expect(await b().collection('other').countDocuments()).toBe(0);
  expect(await b().collection('customers').countDocuments()).toBe(1);
});

test('a file that is cut off, or is something else, changes nothing', async () => {
  await a().collection('customers').insertOne(awkward);
  await writeBackup(client, a(), file);
  const bytes = await readFile(file);
  const short = join(folder, 'short');
  await writeFile(short, bytes.subarray(0, bytes.length - 20));
  await expect(restoreBackup(b(), short)).rejects.toThrow(/cut off/);
  await writeFile(short, 'hello');
  await expect(restoreBackup(b(), short)).rejects.toThrow(/not a backup/);
  await writeFile(short, gzipSync('hello, this is some text'));
  await expect(restoreBackup(b(), short)).rejects.toThrow(/damaged/);
  await expect(restoreBackup(b(), join(folder, 'nowhere'))).rejects.toThrow(/no such file/);
  expect(await b().listCollections().toArray()).toEqual([]);
});

test('refuses a backup of a newer release', async () => {
  const header = { format: 'mini-crm-backup', formatVersion: 1, schemaVersion: 9_999, at: new Date() };
  const frames = Buffer.concat([encodeFrame('H', header), encodeFrame('E', { collections: 0, documents: 0 })]);
  const newer = join(folder, 'newer');
  await writeFile(newer, gzipSync(frames));
  await expect(restoreBackup(b(), newer)).rejects.toThrow(/newer/);
});

test('shows one instant, although the app goes on writing', async () => {
  await a()
    .collection('bulk')
    .insertMany(Array.from({ length: 20_000 }, (_, index) => ({ _id: `b${index}` as never })));
  const orders = a().collection('orders');
  const totals = a().collection<{ _id: string; orders: number }>('totals');
  await totals.insertOne({ _id: 'all', orders: 0 });
  await orders.insertOne({});
  await totals.updateOne({ _id: 'all' }, { $inc: { orders: 1 } });

  let going = true;
  const working = (async () => {
    while (going) {
      await client.withSession((session) =>
        session.withTransaction(async () => {
          await orders.insertOne({}, { session });
          await totals.updateOne({ _id: 'all' }, { $inc: { orders: 1 } }, { session });
        }),
      );
    }
  })();
  await writeBackup(client, a(), file);
  going = false;
  await working;

  await restoreBackup(b(), file);
  const restored = await b().collection('orders').countDocuments();
  expect(await b().collection('totals').findOne({})).toMatchObject({ orders: restored });
  expect(await orders.countDocuments()).toBeGreaterThan(restored);
});
