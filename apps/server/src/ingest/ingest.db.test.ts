import { connect as connectSocket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../testing/test-app.ts';

let server: TestApp;
let ann: Awaited<ReturnType<TestApp['owner']>>;
let key: string;

beforeAll(async () => {
  server = await testApp();
  ann = await server.owner();
  key = await keyWith(['customers:read', 'customers:write', 'events:write']);
  for (const attribute of [
    { slug: 'plan', type: 'enum', options: ['free', 'pro'] },
    { slug: 'age', type: 'number', options: [] },
    { slug: 'joined', type: 'datetime', options: [] },
  ]) {
    await ann.call('attributes.create', { orgId: ann.orgId, label: attribute.slug, ...attribute });
  }
});
afterAll(() => server.close());

async function keyWith(scopes: readonly string[], of = ann): Promise<string> {
  return (await of.call('apiKeys.create', { orgId: of.orgId, name: 'Shop', scopes })).data.key;
}

async function send(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await server.app.inject({
    method: 'POST',
    url: `/api/v1${path}`,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, ...headers },
    payload: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.statusCode, headers: response.headers, body: response.json() };
}

const get = async (path: string, authorization = `Bearer ${key}`) => {
  const response = await server.app.inject({ method: 'GET', url: `/api/v1${path}`, headers: { authorization } });
  return { status: response.statusCode, body: response.json() };
};
const customers = (...list: unknown[]) => send('/customers', { customers: list });
const events = (...list: unknown[]) => send('/events', { events: list });
const orders = (...list: unknown[]) => send('/orders', { orders: list });
const found = async (query: string) => (await get(`/customers?${query}`)).body.customers[0];

let ids = 0;
const event = (rest: object = {}) => {
  ids += 1;
  return { id: `${ids}`, type: 'viewed', at: '2026-11-01T10:00:00Z', customer: { externalId: 'ann' }, ...rest };
};
const order = (rest: object = {}) => {
  ids += 1;
  const customer = { externalId: 'ann' };
  return { id: `${ids}`, at: '2026-11-01T10:00:00Z', customer, currency: 'USD', total: 1000, ...rest };
};

describe('customers', () => {
  test('are added, changed and left alone, found by external id, else by address', async () => {
    const first = await customers(
      { externalId: 'c1', email: 'C1@shop.example', firstName: 'Ann', attributes: { plan: 'pro', age: 31 } },
      { email: 'c2@shop.example', phone: '+49 171 1234567' },
    );
    expect(first.body).toEqual({ received: 2, created: 2, updated: 0, unchanged: 0, consentsKept: 0, refused: [] });
    const second = await customers(
      { externalId: 'c1', firstName: null, attributes: { age: null } },
      { email: 'C2@shop.example', externalId: 'c2' },
      { externalId: 'c1', attributes: { plan: 'pro' } },
    );
    expect(second.body).toMatchObject({ created: 0, updated: 3, refused: [] });
    expect(await found('externalId=c1')).toMatchObject({
      email: 'C1@shop.example',
      firstName: null,
      attributes: { plan: 'pro' },
    });
    expect(await found('email=C2@SHOP.example')).toMatchObject({ externalId: 'c2', phone: '+491711234567' });
    expect((await customers({ externalId: 'c1' }, { externalId: 'c2' })).body).toMatchObject({ unchanged: 2 });
  });

  test('that are refused say why, while the others go in', async () => {
    await customers({ externalId: 'k1', email: 'k1@shop.example' }, { externalId: 'k2', email: 'k2@shop.example' });
    const { status, body } = await customers(
      { externalId: 'k3', firstName: 'Fine' },
      { firstName: 'Nobody' },
      { externalId: 'k1', email: 'k2@shop.example' },
      { externalId: 'k9', email: 'k1@shop.example' },
      { externalId: 'k3', attributes: { age: '31' } },
      JSON.parse('{"externalId": "k3", "attributes": {"__proto__": 1}}'),
      { externalId: 'k3', attributes: { joined: '5' } },
      { externalId: 'k3', phone: '12' },
      { externalId: 'k3\u0000' },
      { externalId: 'k3', firstName: 'x\ud800' },
      { externalId: 'k3', nickname: 'x' },
      'text',
      { externalId: 'k3', lastName: '"🙂\'; $where' },
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ received: 13, created: 1, updated: 1 });
    expect(body.refused.map(({ index, code, path }: never) => [index, code, path])).toEqual([
      [1, 'customer_identity_missing', []],
      [2, 'customer_identity_clash', ['email']],
      [3, 'customer_identity_clash', ['externalId']],
      [4, 'attribute_value_invalid', ['attributes', 'age']],
      [5, 'attribute_unknown', ['attributes', '__proto__']],
      [6, 'attribute_value_invalid', ['attributes', 'joined']],
      [7, 'phone_invalid', ['phone']],
      [8, 'item_invalid', ['externalId']],
      [9, 'item_invalid', ['firstName']],
      [10, 'item_invalid', []],
      [11, 'item_invalid', []],
    ]);
    expect(await found('externalId=k3')).toMatchObject({ firstName: 'Fine', lastName: '"🙂\'; $where' });
  });

  test('keep their word about consent, unless it is said that they asked again', async () => {
    const said = (state: string, at: string, rest: object = {}) => ({
      externalId: 'consent',
      email: 'consent@shop.example',
      consents: { email: { state, at, how: 'Form', ...rest } },
    });
    const state = async () => (await found('externalId=consent')).consents.email.state;
    await customers(said('granted', '2026-01-01T00:00:00Z'));
    expect(await found('externalId=consent')).toMatchObject({ consents: { email: { source: 'Shop', how: 'Form' } } });
    await customers(said('withdrawn', '2026-02-01T00:00:00Z'));
    const db = server.deps.database.forOrganization(ann.orgId);
    expect(await db.suppressions.ofAddress('email', 'consent@shop.example')).toHaveLength(1);
    expect((await customers(said('granted', '2026-03-01T00:00:00Z'))).body).toMatchObject({ consentsKept: 1 });
    expect(await state()).toBe('withdrawn');
    const early = await customers(said('granted', '2026-01-15T00:00:00Z', { renew: true }));
    expect([early.body.consentsKept, await state()]).toEqual([1, 'withdrawn']);
    // They click "unsubscribe" in an old message, although they had withdrawn before: that is their latest word.
    const again = {
      channel: 'email',
      address: 'consent@shop.example',
      scope: 'marketing',
      reason: 'unsubscribed',
    } as const;
    await db.suppressions.add({ ...again, at: new Date('2026-03-02T00:00:00Z') });
    const late = await customers(said('granted', '2026-03-01T00:00:00Z', { renew: true }));
    expect([late.body.consentsKept, await state()]).toEqual([1, 'withdrawn']);
    await customers(said('granted', '2026-03-03T00:00:00Z', { renew: true }));
    expect(await state()).toBe('granted');
    expect(await db.suppressions.ofAddress('email', 'consent@shop.example')).toHaveLength(0);
    const future = await customers(said('granted', '2099-01-01T00:00:00Z'));
    expect(future.body.refused).toMatchObject([{ code: 'consent_in_future' }]);
  });

  test('hand their addresses on to each other, in a circle too', async () => {
    const ring = ['h1', 'h2', 'h3'];
    const email = (name?: string) => `${name}@ring.example`;
    await customers(...ring.map((name) => ({ externalId: name, email: email(name) })));
    const turned = await customers(
      ...ring.map((externalId) => ({ externalId, email: null })),
      ...ring.map((externalId, i) => ({ externalId, email: email(ring[(i + 1) % 3]) })),
    );
    expect(turned.body).toMatchObject({ received: 6, updated: 6, refused: [] });
    expect([await found('email=h1@ring.example'), await found('externalId=h1')]).toMatchObject([
      { externalId: 'h3' },
      { email: 'h2@ring.example' },
    ]);
  });

  test('of many requests at once are each there once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        customers(...Array.from({ length: 20 }, (_, k) => ({ externalId: `race${k}`, attributes: { age: i } }))),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    const created = answers.reduce((sum, { body }) => sum + body.created, 0);
    expect(created).toBe(20);
  });
});

