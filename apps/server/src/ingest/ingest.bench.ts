import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { connect, type Database } from '@mini-crm/db';

// `npm run bench -- ingest [--seconds 30] [--rate 5250] [--customers 20000]`: the real API in a process of its own takes
// events in over HTTP by a key, from clients in another process, while somebody who is signed in looks at the list of
// customers. Of twenty batches of 500, sixteen are custom events, three orders, and one is a batch that was sent before.

const barRate = 5000;
const barListMs = 200;
const barMemoryMb = 800;
const batchSize = 500;
const inFlight = 6;

interface Told {
  readonly seconds: number;
  readonly received: number;
  readonly stored: number;
  readonly orders: number;
  readonly duplicates: number;
  readonly resent: number;
  readonly refused: number;
  readonly p95: number;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '30' },
    rate: { type: 'string', default: '5250' },
    customers: { type: 'string', default: '20000' },
  },
});
const [seconds, rate, customers] = [Number(values.seconds), Number(values.rate), Number(values.customers)];
const percentile95 = (times: readonly number[]): number =>
  [...times].sort((one, other) => one - other)[Math.floor(times.length * 0.95)] ?? 0;

async function measure(): Promise<void> {
  console.log(`ingest: ${cpus().length} cores (${cpus()[0]?.model.trim()}), shared by API, clients and mongod`);
  const base = new URL(process.env.MONGODB_URI ?? 'mongodb://127.0.0.1:27017');
  base.pathname = `/bench_ingest_${process.pid}`;
  const folder = await mkdtemp(join(tmpdir(), 'mini-crm-bench-'));
  const database = await connect(base.href);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const api = fork(fileURLToPath(new URL('../api.ts', import.meta.url)), {
    execArgv: process.execArgv,
    env: {
      ...process.env,
      MONGODB_URI: base.href,
      ENGINE_DIR: folder,
      PORT: String(port),
      PUBLIC_URL: origin,
      LOG_LEVEL: 'warn',
      RATE_LIMIT_PER_MINUTE: '1000000',
      API_REQUESTS_PER_MINUTE: '1000000',
    },
  });
  try {
    await untilReady(api, origin);
    const { cookie, orgId, key } = await signUp(origin);
    const start = performance.now();
    for (let from = 0; from < customers; from += 1000) {
      const list = Array.from({ length: Math.min(1000, customers - from) }, (_, i) => ({
        externalId: `c${from + i}`,
        email: `c${from + i}@bench.example`,
        firstName: `Name ${(from + i) % 997}`,
      }));
      await post(`${origin}/api/v1/customers`, key, { customers: list });
    }
    const took = (performance.now() - start) / 1000;
    console.log(`  ${customers} customers added in ${took.toFixed(1)} s, ${Math.round(customers / took)}/s`);

    const before = await processor(api, database);
    const told = clients(origin, key);
    const looks: number[] = [];
    let done = false;
    void told.finally(() => {
      done = true;
    });
    while (!done) {
      looks.push(await look(origin, cookie, orgId));
      await wait(50);
    }
    const after = await processor(api, database);
    console.log(
      `  processor: API ${(after.api - before.api).toFixed(1)} s, mongod ${(after.mongod - before.mongod).toFixed(1)} s`,
    );
    report(await told, percentile95(looks), looks.length, await peakMb(api), await stored(database));
  } finally {
    api.kill('SIGTERM');
    await new Promise((resolve) => (api.exitCode === null ? api.once('exit', resolve) : resolve(null)));
    await database.driver.dropDatabase();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function report(told: Told, list: number, looks: number, peak: number, held: { events: number; orders: number }): void {
  const accepted = (told.stored + told.duplicates) / told.seconds;
  const bars = [
    {
      holds: accepted >= barRate && told.refused === 0,
      text: `accepted: ${Math.round(accepted)}/s of ${rate}/s offered for ${told.seconds.toFixed(1)} s, bar ${barRate} (${told.refused} refused; p95 of a batch ${told.p95.toFixed(0)} ms)`,
    },
    {
      holds: list <= barListMs,
      text: `list of customers meanwhile: p95 ${list.toFixed(0)} ms over ${looks} looks, bar ${barListMs}`,
    },
    { holds: peak <= barMemoryMb, text: `memory of the API: peak ${peak.toFixed(0)} MB, bar ${barMemoryMb}` },
    {
      holds: told.duplicates === told.resent && held.events === told.stored && held.orders === told.orders,
      text: `sent again: ${told.resent}, known as such ${told.duplicates}; ${held.events} of ${told.stored} events are there, and customers’ sums count ${held.orders} of ${told.orders} orders`,
    },
  ];
  for (const { holds, text } of bars) console.log(`  ${holds ? 'holds' : 'FAILS'}  ${text}`);
  const number = bars.filter(({ holds }) => holds).length;
  console.log(`ingest: ${number} of ${bars.length} bars hold`);
  process.exitCode = number === bars.length ? 0 : 1;
}

/** Runs the clients in a process of their own. */
function clients(origin: string, key: string): Promise<Told> {
  const child = fork(fileURLToPath(import.meta.url), ['client', origin, key, ...process.argv.slice(2)], {
    execArgv: process.execArgv,
  });
  return new Promise((resolve, reject) => {
    child.once('message', (told: Told) => resolve(told));
    child.once('exit', (code) => reject(new Error(`The clients ended with ${code}.`)));
  });
}

/** Sends a batch every so often, whatever the answers take, up to so many at once. */
async function send(origin: string, key: string): Promise<void> {
  const sums = { received: 0, stored: 0, orders: 0, duplicates: 0, resent: 0, refused: 0 };
  const times: number[] = [];
  const open = new Set<Promise<void>>();
  const everyMs = (batchSize / rate) * 1000;
  const start = performance.now();
  let first: object[] = [];
  for (let tick = 0; tick < Math.floor((seconds * 1000) / everyMs); tick++) {
    const due = start + tick * everyMs - performance.now();
    if (due > 0) await wait(due);
    while (open.size >= inFlight) await Promise.race(open);
    const kind = tick % 20;
    // The batch of the tick before last is answered by now, or nearly.
    const isAgain = kind === 19 && first.length > 0;
    const isOrder = kind === 4 || kind === 10 || kind === 16;
    const items = isAgain
      ? first
      : Array.from({ length: batchSize }, (_, i) => (isOrder ? order(tick, i) : event(tick, i)));
    if (kind === 0) first = items;
    const sent = performance.now();
    const request = post(`${origin}/api/v1/${isOrder ? 'orders' : 'events'}`, key, {
      [isOrder ? 'orders' : 'events']: items,
    })
      .then((answer) => {
        times.push(performance.now() - sent);
        sums.received += answer.received;
        sums.stored += answer.stored;
        if (isOrder) sums.orders += answer.stored;
        if (isAgain) sums.resent += items.length;
        sums.duplicates += answer.duplicates;
        sums.refused += answer.refused.length;
      })
      .finally(() => open.delete(request));
    open.add(request);
  }
  await Promise.all(open);
  const told: Told = { ...sums, seconds: (performance.now() - start) / 1000, p95: percentile95(times) };
  process.send?.(told);
  process.disconnect();
}

const someone = (tick: number, i: number) => ({ externalId: `c${(tick * 7919 + i * 104_729) % customers}` });
const instant = (tick: number, i: number) => new Date(Date.UTC(2026, 9, 1) + tick * 60_000 + i * 100).toISOString();
const event = (tick: number, i: number) => ({
  id: `${tick}-${i}`,
  type: i % 3 === 0 ? 'added_to_cart' : 'product_viewed',
  at: instant(tick, i),
  customer: someone(tick, i),
  properties: { product: `p${i % 200}`, price: (i % 90) + 0.5, mobile: i % 2 === 0 },
});
const order = (tick: number, i: number) => ({
  id: `${tick}-${i}`,
  at: instant(tick, i),
  customer: someone(tick, i),
  currency: 'USD',
  total: 1000 + i,
  lines: [{ productId: `p${i % 200}`, category: `k${i % 20}`, quantity: 1, price: 1000 + i }],
});

// biome-ignore lint/suspicious/noExplicitAny: answers of two shapes
async function post(url: string, key: string, body: object): Promise<any> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function signUp(origin: string): Promise<{ cookie: string; orgId: string; key: string }> {
  let cookie = '';
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  const call = async (path: string, input: object): Promise<any> => {
    const headers = { 'content-type': 'application/json', origin, cookie };
    const response = await fetch(`${origin}/api/trpc/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(input),
    });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    const answer = (await response.json()) as { result: { data: unknown } };
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer.result.data;
  };
  const person = { name: 'Bench', email: 'bench@bench.example', password: 'correct horse battery' };
  await call('accounts.signUp', { ...person, organizationName: 'Bench' });
  const me = (await (await fetch(`${origin}/api/trpc/accounts.me`, { headers: { cookie } })).json()) as {
    result: { data: { organizations: { id: string }[] } };
  };
  const orgId = me.result.data.organizations[0]?.id ?? '';
  const scopes = ['customers:write', 'events:write'];
  const { key } = await call('apiKeys.create', { orgId, name: 'Bench', scopes });
  return { cookie, orgId, key };
}

/** One look at the first page of customers, in ms. */
async function look(origin: string, cookie: string, orgId: string): Promise<number> {
  const start = performance.now();
  const input = encodeURIComponent(JSON.stringify({ orgId, sort: 'lastOrderAt', order: 'desc' }));
  const response = await fetch(`${origin}/api/trpc/customers.list?input=${input}`, { headers: { cookie } });
  if (!response.ok) throw new Error(`customers.list: ${response.status}`);
  await response.text();
  return performance.now() - start;
}

async function stored({ models }: Database): Promise<{ events: number; orders: number }> {
  const pipeline = [{ $group: { _id: null, orders: { $sum: '$rollups.orderCount' } } }];
  const [sum] = await models.customers.collection.aggregate<{ orders: number }>(pipeline).toArray();
  return { events: await models.events.collection.countDocuments(), orders: sum?.orders ?? 0 };
}

/** Seconds of processor time so far; what is left to judge by when others share the machine. */
async function processor({ pid }: ChildProcess, database: Database): Promise<{ api: number; mongod: number }> {
  const { extra_info: info } = await database.driver.admin().command({ serverStatus: 1 });
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')).split(') ')[1]?.split(' ') ?? [];
  // Clock ticks of a hundredth of a second, in user and in system mode.
  const api = (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100;
  return { api, mongod: (info.user_time_us + info.system_time_us) / 1e6 };
}

async function peakMb({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

async function untilReady(child: ChildProcess, origin: string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The API ended with ${child.exitCode}.`);
    if ((await fetch(`${origin}/readyz`).catch(() => null))?.ok) return;
    await wait(20);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

if (positionals[0] === 'client') await send(positionals[1] ?? '', positionals[2] ?? '');
else await measure();
