import { newId } from '@mini-crm/db';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../../testing/test-app.ts';
import { publishedTemplate } from '../../transactional/testing/published-template.ts';
import { endpoints } from './endpoints.ts';

let server: TestApp;
let document: {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
};
let key: string;
let scopeless: Record<string, string>;
let customerId: string;
const runId = newId('run');
let templateId: string;
let messageId: string;

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly requestBody?: object;
  readonly responses: Record<string, unknown>;
}

beforeAll(async () => {
  server = await testApp();
  const ann = await server.owner();
  const keyWith = async (scopes: string[]) =>
    (await ann.call('apiKeys.create', { orgId: ann.orgId, name: 'Test', scopes })).data.key as string;
  key = await keyWith(['customers:read', 'customers:write', 'events:write', 'deliveries:report', 'messages:send']);
  scopeless = {
    'customers:read': await keyWith(['events:write']),
    'customers:write': await keyWith(['customers:read']),
    'events:write': await keyWith(['customers:read']),
    'deliveries:report': await keyWith(['customers:read']),
    'messages:send': await keyWith(['customers:read']),
  };
  const added = await ann.call('ingest.customers', {
    orgId: ann.orgId,
    customers: [{ externalId: 'a', email: 'a@shop.example', consents: {} }],
  });
  expect(added.data).toMatchObject({ created: 1 });
  const { data } = await ann.call('customers.list', { orgId: ann.orgId });
  customerId = data.items[0].id;
  // A message that went out, for what providers say of it.
  await server.deps.database.driver.collection<{ _id: string }>('deliveries').insertOne({
    ...{
      _id: `${runId}:${customerId}`,
      orgId: ann.orgId,
      runId,
      campaignId: newId('campaign'),
      customerId,
      state: 'sent',
    },
    ...{
      channel: 'email',
      address: 'a@shop.example',
      foldedAddress: 'a@shop.example',
      opens: 0,
      clicks: [],
      at: new Date(),
    },
  });
  await server.deps.database.driver
    .collection<{ _id: string }>('organizations')
    .updateOne({ _id: ann.orgId }, { $set: { 'sender.fromEmail': 'shop@shop.example' } });
  templateId = await publishedTemplate(server.deps.database, ann.orgId);
  const sent = await ann.call('messages.send', { orgId: ann.orgId, ...exampleOf('messages') });
  messageId = sent.data.id;
  const response = await server.app.inject({ url: '/api/v1/openapi.json' });
  expect(response.statusCode).toBe(200);
  document = response.json();
});
afterAll(() => server.close());

test('the document is valid OpenAPI 3.1', async () => {
  const validator = new Validator();
  const answer = await validator.validate(structuredClone(document));
  expect(answer.errors ?? []).toEqual([]);
  expect(answer.valid).toBe(true);
  expect(validator.version).toBe('3.1');
});

test('the document names every address, and each part by its name', () => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.sort()).toEqual(endpoints.map(({ method, path }) => `${method} ${path}`).sort());
  expect(Object.keys(document.components.schemas)).toEqual(
    expect.arrayContaining(['Customer', 'Order', 'Refund', 'Event', 'CustomerReference', 'RefusedItem', 'Error']),
  );
  const event = document.components.schemas.Event as { properties: Record<string, object>; required: string[] };
  expect(event.required.sort()).toEqual(['at', 'customer', 'id', 'type']);
  expect(event.properties.properties).toMatchObject({ type: 'object' });
});

/** Every operation of the document, with a request that it describes. */
const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const list = path.slice(1);
      const url = `/api/v1${path.replace('{customerId}', customerId).replace('{messageId}', messageId)}`;
      const query = operation.parameters?.some((one) => one.in === 'query') ? '?externalId=a' : '';
      const { scope, items } = endpoints.find(
        ({ operationId }) => operationId === operation.operationId,
      ) as (typeof endpoints)[number];
      return {
        operation,
        scope,
        name: `${method} ${path}`,
        ask: (bearer: string | null) =>
          server.app.inject({
            method: method.toUpperCase() as 'GET',
            url: `${url}${query}`,
            headers: bearer === null ? {} : { authorization: `Bearer ${bearer}` },
            ...(operation.requestBody
              ? { payload: items ? { [items.name]: [exampleOf(list), {}] } : { ...exampleOf(list) } }
              : {}),
          }),
      };
    }),
  );

const examples: Record<string, object> = {
  customers: { externalId: 'walk', email: 'walk@shop.example', attributes: {} },
  orders: { id: '1', at: '2026-01-01T00:00:00Z', customer: { externalId: 'a' }, currency: 'EUR', total: 1999 },
  refunds: { id: '1', at: '2026-01-02T00:00:00Z', customer: { externalId: 'a' }, currency: 'EUR', amount: 500 },
  events: { id: '1', type: 'viewed', at: '2026-01-01T00:00:00+02:00', customer: { id: '' }, properties: { a: 1 } },
};
const exampleOf = (list: string) => {
  if (list === 'messages') return { templateId, to: { email: 'a@shop.example' }, data: { order: '1' } };
  if (list === 'delivery-events') {
    return { messageId: `<${runId}.${customerId}@shop.example>`, type: 'delivered', at: '2026-01-01T00:00:00Z' };
  }
  return list === 'events' ? { ...examples.events, customer: { id: customerId } } : examples[list];
};

test('each address that the document describes answers as it says', async () => {
  for (const { name, operation, ask } of operations()) {
    const response = await ask(key);
    const endpoint = endpoints.find(({ operationId }) => operationId === operation.operationId);
    expect(response.statusCode, `${name}: ${response.body}`).toBe(endpoint?.status ?? 200);
    expect(response.headers['ratelimit-limit'], name).toBeDefined();
    expect(response.headers['access-control-allow-origin'], name).toBeUndefined();
    const body = response.json();
    expect(endpoint?.answer.safeParse(body).error?.issues ?? [], name).toEqual([]);
    if (endpoint?.items) expect(body, name).toMatchObject({ received: 2, refused: [{ index: 1 }] });
  }
});

test('each address refuses a request without a key, and one whose key has another scope', async () => {
  for (const { name, operation, scope, ask } of operations()) {
    expect((await ask(null)).statusCode, name).toBe(401);
    expect((await ask(scopeless[scope] ?? '')).statusCode, name).toBe(403);
    for (const status of ['400', '401', '403', '429']) expect(operation.responses, name).toHaveProperty(status);
  }
});
