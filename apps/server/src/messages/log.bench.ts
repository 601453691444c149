import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { connect } from '@mini-crm/db';
import type { MessageFilter, OrganizationId } from '@mini-crm/domain';
import { seededRandom } from '@mini-crm/domain/testing';
import { type BenchApi, startApi } from '../segments/bench/bench-api.ts';
import { quantile, timed } from '../segments/bench/statistics.ts';
import {
  addressOf,
  campaignIdOf,
  customerIdOf,
  logOf,
  type MadeUpLog,
  makeLog,
  templateIdOf,
} from './bench/make-log.ts';

// `npm run bench -- log [--rows 10000000] [--small]`: a made-up communication log is written into MongoDB, and the real API in a
// process of its own is asked for pages of it over HTTP by a signed-in person, in every combination of filters that it
// serves, each time for another campaign, customer, address or stretch of time. With --small times are not judged.

const { values: options } = parseArgs({
  options: { rows: { type: 'string' }, small: { type: 'boolean', default: false } },
});
const small = options.small;
const rows = Number(options.rows ?? (small ? 4_000 : 10_000_000));
const rounds = small ? 3 : 100;
const pageBarMs = 100;
const memoryBarMb = 150;

const bars: { readonly text: string; readonly holds: boolean }[] = [];
function check(text: string, holds: boolean): void {
  bars.push({ text, holds });
  console.log(`  ${holds ? 'holds' : 'FAILS'}  ${text}`);
}
function bar(what: string, figure: number, most: number, unit: string): void {
  const text = `${what} ${figure.toFixed(figure < 10 ? 1 : 0)} ${unit}, bar ${most} ${unit}${small ? ' (not judged)' : ''}`;
  check(text, small || figure <= most);
}

type Ask = (random: ReturnType<typeof seededRandom>, log: MadeUpLog) => MessageFilter;
const ids = { campaign: 'campaignId', customer: 'customerId', template: 'templateId' } as const;
const as = (filter: object) => filter as MessageFilter;
const during: Ask = ({ next }, { from, to }) => {
  const start = from + next() * (to - from) * 0.9;
  return as({ from: new Date(start).toISOString(), to: new Date(start + 30 * 86_400_000).toISOString() });
};
const campaign: Ask = ({ int }, log) => as({ [ids.campaign]: campaignIdOf(int(0, log.campaigns - 1)) });
const template: Ask = ({ int }, log) => as({ [ids.template]: templateIdOf(int(0, log.templates - 1)) });
const customer: Ask = ({ int }, log) => as({ [ids.customer]: customerIdOf(int(0, log.customers - 1)) });
const address: Ask = ({ int }, log) => as({ address: addressOf(int(0, Math.min(log.customers, 2000) - 1)) });
const failed: Ask = ({ pick }) =>
  as({ reason: pick(['address_unknown', 'mailbox_full', 'no_consent', 'interrupted']) });
const state: Ask = ({ pick }) => as({ state: pick(['sent', 'failed', 'skipped', 'unknown']) });
const response: Ask = ({ pick }) =>
  as({ response: pick(['opened', 'clicked', 'unsubscribed', 'bounced', 'complained']) });
const fixed =
  (filter: object): Ask =>
  () =>
    as(filter);

const asks: readonly (readonly [name: string, ...parts: Ask[]])[] = [
  ['everything'],
  ['everything of 30 days', during],
  ['messages', fixed({ show: 'messages' })],
  ['a state', state],
  ['a state, channel and 30 days', state, fixed({ channel: 'email' }), during],
  ['a channel without a message', fixed({ channel: 'sms' })],
  ['a reason', failed],
  ['a reason, channel and 30 days', failed, fixed({ channel: 'email' }), during],
  ['a response', response],
  ['a response and 30 days', response, during],
  ['a campaign', campaign],
  ['a campaign and 30 days', campaign, during],
  ['a campaign and state', campaign, state],
  ['a campaign and reason', campaign, failed],
  ['a campaign and response', campaign, response],
  ['a campaign and clicked link', campaign, ({ int }) => as({ link: int(0, 4) })],
  ['transactional', fixed({ show: 'transactional' })],
  ['transactional, state and 30 days', fixed({ show: 'transactional' }), state, during],
  ['a template', template],
  ['a template, state and 30 days', template, state, during],
  ['a customer', customer],
  ['a customer, state and 30 days', customer, state, during],
  ['an address', address],
  ['interactions', fixed({ show: 'interactions' })],
  ['calls of 30 days', fixed({ interaction: 'call' }), during],
];

