import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../testing/test-app.ts';

let server: TestApp;
let ann: Awaited<ReturnType<TestApp['owner']>>;
let analyst: Awaited<ReturnType<TestApp['member']>>;
let other: Awaited<ReturnType<TestApp['owner']>>;

type Who = { call: TestApp['client'] extends () => infer C ? (C extends { call: infer F } ? F : never) : never };

beforeAll(async () => {
  server = await testApp();
  ann = await server.owner();
  analyst = await server.member(ann, 'analyst');
  other = await server.owner();
  expect((await call('demo.fill')).data).toEqual({ customers: 2000 });
});
afterAll(() => server.close());

const call = (path: string, input: object = {}, who: Who = ann) => who.call(path, { orgId: ann.orgId, ...input });
const csv = (path: string, who = ann) =>
  server.app.inject({ url: `/api/o/${ann.orgId}/${path}`, headers: { cookie: who.cookie() } });
const sentCampaign = async () => {
  const { data } = await call('campaigns.list', { states: ['sent'] });
  return data.items.find(({ name }: { name: string }) => name.startsWith('New harvest'));
};
const rows = (who = ann) =>
  server.deps.database.driver.collection('deliveries').find({ orgId: who.orgId }).sort({ at: -1, _id: -1 }).toArray();

describe('the demo', () => {
  test('filling twice changes nothing', async () => {
    expect((await call('demo.fill')).data).toEqual({ customers: 2000 });
    expect((await call('customers.count', { filter: {} })).data).toEqual({ count: 2000 });
    expect((await call('demo.state')).data).toEqual({ state: 'filled' });
  });

  test('its segments, its campaigns and its profiles are alive', async () => {
    const { data: segments } = await call('segments.list');
    // Five are there from the first day.
    expect(segments).toHaveLength(5 + 4);
    const { items } = (await call('campaigns.list')).data;
    expect(items.map(({ state }: { state: string }) => state).sort()).toEqual(['draft', 'sent', 'sent']);
    const draft = items.find(({ state }: { state: string }) => state === 'draft');
    const { data: waterfall } = await call('campaigns.waterfall', { audience: draft.audience, purpose: 'marketing' });
    expect(waterfall.waterfall.reachable).toBeGreaterThan(50);
    const { data: customers } = await call('customers.list', { sort: 'orderCount' });
    expect(customers.items[0].rollups.orderCount).toBeGreaterThan(5);
    const timeline = await call('customers.timeline', { customerId: customers.items[0].id });
    expect(timeline.data.items.length).toBeGreaterThan(5);
  });

  test('does not mix with customers of one’s own', async () => {
    await other.call('customers.create', {
      orgId: other.orgId,
      ...{ externalId: 'x', email: null, phone: null, firstName: 'Own', lastName: null, timeZone: null, locale: null },
      attributes: {},
    });
    expect((await other.call('demo.fill', { orgId: other.orgId })).error?.code).toBe('demo_not_empty');
  });
});

