import { spawn } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { connect, type Database, type ImportDocument, newId } from '@mini-crm/db';
import { firstRows, guessColumns, type ImportId, type ImportKind, type OrganizationId } from '@mini-crm/domain';
import { pino } from 'pino';
import { openChannel } from '../delivery/channels/open-channel.ts';
import { readEnv } from '../env.ts';
import { importLoops } from './import.loop.ts';
import { chunks, customerLines, orderLines, take } from './testing/made-up-files.ts';

// `npm run bench -- import [customers]`: files are made up with a fixed seed, stored as uploads, and imported by the worker's
// own loop in a process of its own, whose peak memory is its own. The bar is the measured peer, listmonk on two cores: 5,200
// subscribers a second. Memory must not grow with the file: a process that has collected its garbage a few times stays at
// its peak, so four times the file is held against the file (a quarter is shown, too; it may end before the first collection).

const barRows = 5200;
const aimRows = 20_000;
/** Four times the file may take this much more memory: what a garbage collector leaves lying about. */
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
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.versions.node}`;
  console.log(`import: ${machine}; the importing process and mongod share them`);
  const quarter = Math.round(customers / 4);
  const [, fewOrders] = await organization(quarter, quarter * ordersEach);
  const [whole, manyOrders] = await organization(customers, customers * ordersEach);
  const [fourTimes] = await organization(customers * 4, 0);
  report({ whole, fourTimes, fewOrders: fewOrders as Measured, manyOrders: manyOrders as Measured });
}

/** Imports customers and their orders into an organization and a database of their own. */
async function organization(customers: number, orders: number): Promise<[Measured, Measured | null]> {
  const dbName = `bench_import_${process.pid}_${customers}`;
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
    const people = await one(database, dbName, orgId, 'customers', customerLines(customers), customers);
    if (orders === 0) return [people, null];
    return [people, await one(database, dbName, orgId, 'orders', orderLines(orders, customers), orders)];
  } finally {
    await database.driver.dropDatabase();
    await database.close();
  }
}

function say(kind: ImportKind, { rows, seconds, peakMb, bytes, cpuSeconds, mongodSeconds }: Measured): void {
  const rate = Math.round(rows / seconds).toLocaleString('en');
  console.log(
    [
      `  ${String(rows).padStart(7)} ${kind.padEnd(9)}`,
      `${(bytes / 1e6).toFixed(1).padStart(6)} MB`,
      `${seconds.toFixed(1).padStart(6)} s`,
      `${rate.padStart(7)} rows/s`,
      `peak ${peakMb.toFixed(0)} MB`,
      `processor ${cpuSeconds.toFixed(1)} s, mongod ${mongodSeconds.toFixed(1)} s`,
    ].join('  '),
  );
}

interface Results {
  readonly whole: Measured;
  readonly fourTimes: Measured;
  readonly fewOrders: Measured;
  readonly manyOrders: Measured;
}

function report({ whole, fourTimes, fewOrders, manyOrders }: Results): void {
  const rate = whole.rows / whole.seconds;
  const aim = `aim ${aimRows.toLocaleString('en')}: ${rate >= aimRows ? 'reached' : 'not reached'}`;
  const growth = (kind: ImportKind, more: Measured, less: Measured) => ({
    holds: more.peakMb / less.peakMb <= barGrowth,
    text: `memory, ${kind}: ${more.peakMb.toFixed(0)} MB for ${more.rows.toLocaleString('en')} rows, ${less.peakMb.toFixed(0)} MB for ${less.rows.toLocaleString('en')}: ${(more.peakMb / less.peakMb).toFixed(2)} times, bar ${barGrowth}`,
  });
  const bars = [
    {
      holds: rate >= barRows,
      text: `customers: ${Math.round(rate).toLocaleString('en')} rows/s, bar ${barRows.toLocaleString('en')} (${aim})`,
    },
    growth('customers', fourTimes, whole),
    growth('orders', manyOrders, fewOrders),
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
  lines: Iterable<string>,
  rows: number,
): Promise<Measured> {
  const db = database.forOrganization(orgId);
  const upload = await db.uploads.receive(`${kind}.csv`, chunks(lines), { most: 0, quota: 0 });
  if (!upload) throw new Error('There is no room for the file.');
  const sample = [...take(kind === 'customers' ? customerLines(200) : orderLines(200, 40), 200)].join('');
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
  const measured = { rows, seconds, peakMb, bytes: upload.size, cpuSeconds, mongodSeconds };
  say(kind, measured);
  return measured;
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

const [first, ...rest] = process.argv.slice(2);
if (first === '--worker') await work(rest[0] as string, rest[1] as OrganizationId, rest[2] as ImportId);
else await measure(Number(first ?? 100_000));
