import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { connect, type Database } from '@mini-crm/db';
import { timeSideBySide } from '@mini-crm/db/testing';
import type { OrganizationId } from '@mini-crm/domain';
import { type BenchApi, startApi } from './bench/bench-api.ts';
import { type BenchRule, benchRules } from './bench/bench-rules.ts';
import { handWritten } from './bench/by-hand.ts';
import { countInMongo } from './bench/count-in-mongo.ts';
import { shopAttributes, shopEventTypes, shopProperties } from './bench/made-up-shop.ts';
import { makeShop } from './bench/make-shop.ts';
import { measureWrites } from './bench/measure-writes.ts';
import { quantile, timed } from './bench/statistics.ts';

// `npm run bench -- segments [--customers 1000000] [--events 10000000] [--small]`: a made-up shop is written into MongoDB, and the
// real API in a process of its own is asked for sizes over HTTP by a signed-in person, each time for a rule that nobody
// asked for before. With --small it only shows that everything runs and counts right: times of a toy are not judged.

const { values: options } = parseArgs({
  options: {
    customers: { type: 'string' },
    events: { type: 'string' },
    seed: { type: 'string', default: '1' },
    small: { type: 'boolean', default: false },
  },
});
const small = options.small;
const customers = Number(options.customers ?? (small ? 3_000 : 1_000_000));
const events = Number(options.events ?? (small ? 30_000 : 10_000_000));
const seed = Number(options.seed);
const rounds = small ? 3 : 40;

const loadBarSeconds = 150;
const reopenBarSeconds = 2;
const memoryBarMb = 600;
const loopBarMs = 20;
const eightBarMs = 300;
const freshBarMs = 250;

interface Bar {
  readonly text: string;
  readonly holds: boolean;
}
const bars: Bar[] = [];

/** Prints a figure with its bar. A time is judged only at full size. */
function bar(what: string, figure: number, most: number, unit: string): void {
  const digits = unit === 's' || figure < 10 ? 1 : 0;
  const holds = small || figure <= most;
  const text = `${what}: ${figure.toFixed(digits)} ${unit}, bar ${most} ${unit}${small ? ' (not judged)' : ''}`;
  bars.push({ text, holds });
  console.log(`  ${holds ? 'holds' : 'FAILS'}  ${text}`);
}

function check(text: string, holds: boolean): void {
  bars.push({ text, holds });
  console.log(`  ${holds ? 'holds' : 'FAILS'}  ${text}`);
}

let edits = 0;
/** A size as a marketer gets it, of a rule that is new. */
async function ask(api: BenchApi, orgId: OrganizationId, rule: BenchRule, edit = edits++) {
  return api.call('segments.preview', { orgId, rule: { version: 1, root: rule.root(edit) } });
}

/**
 * Asks for a size, now and again as somebody does who looks at the progress, until the columns answer it. It is one that MongoDB
 * answers by an index: to let it count a million people meanwhile would take one of the two cores from what is measured.
 */
async function untilReady(api: BenchApi, orgId: OrganizationId): Promise<{ seconds: number; progress: number[] }> {
  const nobody = { type: 'attribute', field: 'externalId', test: { operator: 'eq', value: 'nobody' } };
  const start = performance.now();
  const progress: number[] = [];
  for (;;) {
    const { source, state } = await api.call('segments.preview', { orgId, rule: { version: 1, root: nobody } });
    if (source === 'columnar') return { seconds: (performance.now() - start) / 1000, progress };
    if (typeof state.progress === 'number' && state.progress !== progress.at(-1)) progress.push(state.progress);
    await wait(small ? 20 : 1000);
  }
}

async function askOneByOne(api: BenchApi, orgId: OrganizationId): Promise<void> {
  for (const rule of benchRules) {
    const times: number[] = [];
    for (let i = 0; i < (rule.barMs > 50 ? Math.min(rounds, 15) : rounds) + 2; i++) {
      const [ms, { source }] = await timed(() => ask(api, orgId, rule));
      if (source !== 'columnar') check(`${rule.name} is answered by the engine`, false);
      if (i >= 2) times.push(ms);
    }
    medians.set(rule.name, quantile(times, 0.5));
    bar(`${rule.name}: p50 ${quantile(times, 0.5).toFixed(1)} ms, p95`, quantile(times, 0.95), rule.barMs, 'ms');
  }
}

const medians = new Map<string, number>();

