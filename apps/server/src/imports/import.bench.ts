import { spawn } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { connect, type Database, type ImportDocument, newId } from '@mini-crm/db';
import { firstRows, guessColumns, type ImportId, type ImportKind, type OrganizationId } from '@mini-crm/domain';
import { pino } from 'pino';
import { openChannel } from '../delivery/channels/open-channel.ts';
import { readEnv } from '../env.ts';
import { importLoops } from './import.loop.ts';

// `npm run bench -- import [customers]`: files are made up with a fixed seed, stored as uploads, and imported by the worker's
// own loop in a process of its own, whose peak memory is its own. A quarter of the file beside the whole one shows whether
// memory grows with it. The bar is the measured peer, listmonk on two cores: 5,200 subscribers a second.

const barRows = 5200;
const aimRows = 20_000;
/** The whole file may take this much more memory than a quarter of it: what a garbage collector leaves lying about. */
const barGrowth = 1.25;
const ordersEach = 5;

const uri = process.env.MONGODB_URI ?? 'mongodb://127.0.0.1:27017';
interface Measured {
  readonly rows: number;
  readonly seconds: number;
  readonly peakMb: number;
  readonly bytes: number;
  /** Processor time of the importing process and of mongod; what is left when others share the machine. */
  readonly cpuSeconds: number;
  readonly mongodSeconds: number;
}

interface Ended {
  readonly peakMb: number;
  readonly cpuSeconds: number;
}