describe('a report', () => {
  test('agrees with the log row by row', async () => {
    const { id } = await sentCampaign();
    const { data: report } = await call('reports.campaign', { id, span: 'all' });
    const log = (await rows()).filter(({ campaignId }) => campaignId === id);
    const count = (test: (row: (typeof log)[number]) => unknown) => log.filter(test).length;
    expect(report.recipients).toBe(log.length);
    expect(report.figures).toMatchObject({
      sent: count(({ state }) => state === 'sent'),
      failed: count(({ state }) => state === 'failed'),
      opened: count(({ openedAt }) => openedAt),
      clicked: count(({ clickedAt }) => clickedAt),
      unsubscribed: count(({ unsubscribedAt }) => unsubscribedAt),
    });
    const sum = (field: string) =>
      report.overTime.buckets.reduce((total: number, b: Record<string, number>) => total + (b[field] ?? 0), 0);
    expect(sum('opened')).toBe(report.figures.opened);
    expect(sum('clicked')).toBe(report.figures.clicked);
    expect(sum('unsubscribed')).toBe(report.figures.unsubscribed);
    expect(report.links[0]).toMatchObject({ label: 'Taste the new roasts', url: 'https://roastery.example/new' });
    for (const { link, people } of report.links) {
      expect(people).toBe(count(({ clicks }) => clicks.some((click: { link: number }) => click.link === link)));
      const { items } = (await call('messages.list', { filter: { campaignId: id, link }, limit: 200 })).data;
      expect(items).toHaveLength(people);
    }
    expect(report.revenue.currency).toBe((await call('organization.get')).data.currency);
    expect(report.revenue.amount).toBeGreaterThan(0);
    expect(report.waterfall.reachable).toBe(log.length);
    const first = await call('reports.campaign', { id });
    expect(first.data.overTime.buckets).toHaveLength(72);
  });

  test('is not found for others and refused for a draft', async () => {
    const { id } = await sentCampaign();
    expect((await other.call('reports.campaign', { orgId: other.orgId, id })).error?.code).toBe('not_found');
    const { data } = await call('campaigns.list', { states: ['draft'] });
    expect((await call('reports.campaign', { id: data.items[0].id })).error?.code).toBe('campaign_state');
  });

  test('comes as files: a row for each recipient, and a row for each link', async () => {
    const { id } = await sentCampaign();
    const recipients = await csv(`campaigns/${id}/recipients.csv`);
    const parsed = parse(recipients.body, { columns: true }) as Record<string, string>[];
    const log = (await rows()).filter(({ campaignId }) => campaignId === id);
    expect(parsed).toHaveLength(log.length);
    expect(parsed.filter(({ opened_at }) => opened_at).length).toBe(log.filter(({ openedAt }) => openedAt).length);
    const links = parse((await csv(`campaigns/${id}/links.csv`)).body, { columns: true }) as Record<string, string>[];
    expect(links).toHaveLength(4);
    expect((await csv(`campaigns/${id}/recipients.csv`, analyst)).statusCode).toBe(403);
    expect((await csv(`campaigns/${id}/links.csv`, analyst)).statusCode).toBe(200);
  });
});

describe('the home page', () => {
  test('has numbers that agree with the data', async () => {
    const { data } = await call('home.overview', {}, analyst);
    expect(data.customers.total).toBe(2000);
    expect(data.customers.added.history).toHaveLength(30);
    expect(data.sales.revenue.now).toBeGreaterThan(0);
    expect(data.sales.period.recent).toBe(true);
    const [{ revenue }] = (await server.deps.database.driver
      .collection('customers')
      .aggregate<{ revenue: number }>([
        { $match: { orgId: ann.orgId } },
        { $group: { _id: null, revenue: { $sum: '$rollups.revenue' } } },
      ])
      .toArray()) as [{ revenue: number }];
    expect(data.sales.allTime.revenue).toBe(revenue);
    expect(data.messages.sent.now).toBeGreaterThan(100);
    const { data: everybody } = await call('campaigns.waterfall', {
      audience: { include: 'everyone', exclude: [] },
      purpose: 'marketing',
    });
    expect(data.customers.reachable).toBe(everybody.waterfall.reachable);
  });

  test('says what went out lately and what a newcomer can do next', async () => {
    const { data } = await call('home.activity');
    expect(data.campaigns.map(({ name }: { name: string }) => name)).toEqual([
      'Club early access: Kirinyaga',
      'New harvest: Ethiopia and Peru',
    ]);
    expect(data.steps).toEqual({ customers: true, segment: true, sender: false, campaign: true });
    expect(data).toMatchObject({ drafts: 1, demo: 'filled', imports: [] });
    const empty = await other.call('home.overview', { orgId: other.orgId });
    expect(empty.data).toMatchObject({ customers: { total: 1 }, sales: null, messages: null });
  });
});

test('a search finds customers, segments and campaigns', async () => {
  const { items } = (await call('customers.list', { sort: 'name' })).data;
  const { data } = await call('search.everything', { text: items[0].email.slice(0, 12) });
  expect(data.customers.map(({ id }: { id: string }) => id)).toContain(items[0].id);
  expect((await call('search.everything', { text: 'CLUB' })).data).toMatchObject({
    segments: [{ name: 'Club members' }],
    campaigns: [{ name: 'Club early access: Kirinyaga' }],
  });
  expect((await call('search.everything', { text: ' ' })).data).toEqual({ customers: [], segments: [], campaigns: [] });
});

test('removing the demo leaves an empty organization, and it can be filled again', async () => {
  expect((await call('demo.remove', {}, analyst)).error?.code).toBe('not_permitted');
  expect((await call('demo.remove')).data).toEqual({ removed: true });
  expect((await call('customers.count', { filter: {} })).data).toEqual({ count: 0 });
  expect(await rows()).toEqual([]);
  expect((await call('attributes.list')).data).toEqual([]);
  expect((await call('demo.remove')).data).toEqual({ removed: true });
  expect((await call('demo.fill')).data).toEqual({ customers: 2000 });
});