describe('events', () => {
  test('are stored once, and another content under the same id is refused', async () => {
    const one = event({ properties: { page: '/a', seconds: 3 } });
    expect((await events(one, one, { ...one, properties: { page: '/b' } })).body).toMatchObject({
      received: 3,
      stored: 1,
      duplicates: 1,
      refused: [{ index: 2, id: one.id, code: 'event_conflict' }],
    });
    expect((await events(one)).body).toMatchObject({ stored: 0, duplicates: 1, customersCreated: 0 });
  });

  test('create the customers that nobody knows, and fill in what was missing', async () => {
    const first = await events(
      event({ customer: { externalId: 'new1' } }),
      event({ customer: { externalId: 'new1' } }),
    );
    expect(first.body).toMatchObject({ stored: 2, customersCreated: 1 });
    await events(event({ customer: { externalId: 'new1', email: 'New1@shop.example' } }));
    expect(await found('email=new1@shop.example')).toMatchObject({ externalId: 'new1', email: 'New1@shop.example' });
    const refused = await events(
      event({ customer: { externalId: 'new2', email: 'new1@shop.example' } }),
      event({ customer: { id: `cus_${'0'.repeat(26)}` } }),
      event({ customer: {} }),
      event({ customer: { id: (await found('externalId=new1')).id } }),
    );
    expect(refused.body.refused.map(({ code }: { code: string }) => code)).toEqual([
      'customer_identity_clash',
      'customer_unknown',
      'item_invalid',
    ]);
    expect(refused.body).toMatchObject({ stored: 1, customersCreated: 0 });
  });

  test('say their types to the catalogue, and another type is refused', async () => {
    const { body } = await events(
      event({ type: 'upgraded', properties: { seats: 5, until: '2027-01-01T00:00:00Z', nothing: null } }),
      event({ type: 'upgraded', properties: { seats: 'five' } }),
      event({ type: 'upgraded', properties: JSON.parse('{"__proto__": 1}') }),
      event({ type: 'upgraded', properties: { 'a.b': 1 } }),
      event({ type: 'order' }),
      event({ type: 'note' }),
      event({ type: 'note', properties: { text: 'Called back\nTwice' } }),
      event({ at: '1066-10-14T00:00:00Z' }),
      event({ at: '2026-02-30T00:00:00Z' }),
      event({ id: 'x\u0000' }),
    );
    expect(body.refused.map(({ code }: { code: string }) => code)).toEqual([
      'property_type',
      'property_name_invalid',
      'property_name_invalid',
      'event_type_reserved',
      'text_missing',
      'at_out_of_range',
      'item_invalid',
      'item_invalid',
    ]);
    expect(body.refused[0].message).toContain('It is a number');
    const { data } = await ann.call('eventTypes.list', { orgId: ann.orgId });
    expect(data.types).toContainEqual(
      expect.objectContaining({ type: 'upgraded', label: 'Upgraded', isNamed: false, isStandard: false }),
    );
    const counts = (await ann.call('eventTypes.counts', { orgId: ann.orgId })).data;
    expect(counts).toContainEqual({ type: 'upgraded', count: 1, isMore: false });
    const named = data.properties.map(({ name, type }: Record<string, string>) => `${name} ${type}`);
    expect(named).toEqual(expect.arrayContaining(['seats number', 'until datetime', 'text string']));
    expect(named).not.toContain('nothing string');
  });

  test('of two types at once for one name one is refused, wherever it is sent', async () => {
    const answers = await Promise.all([
      events(event({ properties: { contested: 1 } })),
      events(event({ properties: { contested: 'one' } })),
    ]);
    expect(answers.flatMap(({ body }) => body.refused)).toMatchObject([{ code: 'property_type' }]);
  });
});