async function measure(customers: number): Promise<void> {
  const small = Math.round(customers / 4);
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.versions.node}`;
  console.log(`import: ${machine}; the importing process and mongod share them`);
  const results: Record<ImportKind, Measured[]> = { customers: [], orders: [] };
  for (const size of [small, customers]) {
    const dbName = `bench_import_${process.pid}_${size}`;
    const database = await connect(uri, { dbName });
    try {
      await database.prepare();
      const orgId = newId('organization');
      await database.models.organizations.collection.insertOne({
        _id: orgId,
        slug: 'bench',
        name: 'Bench',
        timeZone: 'Europe/Berlin',
        currency: 'USD',
        createdAt: new Date(),
      } as never);
      for (const kind of ['customers', 'orders'] as const) {
        const result = await one(database, dbName, orgId, kind, kind === 'customers' ? size : size * ordersEach);
        results[kind].push(result);
        const { rows, seconds, peakMb, bytes, cpuSeconds, mongodSeconds } = result;
        console.log(
          `  ${String(rows).padStart(7)} ${kind.padEnd(9)} ${(bytes / 1e6).toFixed(1).padStart(6)} MB  ${seconds.toFixed(1).padStart(5)} s  ${Math.round(
            rows / seconds,
          )
            .toLocaleString('en')
            .padStart(
              7,
            )} rows/s  peak ${peakMb.toFixed(0)} MB  cpu ${cpuSeconds.toFixed(1)} s, mongod ${mongodSeconds.toFixed(1)} s`,
        );
      }
    } finally {
      await database.driver.dropDatabase();
      await database.close();
    }
  }
  report(results);
}

function report(results: Record<ImportKind, Measured[]>): void {
  const [quarter, whole] = results.customers as [Measured, Measured];
  const [quarterOrders, wholeOrders] = results.orders as [Measured, Measured];
  const rate = whole.rows / whole.seconds;
  const growth = whole.peakMb / quarter.peakMb;
  const growthOrders = wholeOrders.peakMb / quarterOrders.peakMb;
  const bars = [
    {
      holds: rate >= barRows,
      text: `customers: ${Math.round(rate).toLocaleString('en')} rows/s, bar ${barRows.toLocaleString('en')} (aim ${aimRows.toLocaleString('en')}: ${rate >= aimRows ? 'reached' : 'not reached'})`,
    },
    {
      holds: growth <= barGrowth,
      text: `memory, customers: ${growth.toFixed(2)} times for 4 times the file, bar ${barGrowth}`,
    },
    {
      holds: growthOrders <= barGrowth,
      text: `memory, orders: ${growthOrders.toFixed(2)} times for 4 times the file, bar ${barGrowth}`,
    },
  ];
  for (const { holds, text } of bars) console.log(`  ${holds ? 'holds' : 'FAILS'}  ${text}`);
  const held = bars.filter(({ holds }) => holds).length;
  console.log(`import: ${held} of ${bars.length} bars hold`);
  process.exitCode = held === bars.length ? 0 : 1;
}

/** Stores a file, queues its import, lets a process of its own do it, and checks that every row became one. */
async function one(
  database: Database,
  dbName: string,
  orgId: OrganizationId,
  kind: ImportKind,
  rows: number,
): Promise<Measured> {
  const db = database.forOrganization(orgId);
  const lines = kind === 'customers' ? customerLines(rows) : orderLines(rows);
  const upload = await db.uploads.receive(`${kind}.csv`, chunks(lines));
  const sample = [...take(kind === 'customers' ? customerLines(200) : orderLines(200), 200)].join('');
  const [header = [], ...firsts] = firstRows(sample, ',', 200);
  const importId = newId('import');
  await db.imports.insert({
    _id: importId,
    kind,
    uploadId: upload._id,
    fileName: upload.name,
    fileSize: upload.size,
    delimiter: ',',
    header,
    columns: guessColumns(kind, header, firsts, []),
    options: {
      zone: 'Europe/Berlin',
      currency: 'USD',
      decimalSign: '.',
      dateOrder: 'dmy',
      consent: kind === 'customers' ? { channel: 'email', how: 'Bench', at: '2024-01-01T00:00:00Z' } : null,
    },
    dryRun: false,
    createdBy: { id: 'bench', name: 'Bench' },
    createdAt: new Date(),
  });
  const before = await mongodCpu(database);
  const { peakMb, cpuSeconds } = await worker(dbName, orgId, importId);
  const mongodSeconds = (await mongodCpu(database)) - before;
  const job = (await db.imports.get(importId)) as ImportDocument;
  if (job.state !== 'done' || job.counts.created !== rows)
    throw new Error(`Not imported: ${JSON.stringify(job.counts)} ${JSON.stringify(job.failure)}`);
  const seconds = ((job.finishedAt as Date).getTime() - (job.startedAt as Date).getTime()) / 1000;
  return { rows, seconds, peakMb, bytes: upload.size, cpuSeconds, mongodSeconds };
}

/** Runs the worker in a process of its own; answers its peak memory and processor time. */
function worker(dbName: string, orgId: OrganizationId, importId: ImportId): Promise<Ended> {
  const self = fileURLToPath(import.meta.url);
  const child = spawn(process.execPath, [...process.execArgv, self, '--worker', dbName, orgId, importId], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, MONGODB_URI: uri },
  });
  let out = '';
  child.stdout.on('data', (text: Buffer) => {
    out += text.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('exit', (code) =>
      code === 0 ? resolve(JSON.parse(out)) : reject(new Error(`The worker ended with ${code}.`)),
    );
  });
}

async function work(dbName: string, orgId: OrganizationId, importId: ImportId): Promise<void> {
  const database = await connect(uri, { dbName });
  const mailer = { configured: false, send: async () => undefined, close: async () => undefined };
  const env = readEnv({ MONGODB_URI: uri });
  const now = () => new Date();
  const channel = openChannel(database, env, now);
  const deps = { database, env, log: pino({ level: 'silent' }), mailer, channel, now };
  const loops = importLoops.map((loop) => loop.start(deps));
  for (;;) {
    const job = await database.forOrganization(orgId).imports.get(importId);
    if (job && job.state !== 'queued' && job.state !== 'running') break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await Promise.all(loops.map((loop) => loop.stop()));
  await channel.close();
  await database.close();
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const ended: Ended = { peakMb: maxRSS / 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 };
  process.stdout.write(JSON.stringify(ended));
}

async function mongodCpu(database: Database): Promise<number> {
  const { extra_info: info } = await database.driver.admin().command({ serverStatus: 1 });
  return (info.user_time_us + info.system_time_us) / 1e6;
}

/** A small generator with a seed: the same files on every machine. Source: mulberry32. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const names = ['Ada', 'Grace', 'Zoë', 'Linus', 'Marie', 'Nikola', 'Søren', 'Émile', 'Rosa', 'Ivan'];
const cities = ['Berlin', 'São Paulo', 'Kraków', 'Lyon', 'Austin', 'Osaka', 'Nairobi', 'Lima'];
const topics = ['sport', 'music', 'film', 'books', 'travel'];

function* customerLines(count: number): Generator<string> {
  const next = random(1);
  const pick = <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T;
  const day = () =>
    `${1960 + Math.floor(next() * 60)}-${two(1 + Math.floor(next() * 12))}-${two(1 + Math.floor(next() * 28))}`;
  yield 'customer_id,email,first_name,last_name,phone,city,country,birthday,vip,points,score,balance_spent,topics,last_seen,tier\n';
  for (let n = 1; n <= count; n++) {
    const id = String(n).padStart(8, '0');
    yield `${id},person${n}@example${n % 50}.com,${pick(names)},"${pick(names)}son, Jr",+4930${1_000_000 + n},${pick(cities)},${pick(['DE', 'BR', 'PL', 'FR', 'US'])},${day()},${next() < 0.2 ? 'yes' : 'no'},${Math.floor(next() * 5000)},${(next() * 100).toFixed(2)},${(next() * 900).toFixed(2)},${pick(topics)};${pick(topics)},${day()} ${two(Math.floor(next() * 24))}:15:00,${pick(['gold', 'silver', 'bronze'])}\n`;
  }
}

function* orderLines(count: number): Generator<string> {
  const next = random(2);
  const people = Math.max(1, Math.floor(count / ordersEach));
  yield 'order_id,customer_id,ordered_on,amount,quantity,product,category\n';
  for (let n = 1; n <= count; n++) {
    const customer = String(1 + Math.floor(next() * people)).padStart(8, '0');
    const date = `20${20 + Math.floor(next() * 6)}-${two(1 + Math.floor(next() * 12))}-${two(1 + Math.floor(next() * 28))}`;
    yield `${n},${customer},${date},${(next() * 300).toFixed(2)},${1 + Math.floor(next() * 4)},Product ${Math.floor(next() * 400)},${Math.floor(next() * 12)}\n`;
  }
}

const two = (value: number) => String(value).padStart(2, '0');

function* take<T>(list: Iterable<T>, count: number): Generator<T> {
  let left = count;
  for (const item of list) {
    if (left-- <= 0) return;
    yield item;
  }
}

async function* chunks(lines: Iterable<string>): AsyncGenerator<Uint8Array> {
  let text = '';
  for (const line of lines) {
    text += line;
    if (text.length < 256 * 1024) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}

const [first, ...rest] = process.argv.slice(2);
if (first === '--worker') await work(rest[0] as string, rest[1] as OrganizationId, rest[2] as ImportId);
else await measure(Number(first ?? 100_000));
