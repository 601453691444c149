import type { OrganizationId } from '@mini-crm/domain';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestApp, testApp } from '../testing/test-app.ts';

let server: TestApp;
let ann: Awaited<ReturnType<TestApp['owner']>>;
let key: string;
let orgId: OrganizationId;
let customerId: string;
let templateId: string;

const body = (order: string, more: object = {}) => ({
  ...{ templateSlug: 'receipt', to: { email: 'stranger@shop.example', name: 'Zoë' } },
  ...{ data: { order: { number: order, total: '1', url: 'https://shop.example/1' } } },
  ...more,
});
const post = async (payload: object, headers: Record<string, string> = {}) => {
  const authorization = `Bearer ${key}`;
  const response = await server.app.inject({
    ...{ method: 'POST', url: '/api/v1/messages', payload, headers: { authorization, ...headers } },
  });
  return { status: response.statusCode, headers: response.headers, body: response.json() };
};
const get = async (id: string) =>
  (await server.app.inject({ url: `/api/v1/messages/${id}`, headers: { authorization: `Bearer ${key}` } })).json();
const messages = () => server.database.db.collection<{ _id: string }>('messages');
const keys = () => server.database.db.collection<{ _id: string }>('idempotencyKeys');
const draftOf = async () => {
  const { data } = await ann.call('templates.get', { orgId, id: templateId });
  const { name, slug, purpose, tracked, content, sender, sample, version } = data;
  return { version, draft: { name, slug, purpose, tracked, content, sender, sample } };
};
const publish = async () =>
  ann.call('templates.publish', { orgId, id: templateId, version: (await draftOf()).version });

beforeAll(async () => {
  server = await testApp();
  ann = await server.owner();
  orgId = ann.orgId;
  const scopes = ['messages:send', 'customers:write'];
  key = (await ann.call('apiKeys.create', { orgId, name: 'Shop', scopes })).data.key;
  await ann.call('ingest.customers', {
    orgId,
    customers: [
      { externalId: 'a', email: 'a@shop.example', firstName: 'Ann', consents: {} },
      { externalId: 'mute', consents: {} },
    ],
  });
  const { data } = await ann.call('customers.list', { orgId });
  customerId = data.items.find((one: { externalId: string }) => one.externalId === 'a').id;
  templateId = (await ann.call('templates.create', { orgId, name: 'Receipt', purpose: 'service' })).data.id;
  await server.database.db
    .collection<{ _id: string }>('organizations')
    .updateOne({ _id: orgId }, { $set: { 'sender.fromEmail': 'shop@shop.example', 'sender.fromName': 'Shop' } });
});
afterAll(() => server.close());
beforeEach(async () => {
  await messages().deleteMany({});
  await keys().deleteMany({});
});

test('refuses to send before the template is published, and then accepts by slug and by id', async () => {
  expect(await post(body('1'))).toMatchObject({
    ...{ status: 400, body: { error: { code: 'template_not_published', path: ['templateSlug'] } } },
  });
  expect(await publish()).toMatchObject({ status: 200, data: { number: 1 } });
  const sent = await post(body('1'));
  expect(sent).toMatchObject({
    status: 202,
    body: { state: 'queued', templateId, templateVersion: 1, customerId: null, to: 'stranger@shop.example' },
  });
  expect(sent.headers['ratelimit-remaining']).toBeDefined();
  expect(await get(sent.body.id)).toMatchObject({ id: sent.body.id, state: 'queued', attempts: 0, at: null });
  const { templateSlug: _, ...rest } = body('2');
  expect((await post({ ...rest, templateId })).status).toBe(202);
  expect(await post({ ...rest, templateId, templateSlug: 'receipt' })).toMatchObject({ status: 400 });
  expect(await messages().countDocuments()).toBe(2);
});