test('thirty batches at once, each with a name of its own, all come in', async () => {
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, i) =>
      events(
        event({ type: `crowd_${i}`, properties: { [`crowd_${i}`]: i }, customer: { externalId: `crowd${i % 5}` } }),
      ),
    ),
  );
  expect(answers.map(({ body }) => body.stored)).toEqual(Array(30).fill(1));
  expect(answers.reduce((sum, { body }) => sum + body.customersCreated, 0)).toBe(5);
});

describe('orders and refunds', () => {
  test('count in the customer’s sums, once', async () => {
    const customer = { email: 'buyer@shop.example' };
    const lines = [{ productId: 'p1', quantity: 2, price: 500 }];
    const bought = [order({ customer, lines }), order({ customer, total: 2500, at: '2026-11-03T00:00:00Z' })];
    expect((await orders(...bought, bought[0])).body).toMatchObject({ stored: 2, duplicates: 1, customersCreated: 1 });
    await send('/refunds', { refunds: [{ ...order({ customer, id: bought[0]?.id }), total: undefined, amount: 400 }] });
    expect(await found('email=buyer@shop.example')).toMatchObject({
      orderCount: 2,
      revenue: 3100,
      lastOrderAt: '2026-11-03T00:00:00.000Z',
    });
    const wrong = await orders(
      order({ currency: 'XXX1' }),
      order({ total: 19.99 }),
      order({ total: -1 }),
      order({ lines: [{ quantity: -1 }] }),
    );
    expect(wrong.body.refused).toHaveLength(4);
  });

  test('that were stored by a request which ended before its sums are summed when they come again', async () => {
    const one = order({ customer: { externalId: 'late' }, total: 700 });
    await orders(one);
    const { id } = await found('externalId=late');
    const collection = server.deps.database.models.customers.collection;
    await collection.updateOne({ _id: id }, { $set: { 'rollups.orderCount': 0, 'rollups.revenue': 0 } });
    await orders(one);
    expect(await found('externalId=late')).toMatchObject({ orderCount: 1, revenue: 700 });
  });
});