async function askPages(api: BenchApi, orgId: OrganizationId, log: MadeUpLog): Promise<void> {
  const random = seededRandom(7);
  for (const [name, ...parts] of asks) {
    const times: number[] = [];
    const counts: number[] = [];
    let found = 0;
    for (let i = 0; i < rounds + 2; i++) {
      const filter = Object.assign({}, ...parts.map((part) => part(random, log)));
      const [ms, page] = await timed(() => api.call('messages.list', { orgId, filter, limit: 50 }));
      if (i >= 2) times.push(ms);
      found += page.items.length;
      if (i >= 2 && i < 22) counts.push((await timed(() => api.call('messages.count', { orgId, filter })))[0]);
    }
    const figures = `${Math.round(found / (rounds + 2))} rows, count p50 ${quantile(counts, 0.5).toFixed(0)} ms`;
    const p50 = quantile(times, 0.5).toFixed(1);
    bar(`first page of ${name}: ${figures}, page p50 ${p50} ms, p95`, quantile(times, 0.95), pageBarMs, 'ms');
  }
}

/** What a request costs here that asks for nothing of the log: a session is read and an answer written. */
async function askNothing(api: BenchApi): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < rounds; i++) times.push((await timed(() => api.call('accounts.me')))[0]);
  const [p50, p95] = [quantile(times, 0.5).toFixed(1), quantile(times, 0.95).toFixed(1)];
  console.log(`  beside: a request that asks for no log, p50 ${p50} ms, p95 ${p95} ms`);
}

async function askFurther(api: BenchApi, orgId: OrganizationId): Promise<void> {
  const times: number[] = [];
  let cursor: string | null = null;
  const seen = new Set<string>();
  let read = 0;
  for (let i = 0; i < rounds; i++) {
    const [ms, page]: [number, { items: { id: string }[]; nextCursor: string | null }] = await timed(() =>
      api.call('messages.list', { orgId, cursor, limit: 50 }),
    );
    times.push(ms);
    for (const { id } of page.items) seen.add(id);
    read += page.items.length;
    cursor = page.nextCursor;
    if (!cursor) break;
  }
  bar(`${times.length} pages by cursor: p95`, quantile(times, 0.95), pageBarMs, 'ms');
  check(`no row of them twice, ${read.toLocaleString('en')} in all`, seen.size === read);
}

/** Takes the whole log as a file, but goes away after so many rows: how fast, and what it takes of memory. */
async function exportRows(api: BenchApi, orgId: OrganizationId, log: MadeUpLog): Promise<void> {
  const before = (await api.figures()).rssMb;
  const most = Math.min(log.rows + log.interactions, small ? 5_000_000 : 500_000);
  const start = performance.now();
  let lines = 0;
  let peak = before;
  await api.download(`/api/o/${orgId}/messages.csv`, async (piece) => {
    for (const byte of piece) if (byte === 10) lines += 1;
    if (lines % 50_000 < 200) peak = Math.max(peak, (await api.figures()).rssMb);
    return lines <= most;
  });
  const seconds = (performance.now() - start) / 1000;
  const rate = Math.round(lines / seconds).toLocaleString('en');
  bar(
    `the API while it exports ${lines.toLocaleString('en')} rows, ${rate} a second, adds`,
    peak - before,
    memoryBarMb,
    'MB',
  );
  if (small) check('the file has a line for each row and its header', lines === log.rows + log.interactions + 1);
}

async function run(): Promise<void> {
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.versions.node}`;
  console.log(`log: ${machine}; client, API and mongod share them`);
  const base = new URL(process.env.MONGODB_URI ?? 'mongodb://127.0.0.1:27017');
  base.pathname = `/bench_log_${process.pid}`;
  const env = { MONGODB_URI: base.href, ENGINE: 'false' };
  const database = await connect(base.href);
  const session = { cookie: '' };
  try {
    await database.prepare();
    const log = logOf(rows, Date.now());
    let api = await startApi(env, session);
    const person = { name: 'Bench', email: 'bench@shop.example', password: 'correct horse battery' };
    await api.call('accounts.signUp', { ...person, organizationName: 'Bench' });
    const orgId: OrganizationId = (await api.call('accounts.me')).organizations[0].id;
    await api.stop();
    await makeLog(database, orgId, log, (text) => console.log(`  ${text}`));
    api = await startApi(env, session);
    await askNothing(api);
    await askPages(api, orgId, log);
    await askNothing(api);
    await askFurther(api, orgId);
    const refused = await api.call('messages.list', { orgId, filter: { response: 'opened', channel: 'email' } }).then(
      () => '',
      (error) => String(error),
    );
    check('a combination without an index is refused', refused.includes('log_filter_unsupported'));
    await exportRows(api, orgId, log);
    console.log(`  the API at most ${(await api.figures()).peakMb.toFixed(0)} MB in all`);
    await api.stop();
  } finally {
    await database.driver.dropDatabase();
    await database.close();
  }
  const held = bars.filter(({ holds }) => holds).length;
  console.log(`log: ${held} of ${bars.length} bars hold`);
  process.exitCode = held === bars.length ? 0 : 1;
}

await run();