test('finds the customer by our id, by theirs and by the address, and says plainly where there is none', async () => {
  for (const to of [{ customerId }, { externalId: 'a' }, { email: 'A@shop.example' }]) {
    expect((await post(body('1', { to }))).body).toMatchObject({ customerId });
  }
  expect(await post(body('1', { to: { externalId: 'nobody' } }))).toMatchObject({
    ...{ status: 400, body: { error: { code: 'recipient_unknown', path: ['to', 'externalId'] } } },
  });
  expect(await post(body('1', { to: { externalId: 'mute' } }))).toMatchObject({
    ...{ status: 400, body: { error: { code: 'recipient_no_address' } } },
  });
  expect(await post(body('1', { to: { email: 'a@shop.example\r\nBcc: x@y.example' } }))).toMatchObject({ status: 400 });
  expect(await post(body('1', { data: [] }))).toMatchObject({ status: 400, body: { error: { path: ['data'] } } });
  expect(await post(body('1', { date: {} }))).toMatchObject({
    status: 400,
    body: { error: { code: 'invalid_input' } },
  });
});

test('refuses a message whose template asks for what nobody sent, with its path, unless it has a default', async () => {
  const { order } = body('1').data;
  const { number: _, ...without } = order;
  expect(await post(body('1', { data: { order: without } }))).toMatchObject({
    status: 400,
    body: {
      error: {
        code: 'variable_missing',
        path: ['data', 'order', 'number'],
        details: { variable: 'data.order.number' },
      },
    },
  });
  expect(await messages().countDocuments()).toBe(0);
});

test('answers the same key and body again as the first time, and sends nothing', async () => {
  const first = await post(body('1'), { 'idempotency-key': 'k1' });
  expect(first.headers['idempotent-replayed']).toBeUndefined();
  const { to, data, templateSlug } = body('1');
  const again = await post({ data, templateSlug, to }, { 'idempotency-key': 'k1' });
  expect(again).toMatchObject({ status: 202, body: first.body });
  expect(again.headers['idempotent-replayed']).toBe('true');
  expect(await messages().countDocuments()).toBe(1);
  expect((await post(body('1'), { 'idempotency-key': 'k2' })).body.id).not.toBe(first.body.id);
});

test('refuses another body under the same key, and a key that is none', async () => {
  await post(body('1'), { 'idempotency-key': 'k1' });
  expect(await post(body('2'), { 'idempotency-key': 'k1' })).toMatchObject({
    ...{ status: 422, body: { error: { code: 'idempotency_key_reused' } } },
  });
  expect(await post(body('2'), { 'idempotency-key': 'a b' })).toMatchObject({ status: 400 });
  expect(await messages().countDocuments()).toBe(1);
});

test('a request that was refused leaves its key to the next one', async () => {
  expect((await post(body('1', { data: {} }), { 'idempotency-key': 'k1' })).status).toBe(400);
  expect((await post(body('1'), { 'idempotency-key': 'k1' })).status).toBe(202);
});

test('of many requests with one key at the same moment one sends, and the others wait or get its answer', async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, () => post(body('1'), { 'idempotency-key': 'k1' })));
  expect(await messages().countDocuments()).toBe(1);
  const [id] = await messages().distinct('_id');
  for (const { status, headers, body: answer } of answers) {
    if (status === 202) expect(answer.id).toBe(id);
    else {
      expect({ status, code: answer.error.code }).toEqual({ status: 409, code: 'idempotency_in_flight' });
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    }
  }
  expect(answers.some(({ status }) => status === 202)).toBe(true);
  expect((await post(body('1'), { 'idempotency-key': 'k1' })).body.id).toBe(id);
});

test('a request whose process died keeps its key for the length of its lease, and then goes once', async () => {
  await post(body('1'), { 'idempotency-key': 'k1' });
  // What a killed process leaves behind: the key is in its hand, and nothing was written.
  await messages().deleteMany({});
  const until = new Date(Date.now() + 20_000);
  await keys().updateMany({}, { $set: { answer: null, token: 'dead', until } });
  expect(await post(body('1'), { 'idempotency-key': 'k1' })).toMatchObject({
    ...{ status: 409, body: { error: { code: 'idempotency_in_flight' } } },
  });
  expect(await messages().countDocuments()).toBe(0);
  await keys().updateMany({}, { $set: { until: new Date(Date.now() - 1) } });
  const answers = await Promise.all(Array.from({ length: 5 }, () => post(body('1'), { 'idempotency-key': 'k1' })));
  expect(answers.filter(({ status }) => status === 202).length).toBeGreaterThan(0);
  expect(await messages().countDocuments()).toBe(1);
});

