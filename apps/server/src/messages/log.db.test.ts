import { connect } from 'node:net';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { enqueueMessage, publishedTemplate } from '../transactional/testing/published-template.ts';

let server: TestApp;
let ann: Awaited<ReturnType<TestApp['owner']>>;
let analyst: Awaited<ReturnType<TestApp['member']>>;
let other: Awaited<ReturnType<TestApp['owner']>>;

beforeAll(async () => {
  server = await testApp();
  ann = await server.owner();
  analyst = await server.member(ann, 'analyst');
  other = await server.owner();
  expect((await call('demo.fill')).data).toEqual({ customers: 2000 });
}, 180_000);
afterAll(() => server.close());

const call = (path: string, input: object = {}, who = ann) => who.call(path, { orgId: ann.orgId, ...input });
const csv = (path: string, who = ann) =>
  server.app.inject({ url: `/api/o/${ann.orgId}/${path}`, headers: { cookie: who.cookie() } });
const driver = () => server.deps.database.driver;
const rows = () => driver().collection('deliveries').find({ orgId: ann.orgId }).sort({ at: -1, _id: -1 }).toArray();
const kinds = ['call', 'note', 'visit', 'ticket'];
const interactions = () =>
  driver()
    .collection('events')
    .find({ orgId: ann.orgId, type: { $in: kinds } })
    .sort({ at: -1, _id: -1 })
    .toArray();
const sentCampaign = async () => {
  const { data } = await call('campaigns.list', { states: ['sent'] });
  return data.items.find(({ name }: { name: string }) => name.startsWith('New harvest'));
};

type Item = { id: string; at: string; kind: string; text?: string };

async function readAll(filter: object, limit = 200): Promise<Item[]> {
  const seen: Item[] = [];
  let cursor: string | null = null;
  do {
    const { data }: { data: { items: Item[]; nextCursor: string | null } } = await call('messages.list', {
      ...{ filter, cursor, limit },
    });
    seen.push(...data.items);
    cursor = data.nextCursor;
  } while (cursor);
  return seen;
}

test('is one stream of all messages and all interactions, the newest first', async () => {
  const [messages, events] = [await rows(), await interactions()];
  expect(events.length).toBeGreaterThan(10);
  const all = await readAll({});
  expect(new Set(all.map(({ id }) => id))).toEqual(new Set([...messages, ...events].map(({ _id }) => String(_id))));
  expect(all).toHaveLength(messages.length + events.length);
  expect(all.map(({ at }) => at)).toEqual(
    all
      .map(({ at }) => at)
      .sort()
      .reverse(),
  );
  expect((await call('messages.count')).data).toEqual({ count: all.length, more: false });

  expect((await readAll({ show: 'messages' })).map(({ id }) => id)).toEqual(messages.map(({ _id }) => String(_id)));
  const shown = await readAll({ show: 'interactions' }, 7);
  expect(shown.map(({ id }) => id)).toEqual(events.map(({ _id }) => String(_id)));
  expect((await call('messages.count', { filter: { show: 'interactions' } })).data.count).toBe(events.length);
});

test('pages over a message and an interaction of the same instant without losing either', async () => {
  const [message] = await rows();
  const at = message?.at as Date;
  const customerId = message?.customerId as string;
  const ids = ['a', 'b', 'c'].map((name) => `${ann.orgId}:tie-${name}`);
  await driver()
    .collection<{ _id: string }>('events')
    .insertMany(
      ids.map((_id) => ({
        ...{ _id, orgId: ann.orgId, eventId: _id, customerId, type: 'note', at, currency: null, total: null },
        ...{ properties: { text: '=1+1' }, digest: _id, source: 'user', createdAt: at },
      })),
    );
  const one = await readAll({ customerId }, 1);
  const many = await readAll({ customerId });
  expect(one).toEqual(many);
  expect(one.filter(({ id }) => ids.includes(id)).map(({ id }) => id)).toEqual([...ids].reverse());
  const { data: alone } = await call('messages.interaction', { id: ids[0] });
  expect(alone).toMatchObject({ customerId, text: '=1+1', by: null });
  expect((await call('messages.interaction', { id: message?._id })).error?.code).toBe('not_found');
  expect((await other.call('messages.interaction', { orgId: other.orgId, id: ids[0] })).error?.code).toBe('not_found');
  expect(one.find(({ id }) => id === ids[0])).toMatchObject({ kind: 'interaction', type: 'note', text: '=1+1' });
  const file = parse((await csv(`messages.csv?customerId=${customerId}`)).body, { columns: true }) as {
    text: string;
  }[];
  expect(file).toHaveLength(many.length);
  const note = { kind: 'note', text: "'=1+1", customer_id: customerId, state: '' };
  expect(file.filter((row) => row.text === note.text)).toMatchObject([note, note, note]);
  await driver()
    .collection<{ _id: string }>('events')
    .deleteMany({ _id: { $in: ids } });
});

test('refuses a combination without an index, for a page, a count and a file', async () => {
  const { id: campaignId } = await sentCampaign();
  const filter = { campaignId, channel: 'email' };
  const refused = await call('messages.list', { filter });
  expect(refused).toMatchObject({
    status: 422,
    error: { code: 'log_filter_unsupported', details: { asked: ['campaignId', 'channel'] } },
  });
  expect(JSON.stringify(refused.error)).toContain('{"by":["campaignId"],"also":["state"]}');
  expect((await call('messages.count', { filter })).error?.code).toBe('log_filter_unsupported');
  expect((await csv(`messages.csv?campaignId=${campaignId}&channel=email`)).statusCode).toBe(422);
  expect((await call('messages.list', { cursor: 'x' })).error?.code).toBe('invalid_input');
  expect((await call('messages.list', { filter: { link: 1 } })).error?.code).toBe('invalid_input');
});

