import {
  type CustomerId,
  type DeliveryState,
  fold,
  logCombinations,
  type MessageFilter,
  type OrganizationId,
  planLog,
  type RunId,
} from '@mini-crm/domain';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connect, type Database } from '../database.ts';
import type { StreamPosition } from '../events/stream-position.ts';
import { newId } from '../ids/new-id.ts';
import { type TestDatabase, testDatabase } from '../testing/index.ts';
import { logQuery, transactionalAddressQuery } from './log-query.ts';

let test_: TestDatabase;
let database: Database;
const orgId = newId('organization');
const other = newId('organization');
const campaignId = newId('campaign');
const templateId = newId('template');
const runId = newId('run');
const minute = 60_000;
const start = Date.parse('2026-11-01T09:00:00Z');

beforeAll(async () => {
  test_ = await testDatabase();
  database = await connect(test_.uri, { dbName: test_.name });
  await database.prepare();
});
afterAll(async () => {
  await database.close();
  await test_.close();
});
beforeEach(() => test_.clear());

interface Row {
  kind?: 'transactional';
  orgId?: OrganizationId;
  runId?: RunId | null;
  campaignId?: string | null;
  templateId?: string;
  customerId?: CustomerId | null;
  channel?: 'email' | 'sms';
  address?: string;
  state?: DeliveryState;
  reason?: string;
  at?: number;
  openedAt?: Date;
  clickedAt?: Date;
  clicks?: { link: number; at: Date; count: number }[];
  unsubscribedAt?: Date;
  bouncedAt?: Date;
}

async function insertRows(rows: readonly Row[]) {
  const documents = rows.map((row, i) => {
    const customerId = row.customerId === undefined ? newId('customer') : row.customerId;
    const address = row.address ?? `person${i}@example.com`;
    const ofKind = row.kind ? { runId: null, campaignId: null, templateId, templateVersion: 1 } : { runId, campaignId };
    return {
      orgId,
      ...ofKind,
      channel: 'email',
      name: `Person ${i}`,
      state: 'sent',
      reason: null,
      detail: null,
      attempt: 1,
      messageId: null,
      opens: row.openedAt ? 1 : 0,
      clicks: [],
      ...row,
      _id: row.kind ? newId('message') : `${row.runId ?? runId}:${customerId}`,
      customerId,
      address,
      foldedAddress: fold(address),
      at: new Date(row.at ?? start + i * minute),
    };
  });
  await test_.db.collection<{ _id: string }>('deliveries').insertMany(documents);
  return documents;
}

const own = () => database.forOrganization(orgId);
const ids = (rows: readonly { _id?: string; id?: string }[]) => rows.map((row) => row.id ?? row._id);
const found = async (filter: MessageFilter) => ids(await own().messageLog.page(filter, null, 50)).sort();
const of = (...rows: ({ _id: string } | undefined)[]) => rows.map((row) => row?._id).sort();

test('pages through all rows, the newest first, over rows of the same instant', async () => {
  const rows = await insertRows(
    Array.from({ length: 7 }, (_, i) => ({
      at: start + Math.floor(i / 3) * minute,
      state: i % 2 ? 'failed' : 'sent',
      ...(i % 2 ? { reason: 'refused' } : {}),
      channel: i === 2 ? 'sms' : 'email',
    })),
  );
  const seen: unknown[] = [];
  let after: StreamPosition | null = null;
  for (;;) {
    const page = await own().messageLog.page({}, after, 2);
    seen.push(...ids(page));
    const last = page.at(-1);
    if (!last) break;
    after = { at: last.at, below: { id: last.id } };
  }
  const expected = rows.sort((a, b) => b.at.getTime() - a.at.getTime() || (a._id < b._id ? 1 : -1));
  expect(seen).toEqual(ids(expected));
});

test('finds by each filter what the filter says, and nothing of another organization', async () => {
  const at = new Date(start + 90 * minute);
  const [opened, clicked, left, failed, skipped, text, receipt, lost] = await insertRows([
    { openedAt: at },
    { openedAt: at, clickedAt: at, clicks: [{ link: 2, at, count: 3 }] },
    { openedAt: at, unsubscribedAt: at },
    { state: 'failed', reason: 'address_unknown' },
    { state: 'skipped', reason: 'no_consent', campaignId: newId('campaign') },
    { channel: 'sms', state: 'failed', reason: 'refused', campaignId: newId('campaign') },
    { kind: 'transactional', bouncedAt: at },
    { kind: 'transactional', state: 'failed', reason: 'refused', customerId: null },
  ]);
  await insertRows([{ orgId: other, openedAt: at, clickedAt: at, clicks: [{ link: 2, at, count: 1 }] }]);

  expect(await found({})).toEqual(of(opened, clicked, left, failed, skipped, text, receipt, lost));
  expect(await found({ show: 'interactions' })).toEqual([]);
  expect(await found({ show: 'transactional' })).toEqual(of(receipt, lost));
  expect(await found({ show: 'transactional', state: 'failed' })).toEqual(of(lost));
  expect(await found({ templateId: templateId, state: 'sent' })).toEqual(of(receipt));
  expect(await found({ templateId: newId('template') })).toEqual([]);
  expect(await found({ campaignId })).toEqual(of(opened, clicked, left, failed));
  expect(await found({ campaignId, state: 'failed' })).toEqual(of(failed));
  expect(await found({ campaignId, reason: 'address_unknown' })).toEqual(of(failed));
  expect(await found({ state: 'failed' })).toEqual(of(failed, text, lost));
  expect(await found({ state: 'failed', channel: 'sms' })).toEqual(of(text));
  expect(await found({ reason: 'refused' })).toEqual(of(text, lost));
  expect(await found({ reason: 'refused', channel: 'email' })).toEqual(of(lost));
  expect(await found({ reason: 'no_consent' })).toEqual(of(skipped));
  expect(await found({ state: 'sent', reason: 'no_consent' })).toEqual([]);
  expect(await found({ campaignId, response: 'opened' })).toEqual(of(opened, clicked, left));
  expect(await found({ response: 'clicked' })).toEqual(of(clicked));
  expect(await found({ response: 'unsubscribed' })).toEqual(of(left));
  expect(await found({ response: 'bounced' })).toEqual(of(receipt));
  expect(await found({ campaignId, link: 2 })).toEqual(of(clicked));
  expect(await found({ campaignId, link: 1 })).toEqual([]);
  expect(await found({ customerId: clicked?.customerId as CustomerId })).toEqual(of(clicked));
  expect(await found({ customerId: clicked?.customerId as CustomerId, campaignId, link: 2 })).toEqual(of(clicked));
  expect(await found({ customerId: receipt?.customerId as CustomerId, show: 'transactional' })).toEqual(of(receipt));
  expect(await found({ from: new Date(start + 6 * minute).toISOString() })).toEqual(of(receipt, lost));
  expect(await found({ to: new Date(start + minute).toISOString() })).toEqual(of(opened));
  expect(await own().messageLog.count({ campaignId }, 1000)).toBe(4);
  expect(await own().messageLog.count({}, 3)).toBe(3);
  const streamed: string[] = [];
  for await (const row of own().messageLog.stream({ campaignId })) streamed.push(row.id);
  expect(streamed.sort()).toEqual(of(opened, clicked, left, failed));
});