describe('the API', () => {
  test('lets nobody in without a key, with a wrong, another scope’s or a revoked one', async () => {
    const ask = (authorization: string) => send('/events', { events: [] }, { authorization });
    for (const wrong of ['', 'Bearer', 'Bearer x', `Bearer mcrm_${'A'.repeat(43)}`, `Basic ${key}`]) {
      const { status, body, headers } = await ask(wrong);
      expect([status, body.error.code], wrong).toEqual([401, 'api_key_invalid']);
      expect(headers['www-authenticate']).toBe('Bearer');
      expect(body.requestId).toMatch(/^req_/);
    }
    const reader = await keyWith(['customers:read']);
    expect(await ask(`Bearer ${reader}`)).toMatchObject({
      status: 403,
      body: { error: { code: 'api_key_scope', details: { scope: 'events:write' } } },
    });
    const gone = await keyWith(['events:write']);
    expect((await ask(`Bearer ${gone}`)).status).toBe(200);
    const list = (await ann.call('apiKeys.list', { orgId: ann.orgId })).data;
    const { id } = list.find(({ prefix }: { prefix: string }) => gone.startsWith(prefix));
    await ann.call('apiKeys.revoke', { orgId: ann.orgId, keyId: id });
    expect((await ask(`Bearer ${gone}`)).status).toBe(401);
  });

  test('notes when a key is used, at most once a minute', async () => {
    const noted = await keyWith(['events:write']);
    const keys = server.deps.database.models.apiKeys.collection;
    const prefix = noted.slice(0, 11);
    const lastUse = async () => (await keys.findOne({ prefix }))?.lastUsedAt;
    const ask = () => send('/events', { events: [] }, { authorization: `Bearer ${noted}` });
    expect(await lastUse()).toBeNull();
    await ask();
    expect(await lastUse()).toBeInstanceOf(Date);
    for (const [ago, moves] of [
      [30_000, false],
      [61_000, true],
    ] as const) {
      const before = new Date(Date.now() - ago);
      await keys.updateOne({ prefix }, { $set: { lastUsedAt: before } });
      await ask();
      expect((await lastUse())?.getTime() !== before.getTime(), `${ago}`).toBe(moves);
    }
    const stored = await keys.findOne({ prefix });
    expect(JSON.stringify(stored)).not.toContain(noted);
  });

  test('finds nothing of another organization', async () => {
    await customers({ externalId: 'mine' });
    const { id } = await found('externalId=mine');
    const bob = await server.owner('Another');
    const other = `Bearer ${await keyWith(['customers:read', 'events:write'], bob)}`;
    expect((await get(`/customers/${id}`)).status).toBe(200);
    expect(await get(`/customers/${id}`, other)).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } });
    expect((await get('/customers?externalId=mine', other)).body.customers).toEqual([]);
    const refused = await send('/events', { events: [event({ customer: { id } })] }, { authorization: other });
    expect(refused.body.refused).toMatchObject([{ code: 'customer_unknown' }]);
  });

  test('says its limits, and refuses what is beyond them', async () => {
    const many = await events(...Array.from({ length: 1001 }, () => event()));
    expect([many.status, many.body.error.code]).toEqual([422, 'batch_too_large']);
    expect(Number(many.headers['ratelimit-limit'])).toBe(1200);
    expect(Number(many.headers['ratelimit-remaining'])).toBeLessThan(1200);
    expect(Number(many.headers['ratelimit-reset'])).toBeLessThanOrEqual(60);
    const big = await send('/events', `{"events": ["${'x'.repeat(10 * 1024 * 1024)}"]}`);
    expect([big.status, big.body.error.code]).toEqual([413, 'body_too_large']);
    for (const body of ['', '{', '[]', '{"events": {}}', '{"customers": []}', 'null']) {
      expect((await send('/events', body)).status, body).toBe(400);
    }
    expect((await send('/events', '<xml/>', { 'content-type': 'text/xml' })).status).toBe(415);
    expect((await get('/customers')).status).toBe(400);
    expect((await get('/customers/nobody')).status).toBe(404);
    expect((await get('/nothing')).status).toBe(404);
  });

  test('says little back of what was too long, and refuses a name such as __proto__ wherever it stands', async () => {
    const long = 'x'.repeat(100_000);
    const answer = await customers(
      { externalId: 'long', [long]: 1 },
      { externalId: 'long', attributes: { [long]: 1 } },
      JSON.parse('{"externalId": "proto", "__proto__": {"email": "a@b.example"}}'),
    );
    expect(answer.body.refused.map(({ code }: { code: string }) => code)).toEqual([
      'item_invalid',
      'attribute_unknown',
      'item_invalid',
    ]);
    expect(JSON.stringify(answer.body).length).toBeLessThan(2000);
    const bomb = await send('/customers', `{"customers": [${'['.repeat(500_000)}${']'.repeat(500_000)}]}`);
    expect(bomb.body.refused).toMatchObject([{ code: 'item_invalid' }]);
    const deep = `{"externalId": "deep", "attributes": {"plan": ${'['.repeat(500_000)}${']'.repeat(500_000)}}}`;
    expect((await send('/customers', `{"customers": [${deep}]}`)).body.refused).toMatchObject([
      { code: 'attribute_value_invalid' },
    ]);
  });

  test('refuses a flood from one address before it comes to the database', async () => {
    const small = await testApp({ API_REQUESTS_PER_MINUTE: '1', RATE_LIMIT_PER_MINUTE: '1' });
    try {
      const ask = (url: string) => small.app.inject({ url, headers: { authorization: 'Bearer wrong' } });
      const answers = await Promise.all(Array.from({ length: 40 }, () => ask('/api/v1/customers?externalId=a')));
      const last = answers.find(({ statusCode }) => statusCode === 429);
      expect(last?.json().error.code).toBe('too_many_requests');
      expect(last?.headers['retry-after']).toBeDefined();
      expect(answers[0]?.headers['x-ratelimit-limit']).toBeUndefined();
      const documents = await Promise.all(Array.from({ length: 3 }, () => ask('/api/v1/openapi.json')));
      expect(documents.map(({ statusCode }) => statusCode)).toContain(429);
    } finally {
      await small.close();
    }
  });

  test('gives a key so many requests a minute and says when there are more', async () => {
    const small = await testApp({ API_REQUESTS_PER_MINUTE: '2' });
    try {
      const owner = await small.owner();
      const { key: limited } = (
        await owner.call('apiKeys.create', { orgId: owner.orgId, name: 'Shop', scopes: ['events:write'] })
      ).data;
      const ask = () =>
        small.app.inject({
          method: 'POST',
          url: '/api/v1/events',
          headers: { authorization: `Bearer ${limited}` },
          payload: { events: [] },
        });
      const answers = [await ask(), await ask(), await ask(), await ask(), await ask()];
      // The minute may end in between.
      const last = answers.find(({ statusCode }) => statusCode === 429);
      expect(last?.headers['ratelimit-remaining']).toBe('0');
      expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
      expect(last?.json().error.code).toBe('too_many_requests');
    } finally {
      await small.close();
    }
  });

  test('is called as a typed procedure by a key and by a person of the organization', async () => {
    const ask = (headers: Record<string, string>, input: object) =>
      server.app.inject({
        method: 'POST',
        url: '/api/trpc/ingest.events',
        headers: { 'content-type': 'application/json', ...headers },
        payload: input,
      });
    const byKey = await ask({ authorization: `Bearer ${key}` }, { events: [event()] });
    expect(byKey.json().result.data).toMatchObject({ stored: 1 });
    expect(byKey.headers['ratelimit-limit']).toBe('1200');
    const bob = await server.owner('Yet another');
    const elsewhere = await ask({ authorization: `Bearer ${key}` }, { orgId: bob.orgId, events: [event()] });
    expect(elsewhere.json().error.data.error.code).toBe('not_found');
    const person = await ann.call('ingest.events', { orgId: ann.orgId, events: [event()] });
    expect(person.data).toMatchObject({ stored: 1, refused: [] });
    const reader = await keyWith(['customers:read']);
    const scopeless = await ask({ authorization: `Bearer ${reader}` }, { events: [] });
    expect(scopeless.json().error.data.error).toMatchObject({ code: 'api_key_scope' });
    const input = encodeURIComponent(JSON.stringify({ orgId: ann.orgId }));
    const list = { url: `/api/trpc/customers.list?input=${input}`, headers: { authorization: `Bearer ${key}` } };
    expect((await server.app.inject(list)).json().error.data.error.code).toBe('not_signed_in');
    const wrong = await ask({ authorization: 'Bearer wrong' }, { events: [] });
    expect(wrong.json().error.data.error.code).toBe('api_key_invalid');
  });
});

test('an upload that lies about its length or stops in the middle harms nobody', async () => {
  const address = await server.app.listen({ host: '127.0.0.1', port: 0 });
  const socket = connectSocket(Number(new URL(address).port), '127.0.0.1');
  await new Promise<void>((resolve) => {
    socket.on('connect', () => {
      socket.write(`POST /api/v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${key}\r\n`);
      socket.write('Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{"events": [');
      socket.end();
    });
    // Without a reader the socket would never see its end.
    socket.resume();
    socket.on('close', () => resolve());
    socket.on('error', () => resolve());
  });
  expect((await events(event())).body).toMatchObject({ stored: 1 });
});