test('shows one message, what was clicked, and its copy', async () => {
  const { id: campaignId } = await sentCampaign();
  const { data } = await call('messages.list', { filter: { campaignId, response: 'clicked' }, limit: 1 });
  expect(data.items[0]).toMatchObject({ of: 'New harvest: Ethiopia and Peru', kind: 'campaign' });
  const { data: message } = await call('messages.get', { id: data.items[0].id });
  expect(message).toMatchObject({ of: 'New harvest: Ethiopia and Peru', state: 'sent', senderName: null });
  expect(message.clicks[0].url).toMatch(/^https:\/\/roastery\.example\//);
  const { data: copy } = await call('messages.copy', { id: data.items[0].id });
  expect(copy.subject).toContain('The new harvest is here');
  expect(copy.html).toContain('https://roastery.example/new');
  expect((await other.call('messages.get', { orgId: other.orgId, id: data.items[0].id })).error?.code).toBe(
    'not_found',
  );
});

test('shows a transactional message with the data that its program sent', async () => {
  const { database } = server.deps;
  const templateId = await publishedTemplate(database, ann.orgId);
  const id = await enqueueMessage(database, ann.orgId, templateId, { order: '1001', address: 'Ada@shop.example' });
  await database.driver.collection<{ _id: string }>('deliveries').insertOne({
    ...{ _id: id, orgId: ann.orgId, kind: 'transactional', runId: null, campaignId: null, customerId: null },
    ...{
      templateId,
      templateVersion: 1,
      channel: 'email',
      address: 'Ada@shop.example',
      foldedAddress: 'ada@shop.example',
    },
    ...{ name: '', state: 'sent', reason: null, detail: null, attempt: 1, messageId: id, at: new Date(), opens: 0 },
    clicks: [{ link: 0, at: new Date(), count: 1 }],
  } as { _id: string });
  const list = async (filter: object) => (await call('messages.list', { filter })).data.items;
  expect(await list({ show: 'transactional' })).toMatchObject([{ id, kind: 'transactional', of: 'Receipt' }]);
  expect(await list({ templateId, state: 'sent' })).toHaveLength(1);
  expect(await list({ address: 'ada@SHOP.example' })).toHaveLength(1);
  const { data: message } = await call('messages.get', { id });
  expect(message).toMatchObject({ of: 'Receipt', templateId, campaignId: null, customer: null });
  expect(message.clicks[0].url).toContain('https://shop.example/orders/');
  const { data: copy } = await call('messages.copy', { id });
  expect(copy).toMatchObject({ subject: 'Order 1001' });
  expect(copy.html).toContain('your order 1001 is here');
  const file = parse((await csv('messages.csv?show=transactional')).body, { columns: true });
  expect(file).toMatchObject([{ kind: 'transactional', of: 'Receipt', address: 'Ada@shop.example', customer_id: '' }]);
  await database.driver.collection<{ _id: string }>('deliveries').deleteOne({ _id: id });
  expect((await call('messages.copy', { id })).error?.code).toBe('not_found');
});

test('comes as a file with its filters', async () => {
  const failed = (await rows()).filter(({ state }) => state === 'failed');
  const file = parse((await csv('messages.csv?state=failed')).body, { columns: true }) as Record<string, string>[];
  expect(file.map(({ address }) => address)).toEqual(failed.map(({ address }) => address));
  expect((await csv('messages.csv?state=nonsense')).statusCode).toBe(400);
  expect((await csv('messages.csv', analyst)).statusCode).toBe(403);
});

test('stops to read where the one who takes the file goes away', async () => {
  let reads = 0;
  // Counted where every request gets its repositories.
  const { forOrganization } = server.deps.database;
  server.deps.database.forOrganization = ((id: typeof ann.orgId) => {
    const db = forOrganization(id);
    const counted: typeof db.messageLog.page = async (filter, _after, limit) => {
      reads += 1;
      const found = await db.messageLog.page(filter, null, limit);
      // The same page again and again: a log without an end.
      return found.map((row) => ({ ...row, detail: 'x'.repeat(300) }));
    };
    return { ...db, messageLog: { ...db.messageLog, page: counted } };
  }) as typeof forOrganization;
  try {
    await server.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = server.app.server.address() as { port: number };
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `GET /api/o/${ann.orgId}/messages.csv?show=messages HTTP/1.1\r\nHost: x\r\nCookie: ${ann.cookie()}\r\n\r\n`,
    );
    await new Promise((resolve) => socket.once('data', resolve));
    socket.destroy();
    // Nobody reads on: two looks at the same number, a while apart, until they agree.
    await expect
      .poll(
        async () => {
          const before = reads;
          await new Promise((resolve) => setTimeout(resolve, 300));
          return reads - before;
        },
        { timeout: 30_000 },
      )
      .toBe(0);
    expect(reads).toBeLessThan(200);
  } finally {
    server.deps.database.forOrganization = forOrganization;
  }
});