/** What rules are made into, beside SQL by hand for the same counts over the same columns. */
async function compareWithHand(folder: string, now: number): Promise<void> {
  const answers = await timeSideBySide(folder, handWritten(now), rounds);
  for (const [name, { handMs, ruleMs, count, same }] of answers) {
    check(`${name}: ${count.toLocaleString('en')} people, as by hand`, same);
    const overHttp = `over HTTP ${((medians.get(name) ?? Number.NaN) / handMs).toFixed(1)} times`;
    const how = `${name}: count by hand ${handMs.toFixed(1)} ms, ours ${ruleMs.toFixed(1)} ms (${overHttp})`;
    bar(how, ruleMs / handMs, 2, 'times');
  }
}

async function askEightAtOnce(api: BenchApi, orgId: OrganizationId): Promise<void> {
  const r5 = benchRules.find(({ name }) => name === 'R5') as BenchRule;
  await api.figures();
  const asker = async () => {
    const times: number[] = [];
    for (let i = 0; i < Math.ceil(rounds / 4); i++) times.push((await timed(() => ask(api, orgId, r5)))[0]);
    return times;
  };
  const times = (await Promise.all(Array.from({ length: 8 }, asker))).flat();
  bar('eight at once, R5: p95', quantile(times, 0.95), eightBarMs, 'ms');
  bar('the event loop of the API was held at most', (await api.figures()).loopHeldMs, loopBarMs, 'ms');
}

/** The engine's sizes against MongoDB's own, which knows nothing of the engine. */
async function compareSizes(api: BenchApi, database: Database, orgId: OrganizationId): Promise<void> {
  for (const rule of benchRules) {
    const edit = edits++;
    const { size } = await ask(api, orgId, rule, edit);
    const truth = await countInMongo(database, orgId, rule.root(edit));
    check(`${rule.name}: ${size.toLocaleString('en')} people, as in MongoDB`, size === truth);
  }
}

async function run(): Promise<void> {
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.versions.node}`;
  console.log(`segments: ${machine}; client, API, engine and mongod share them`);
  const base = new URL(process.env.MONGODB_URI ?? 'mongodb://127.0.0.1:27017');
  const dbName = `bench_segments_${process.pid}`;
  base.pathname = `/${dbName}`;
  const folder = await mkdtemp(join(tmpdir(), 'mini-crm-bench-'));
  const env = { MONGODB_URI: base.href, ENGINE_DIR: folder };
  const database = await connect(base.href);
  const session = { cookie: '' };
  try {
    await database.prepare();
    const orgId = await signUp(env, session);
    const now = Date.now();
    const say = (text: string) => console.log(`  ${text}`);
    await makeShop(database, orgId, { customers, events, seed, now }, say);
    await database.forOrganization(orgId).eventTypes.declare(shopEventTypes, shopProperties, new Date(now));

    let api = await startApi(env, session);
    const before = await api.figures();
    const load = await untilReady(api, orgId);
    bar('first load of everything from MongoDB', load.seconds, loadBarSeconds, 's');
    if (!small) check(`progress was shown, ${load.progress.length} different values`, load.progress.length >= 5);
    await askOneByOne(api, orgId);
    await askEightAtOnce(api, orgId);
    const fresh = await measureWrites({ api, database, orgId, seconds: small ? 2 : 15, first: customers });
    bar(
      `a write is counted, at ${Math.round(fresh.rate)} writes/s: p95`,
      quantile(fresh.times, 0.95),
      freshBarMs,
      'ms',
    );
    check('every write was counted', fresh.missed === 0);
    bar('the engine adds', (await api.figures()).peakMb - before.rssMb, memoryBarMb, 'MB');
    await api.stop();

    api = await startApi(env, session);
    bar('reopening', (await untilReady(api, orgId)).seconds, reopenBarSeconds, 's');
    if (small) await compareSizes(api, database, orgId);
    await api.stop();
    await compareWithHand(folder, now);
  } finally {
    await database.driver.dropDatabase();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
  const held = bars.filter(({ holds }) => holds).length;
  console.log(`segments: ${held} of ${bars.length} bars hold`);
  process.exitCode = held === bars.length ? 0 : 1;
}

async function signUp(env: Record<string, string>, session: { cookie: string }): Promise<OrganizationId> {
  const api = await startApi(env, session);
  const person = { name: 'Bench', email: 'bench@shop.example', password: 'correct horse battery' };
  await api.call('accounts.signUp', { ...person, organizationName: 'Bench' });
  const orgId: OrganizationId = (await api.call('accounts.me')).organizations[0].id;
  for (const attribute of shopAttributes) await api.call('attributes.create', { orgId, ...attribute });
  await api.stop();
  return orgId;
}

await run();