test('finds by an address what its owner was sent there, and what programs sent to anybody', async () => {
  const customerId = newId('customer');
  await test_.db.collection<{ _id: string }>('customers').insertOne({
    ...{ _id: customerId, orgId, folded: { email: 'ada@example.com' } },
  } as never);
  const [ours, earlier, receipt, nobodys] = await insertRows([
    { customerId, address: 'Ada@example.com' },
    { customerId, runId: newId('run'), address: 'ada@old.example' },
    { kind: 'transactional', customerId, address: 'ada@example.com', at: start - minute },
    { kind: 'transactional', customerId: null, address: 'ada@example.com', at: start + 10 * minute },
  ]);
  expect(ids(await own().messageLog.page({ address: 'ADA@example.com' }, null, 9))).toEqual(
    ids([nobodys, ours, receipt] as never),
  );
  expect(await own().messageLog.count({ address: 'ada@example.com' }, 9)).toBe(3);
  expect(await found({ address: 'ada@example.com', show: 'transactional' })).toEqual(of(receipt, nobodys));
  expect(await found({ address: 'ada@old.example' })).toEqual([]);
  expect(await found({ customerId })).toEqual(of(ours, earlier, receipt));
});

const values: Required<MessageFilter> = {
  show: 'transactional',
  interaction: 'call',
  campaignId,
  templateId,
  customerId: newId('customer'),
  channel: 'email',
  state: 'failed',
  reason: 'refused',
  response: 'clicked',
  link: 1,
  address: 'a@b.example',
  from: new Date(start).toISOString(),
  to: new Date(start + 1000 * minute).toISOString(),
};
const pick = (facets: readonly (keyof MessageFilter)[]) =>
  Object.fromEntries(facets.map((facet) => [facet, values[facet]])) as MessageFilter;

test.each(logCombinations)(
  'reads by $read from its index, in its order, no more than it shows',
  async ({ read, by, also }) => {
    const ofProgram = by.includes('show') || by.includes('templateId') || by.includes('address');
    const at = new Date(start);
    const fitting: Row = {
      ...(ofProgram ? { kind: 'transactional' } : {}),
      ...(by.includes('customerId') ? { customerId: values.customerId as CustomerId } : {}),
      ...{ state: 'failed', reason: 'refused', address: 'a@b.example' },
      ...{ clickedAt: at, clicks: [{ link: 1, at, count: 1 }] },
    };
    await insertRows([
      ...Array.from({ length: 60 }, () => ({ ...fitting, runId: newId('run') })),
      ...Array.from({ length: 60 }, () => ({ campaignId: newId('campaign'), state: 'unknown', channel: 'sms' }) as Row),
    ]);
    // Of one person all rows are looked through for what may be said beside.
    const beside = read === 'customer' || read === 'address' ? [] : also;
    const filters = [by, [...by, ...beside]].flatMap((facets) => [pick(facets), pick([...facets, 'from', 'to'])]);
    for (const filter of filters) {
      expect(planLog(filter)).toMatchObject({ ok: true, value: { messages: read } });
      const query = read === 'address' ? transactionalAddressQuery(filter, 'a@b.example') : logQuery(read, filter);
      const { executionStats, queryPlanner } = await test_.db
        .collection('deliveries')
        .find({ ...(query.where as object), orgId }, { hint: query.hint })
        .sort({ at: -1, _id: -1 })
        .limit(20)
        .explain('executionStats');
      const stages = JSON.stringify(queryPlanner.winningPlan);
      expect(stages, JSON.stringify(filter)).not.toContain('"SORT"');
      expect(executionStats.nReturned).toBe(20);
      expect(executionStats.totalDocsExamined).toBeLessThanOrEqual(30);
      expect(executionStats.totalKeysExamined).toBeLessThanOrEqual(50);
    }
  },
);

test('refuses to read what no index serves', async () => {
  await expect(own().messageLog.page({ campaignId, channel: 'email' }, null, 10)).rejects.toThrow('no index');
});