test('keys of different programs have nothing to do with each other', async () => {
  const first = await post(body('1'), { 'idempotency-key': 'k1' });
  const other = await ann.call('messages.send', { orgId, ...body('2'), idempotencyKey: 'k1' });
  expect(other.data.id).not.toBe(first.body.id);
  const again = await ann.call('messages.send', { orgId, ...body('2'), idempotencyKey: 'k1' });
  expect(again.data.id).toBe(other.data.id);
});

test('another organization finds neither the template nor the message', async () => {
  const sent = await post(body('1'));
  const bob = await server.owner('Other');
  const others = (await bob.call('apiKeys.create', { orgId: bob.orgId, name: 'Shop', scopes: ['messages:send'] })).data
    .key;
  const authorization = `Bearer ${others}`;
  const read = await server.app.inject({ url: `/api/v1/messages/${sent.body.id}`, headers: { authorization } });
  expect(read.statusCode).toBe(404);
  expect(await post({ ...body('1') }, { authorization })).toMatchObject({
    body: { error: { code: 'template_unknown' } },
  });
  expect((await bob.call('templates.get', { orgId: bob.orgId, id: templateId })).error?.code).toBe('not_found');
});

test('a draft may be edited while its published version goes out, and its slug stays', async () => {
  const { version, draft } = await draftOf();
  const content = { ...draft.content, subject: 'Changed {{ data.other }}' };
  const saved = await ann.call('templates.save', { orgId, id: templateId, version, draft: { ...draft, content } });
  expect(saved.data.version).toBe(version + 1);
  expect((await ann.call('templates.list', { orgId })).data).toMatchObject([
    { state: 'changed', published: { number: 1 } },
  ]);
  expect((await post(body('1'))).body).toMatchObject({ templateVersion: 1 });
  const renamed = { ...draft, slug: 'other' };
  expect(
    (await ann.call('templates.save', { orgId, id: templateId, version: version + 1, draft: renamed })).error?.code,
  ).toBe('template_slug_fixed');
  expect((await ann.call('templates.save', { orgId, id: templateId, version, draft })).error?.code).toBe('stale');
  expect((await publish()).data).toEqual({ number: 2 });
  expect((await post(body('1'))).body.error).toMatchObject({ code: 'variable_missing', path: ['data', 'other'] });
});

test('previews with the sample, says what programs have to send, and publishes nothing that is faulty', async () => {
  const { version, draft } = await draftOf();
  const mjml = draft.content.mjml.replace('{{ data.order.total }}', '{{ data.note | default: "-" }}');
  const content = { ...draft.content, subject: 'Order {{ data.order.number }}', mjml };
  const preview = (await ann.call('templates.preview', { orgId, draft: { ...draft, content }, customerId: null })).data;
  expect(preview).toMatchObject({ publishable: true, message: { subject: 'Order 1042' }, faults: [] });
  expect(preview.fields).toEqual(
    expect.arrayContaining([
      { name: 'order.number', required: true },
      { name: 'order.url', required: true },
      { name: 'note', required: false },
    ]),
  );
  const empty = (
    await ann.call('templates.preview', { orgId, draft: { ...draft, content, sample: {} }, customerId: null })
  ).data;
  expect(empty).toMatchObject({
    publishable: true,
    message: null,
    faults: [{ code: 'template_faulty', path: ['sample'] }],
  });
  const broken = { ...draft, content: { ...content, subject: '{{ customer.fristName }}' } };
  await ann.call('templates.save', { orgId, id: templateId, version, draft: broken });
  expect((await publish()).error).toMatchObject({
    ...{ code: 'template_not_ready', details: { faults: [{ code: 'variable_unknown' }] } },
  });
});

test('an archived template sends nothing, and one that was published is not deleted', async () => {
  await ann.call('templates.archive', { orgId, id: templateId });
  expect((await post(body('1'))).body.error).toMatchObject({ code: 'template_not_published' });
  expect((await ann.call('templates.remove', { orgId, id: templateId })).error?.code).toBe('template_published');
  await ann.call('templates.unarchive', { orgId, id: templateId });
  const copy = await ann.call('templates.duplicate', { orgId, id: templateId });
  expect((await ann.call('templates.get', { orgId, id: copy.data.id })).data).toMatchObject({
    ...{ name: 'Receipt copy', slug: 'receipt-copy', state: 'draft' },
  });
  expect((await ann.call('templates.remove', { orgId, id: copy.data.id })).data).toEqual({ removed: true });
});
