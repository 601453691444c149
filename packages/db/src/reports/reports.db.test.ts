import { type CustomerId, type DeliveryState, fold, type OrganizationId, type RunId } from '@mini-crm/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect, type Database } from '../database.ts';
import { newId } from '../ids/new-id.ts';
import { type TestDatabase, testDatabase } from '../testing/index.ts';

let test_: TestDatabase;
let database: Database;
const orgId = newId('organization');
const other = newId('organization');
const campaignId = newId('campaign');
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
  orgId?: OrganizationId;
  runId?: RunId;
  campaignId?: string;
  customerId?: CustomerId;
  address?: string;
  state?: DeliveryState;
  reason?: string;
  at?: number;
  openedAt?: Date;
  opens?: number;
  clickedAt?: Date;
  clicks?: { link: number; at: Date; count: number }[];
  unsubscribedAt?: Date;
}

async function insertRows(rows: readonly Row[]) {
  const documents = rows.map((row, i) => {
    const customerId = row.customerId ?? newId('customer');
    const address = row.address ?? `person${i}@example.com`;
    return {
      orgId,
      campaignId,
      runId,
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
      _id: `${row.runId ?? runId}:${customerId}`,
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

describe('a campaign’s report', () => {
  test('counts what the log has, row by row', async () => {
    const at = new Date(start + 20 * minute);
    const rows = await insertRows([
      { openedAt: at, opens: 3 },
      {
        openedAt: at,
        opens: 1,
        clickedAt: at,
        clicks: [
          { link: 0, at, count: 2 },
          { link: 1, at, count: 1 },
        ],
      },
      {
        openedAt: new Date(start + 40 * minute),
        clickedAt: at,
        clicks: [{ link: 0, at, count: 1 }],
        unsubscribedAt: at,
      },
      {},
      { state: 'failed', reason: 'address_unknown' },
      { state: 'failed', reason: 'address_unknown' },
      { state: 'failed', reason: 'mailbox_full' },
      { state: 'skipped', reason: 'suppressed' },
      { state: 'unknown', reason: 'interrupted' },
    ]);
    await insertRows([
      { campaignId: newId('campaign'), openedAt: at },
      { orgId: other, openedAt: at },
    ]);
    const { campaignReports } = own();
    expect(await campaignReports.figures(campaignId)).toEqual({
      sent: 4,
      failed: 3,
      skipped: 1,
      unknown: 1,
      reasons: [
        { state: 'failed', reason: 'address_unknown', count: 2 },
        { state: 'failed', reason: 'mailbox_full', count: 1 },
        { state: 'skipped', reason: 'suppressed', count: 1 },
        { state: 'unknown', reason: 'interrupted', count: 1 },
      ],
      delivered: 0,
      bounced: 0,
      complained: 0,
      opened: 3,
      opens: 5,
      clicked: 2,
      clicks: 4,
      allOpened: 3,
      allOpens: 5,
      allClicked: 2,
      allClicks: 4,
      unsubscribed: 1,
      firstAt: rows[0]?.at,
      lastAt: rows[8]?.at,
    });
    expect(await campaignReports.links(campaignId)).toEqual([
      { link: 0, people: 2, clicks: 3 },
      { link: 1, people: 1, clicks: 1 },
    ]);
    const opens = await campaignReports.responses(campaignId, 'opened');
    expect(opens.sort((a, b) => a.at - b.at)).toEqual([
      { at: start + 15 * minute, count: 2 },
      { at: start + 30 * minute, count: 1 },
    ]);
  });

  test('is empty for a campaign that nobody got', async () => {
    expect(await own().campaignReports.figures(campaignId)).toMatchObject({ sent: 0, firstAt: null, reasons: [] });
  });

  test('adds up what recipients bought within seven days after their message, net and in one currency', async () => {
    const day = 24 * 60 * minute;
    const [a, b, failed] = await insertRows([{}, { at: start + minute }, { state: 'failed', reason: 'refused' }]);
    const event = (customerId: string | undefined, at: number, total: number, more: object = {}) => ({
      _id: `${orgId}:${Math.random()}`,
      orgId,
      customerId,
      type: 'order',
      currency: 'USD',
      total,
      at: new Date(at),
      ...more,
    });
    await test_.db
      .collection<{ _id: string }>('events')
      .insertMany([
        event(a?.customerId, start, 1000),
        event(a?.customerId, start + 3 * day, 500),
        event(a?.customerId, start + 4 * day, -200, { type: 'refund' }),
        event(a?.customerId, start - 1, 9999),
        event(a?.customerId, start + 7 * day, 9999),
        event(b?.customerId, start + minute + 7 * day - 1, 70),
        event(b?.customerId, start, 9999),
        event(b?.customerId, start + day, 4000, { currency: 'EUR' }),
        event(b?.customerId, start + day, 9999, { type: 'visit', total: null, currency: null }),
        event(failed?.customerId, start + day, 9999),
        event(newId('customer'), start + day, 9999),
        event(a?.customerId, start + day, 9999, { orgId: other }),
      ]);
    const sent = { firstAt: new Date(start), lastAt: new Date(start + minute) };
    expect(await own().campaignReports.revenue(runId, sent, 'USD')).toEqual({
      currency: 'USD',
      amount: 1370,
      orders: 3,
      buyers: 2,
      ordersInOtherCurrencies: 1,
    });
  });
});

describe('the numbers of the home page', () => {
  test('count customers, new ones and those who can be reached', async () => {
    const customer = (email: string | null, more: object = {}) => ({
      _id: newId('customer'),
      orgId,
      email,
      externalId: null,
      folded: { email: email && fold(email) },
      consents: { email: { state: 'granted' } },
      rollups: { orderCount: 1, revenue: 500 },
      createdAt: new Date(start),
      ...more,
    });
    await test_.db
      .collection<{ _id: string }>('customers')
      .insertMany([
        customer('a@example.com'),
        customer('b@example.com', { createdAt: new Date(start + 30 * minute) }),
        customer('c@example.com', { consents: {} }),
        customer('d@example.com', { consents: { email: { state: 'withdrawn' } } }),
        customer(null),
        customer('Gone@example.com', { rollups: { orderCount: 0, revenue: 0 } }),
        customer('a@example.com', { orgId: other }),
      ]);
    await test_.db.collection('suppressions').insertMany(
      ['gone@example.com', 'd@example.com', 'nobody@example.com'].map((address) => ({
        orgId,
        channel: 'email',
        address,
        scope: 'marketing',
      })),
    );
    const { overview } = own();
    expect(await overview.customers()).toBe(6);
    expect(await overview.reachable()).toBe(2);
    expect(await overview.allTimeSales()).toEqual({ orders: 5, revenue: 2500 });
    const recent = await overview.newCustomers({ from: start, to: start + 60 * minute });
    expect(recent.sort((a, b) => a.at - b.at)).toEqual([
      { at: start, count: 5 },
      { at: start + 30 * minute, count: 1 },
    ]);
  });

  test('add up sales and messages by the quarter of an hour', async () => {
    const event = (type: string, at: number, total: number, currency = 'USD') => ({
      orgId,
      type,
      at: new Date(at),
      total,
      currency,
    });
    await test_.db
      .collection('events')
      .insertMany([
        event('order', start, 100),
        event('order', start + minute, 0),
        event('refund', start + 16 * minute, -100),
        event('order', start, 5, 'EUR'),
        event('order', start + 100 * minute, 5),
      ]);
    const { overview } = own();
    const sales = await overview.sales({ from: start, to: start + 60 * minute }, 'USD');
    expect(sales.sort((a, b) => a.at - b.at)).toEqual([
      { at: start, orders: 2, amount: 100 },
      { at: start + 15 * minute, orders: 0, amount: -100 },
    ]);
    expect(await overview.orderSpan()).toEqual({ first: new Date(start), last: new Date(start + 100 * minute) });
    await insertRows([{ openedAt: new Date(start) }, {}, { state: 'failed' }]);
    expect(await overview.messages({ from: start, to: start + 60 * minute })).toEqual([
      { at: start, sent: 2, opened: 1, clicked: 0, unsubscribed: 0 },
    ]);
    expect(await overview.lastMessageAt()).toEqual(new Date(start + minute));
    expect(await database.forOrganization(other).overview.orderSpan()).toBeNull();
  });
});
