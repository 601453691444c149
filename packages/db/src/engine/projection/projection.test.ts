import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { CustomerFacts, CustomerId, EventFacts } from '@mini-crm/domain';
import { aCustomer, anOrder, awkwardCustomers } from '@mini-crm/domain/testing';
import { BSON, Decimal128, Long, ObjectId } from 'mongodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inOrder, quoted, readLayout, tableIn } from './layout.ts';
import { createProjection } from './open-projection.ts';
import type { CustomerRow, EventRow, Projection, ProjectionLoader, SuppressionRow } from './projection.ts';

let instance: DuckDBInstance;
let connection: DuckDBConnection;
let made = 0;
const position = { token: 'here', asOf: new Date('2026-06-17T00:00:00Z') };

beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  connection = await instance.connect();
});

afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

async function empty(): Promise<Projection> {
  const catalog = `organization_${++made}`;
  await connection.run(`ATTACH ':memory:' AS ${catalog}`);
  return createProjection(connection, catalog);
}

const toRow = ({ id, ...facts }: CustomerFacts): CustomerRow => ({ _id: id as CustomerId, ...facts }) as CustomerRow;
const toEvents = ({ id, events }: CustomerFacts): EventRow[] =>
  events.map((event) => ({ ...event, lines: [...event.lines], customerId: id as CustomerId }));
const suppression = (address: string, channel = 'email'): SuppressionRow => ({
  _id: `${channel}:${address}`,
  channel,
  address,
  scope: 'marketing',
});

/** All that rules can see, by the names that people know instead of the generated ones. */
async function contents({ catalog }: Projection) {
  const layout = await readLayout(connection, catalog);
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
  const values = (columns: typeof layout.attributes, alias: string) =>
    [...columns]
      .flatMap(([field, of]) => of.map(({ name, kind }) => `${alias}.${name} AS ${quoted(`${field} ${kind}`)}`))
      .sort()
      .map((column) => `, ${column}`)
      .join('');
  const rolled = [...layout.types]
    .flatMap(([type, { number }]) => ['n', 'f', 'l'].map((part) => `k.${part}_${number} AS "${part} ${type}"`))
    .concat(
      [...layout.sums].flatMap(([key, { number }]) =>
        ['s', 'm'].map((part) => `k.${part}_${number} AS "${part} ${key}"`),
      ),
    )
    .sort()
    .map((column) => `, ${column}`)
    .join('');
  const table = (name: string) => tableIn(catalog, name);
  return {
    customers: await rows(
      `SELECT id, email, email_c, first_name, created, consent_email, email_ok, sms_ok ${rolled} ${values(layout.attributes, 'k')}
       FROM ${table('customers')} k ORDER BY id`,
    ),
    events: await rows(
      `SELECT k.id AS customer, x.id, y.name AS type, x.ms, x.currency, x.currency_f, x.total ${values(layout.properties, 'x')}
       FROM ${table('events')} x JOIN ${table('customers')} k ON k.c = x.c JOIN ${table('event_types')} y ON y.number = x.t
       ORDER BY x.id`,
    ),
    lines: await rows(
      `SELECT x.id, l.n, l.ms, l.total, l.product, l.product_c, l.name, l.category, l.quantity, l.price, l.amount
       FROM ${table('lines')} l JOIN ${table('events')} x ON x.e = l.e AND x.c = l.c AND x.t = l.t ORDER BY x.id, l.n`,
    ),
  };
}

async function loaded(
  facts: readonly CustomerFacts[],
  suppressed: readonly SuppressionRow[] = [],
): Promise<Projection> {
  const projection = await empty();
  const loader = projection.load();
  await loader.customers(facts.map(toRow));
  for (const one of facts) await loader.events(toEvents(one));
  await loader.suppressions(suppressed);
  await loader.finish(position);
  return projection;
}

it('reads stored events in bytes as it reads them as objects', async () => {
  const customer = { ...aCustomer({ id: 'cus_1' }), events: [] };
  const event = {
    customerId: 'cus_1',
    type: 'order',
    at: new Date('2026-01-02T03:04:05.678Z'),
    currency: 'USD',
    total: 1250,
  };
  const line = { productId: 'P1', name: 'Ärmel', category: null, quantity: 1.5, price: 500 };
  const documents = [
    { ...event, lines: [line, { ...line, quantity: Long.fromNumber(2) }, { productId: 'P2' }], properties: {} },
    { ...event, lines: [line, { ...line, productId: 7, quantity: null }], properties: {} },
    { ...event, lines: null, properties: { size: 'XL', count: 3, share: 0.25, gift: true, due: new Date(-5) } },
    { ...event, properties: { size: 5, count: 'three', share: Long.fromString('9007199254740993'), gift: null } },
    { ...event, properties: { tags: ['a', 'É'], odd: new ObjectId() } },
    { ...event, type: 'looked', currency: null, total: null, properties: { size: 'e\u0301', __proto__: null } },
    { ...event, type: 'refund', total: Number.NaN, properties: {} },
    { ...event, type: 'refund', currency: 'EUR', total: 2_000_000_000_000, at: new Date(-1), properties: {} },
    { ...event, customerId: 'nobody', properties: {} },
    { ...event, extra: new Decimal128('1'), properties: {} },
    { ...event, properties: { size: '', long: 'x'.repeat(5000), emoji: '\u{1f600}' } },
  ].map((one, i) => ({ ...one, eventId: i % 2 ? `e${i}` : `é\u{1f600}${i}` }));
  // Twice: of the second time the layout knows everything.
  const twice = [...documents, ...documents.map((one) => ({ ...one, eventId: `again ${one.eventId}` }))];
  const stored = twice.map((one) => Buffer.from(BSON.serialize(one)));
  const fill = async (write: (loader: ProjectionLoader) => Promise<void>) => {
    const projection = await empty();
    const loader = projection.load();
    await loader.customers([toRow(customer)]);
    await write(loader);
    await loader.finish(position);
    return contents(projection);
  };
  const asObjects = await fill((loader) => loader.events(stored.map((one) => BSON.deserialize(one) as EventRow)));
  const inBytes = await fill(async (loader) => {
    await loader.storedEvents(stored.slice(0, documents.length));
    await loader.storedEvents(stored.slice(documents.length));
  });
  expect(asObjects.events).toHaveLength(2 * (documents.length - 1));
  expect(inBytes).toEqual(asObjects);
});

it('has the same whether customers are told to be new or looked for', async () => {
  const facts = awkwardCustomers(20, 5).map((one) => ({ ...one, events: [] }));
  const [inserted, upserted] = [await loaded(facts.slice(0, 5)), await loaded(facts.slice(0, 5))];
  await inserted.write((writer) => writer.insertCustomers(facts.slice(5).map(toRow)));
  await upserted.write((writer) => writer.upsertCustomers(facts.slice(5).map(toRow)));
  expect(await contents(inserted)).toEqual(await contents(upserted));
  expect((await contents(inserted)).customers).toHaveLength(20);
});

it('has the same after changes as after a load of what came of them', { timeout: 120_000 }, async () => {
  const before = awkwardCustomers(80, 11);
  const after = before
    .filter((_, i) => i % 9 !== 0)
    .map((facts, i): CustomerFacts => {
      const other = before[(i * 7) % before.length] as CustomerFacts;
      // Every second one gets somebody else's attributes; events change their type, total and instant, some go.
      const events = facts.events
        .filter((_, j) => (i + j) % 4 !== 0)
        .map((event, j): EventFacts => {
          if ((i + j) % 3 !== 0) return event;
          return { ...event, type: 'refund', total: -5, currency: 'EUR', at: new Date(event.at.getTime() + 1000) };
        });
      return i % 2 === 0 ? facts : { ...facts, attributes: other.attributes, consents: other.consents, events };
    });
  // One customer's events go over to another.
  const [giver, taker] = after as [CustomerFacts, CustomerFacts];
  after[0] = { ...giver, events: [] };
  after[1] = { ...taker, events: [...taker.events, ...giver.events] };

  const projection = await loaded(before);
  const stillThere = new Set(after.flatMap(({ events }) => events.map(({ eventId }) => eventId)));
  const gone = before.flatMap(({ events }) => events).filter(({ eventId }) => !stillThere.has(eventId));
  await projection.write(async (writer) => {
    await writer.upsertCustomers(after.map(toRow));
    await writer.removeCustomers(before.filter((_, i) => i % 9 === 0).map(({ id }) => id));
    await writer.replaceEvents(after.flatMap(toEvents));
    await writer.removeEvents(gone.map(({ eventId }) => `org_1:${eventId}`));
  });
  const expected = await contents(await loaded(after));
  const got = await contents(projection);
  // A column that nobody has a value in any more is still there.
  const known = (rows: Record<string, unknown>[], like: Record<string, unknown>[]) =>
    rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => Object.hasOwn(like[0] ?? {}, name))));
  expect(known(got.customers, expected.customers)).toEqual(expected.customers);
  expect(known(got.events, expected.events)).toEqual(expected.events);
  expect(got.lines).toEqual(expected.lines);
});

it('adds events up as they come, go, move and are refunded', async () => {
  const [ann, bob] = ['a', 'b'].map((id) => aCustomer({ id: `cus_${id}` })) as [CustomerFacts, CustomerFacts];
  const order = (eventId: string, day: string, total: number, customer = ann): EventRow =>
    ({ ...anOrder(`${day}T00:00:00Z`, total, { eventId }), customerId: customer.id }) as EventRow;
  const projection = await empty();
  const sums = async () =>
    (await contents(projection)).customers.map((row) => [row['n order'], row['s order USD'], row['l order']]);
  const at = (day: string) => String(Date.parse(day));
  await projection.write(async (writer) => {
    await writer.upsertCustomers([ann, bob].map(toRow));
    await writer.insertEvents([
      order('1', '2026-06-01', 100),
      order('2', '2026-06-05', 50),
      order('3', '2026-06-03', 7, bob),
    ]);
  });
  expect(await sums()).toEqual([
    [2, '150', at('2026-06-05')],
    [1, '7', at('2026-06-03')],
  ]);
  await projection.write((writer) => writer.replaceEvents([order('2', '2026-06-06', 60, bob)]));
  expect(await sums()).toEqual([
    [1, '100', at('2026-06-01')],
    [2, '67', at('2026-06-06')],
  ]);
  await projection.write(async (writer) => {
    await writer.insertEvents([{ ...order('4', '2026-06-07', -60, bob), type: 'refund' }]);
    await writer.removeEvents(['org_1:1', 'org_1:nothing']);
  });
  expect(await sums()).toEqual([
    [0, '0', null],
    [2, '67', at('2026-06-06')],
  ]);
  expect((await contents(projection)).customers[1]?.['s refund USD']).toBe('-60');
});

it('makes a column for a new attribute, and another when its values change their type', async () => {
  const projection = await empty();
  const awkward = '__proto__ " select \u{1F642}'.padEnd(200, 'x');
  const set = (value: unknown) =>
    projection.write((writer) =>
      writer.upsertCustomers([toRow(aCustomer({ id: 'cus_1', attributes: { at: 'x', [awkward]: value as never } }))]),
    );
  await set('Ünder');
  await set(5);
  await set(['b', 'A']);
  const layout = await readLayout(connection, projection.catalog);
  expect(inOrder(layout.attributes).map(({ kind }) => kind)).toEqual(['text', 'text', 'number', 'list']);
  const [row] = (await contents(projection)).customers;
  expect([row?.[`${awkward} text`], row?.[`${awkward} number`], row?.[`${awkward} list`]]).toEqual([
    null,
    null,
    ['b', 'a'],
  ]);
});

it('knows who can be reached after every change of address, consent and suppression', async () => {
  const projection = await empty();
  const reached = async () => (await contents(projection)).customers.map((row) => row.email_ok);
  const consents = { email: { state: 'granted', at: new Date(0), how: '', source: '' } } as const;
  const known = aCustomer({ id: 'cus_1', email: 'Ann@x.org', consents });
  await projection.write((writer) => writer.upsertCustomers([toRow(known)]));
  expect(await reached()).toEqual([true]);
  await projection.write((writer) => writer.upsertSuppressions([suppression('ann@x.org')]));
  expect(await reached()).toEqual([false]);
  await projection.write((writer) => writer.upsertCustomers([toRow({ ...known, email: 'new@x.org' })]));
  expect(await reached()).toEqual([true]);
  await projection.write((writer) => writer.upsertCustomers([toRow(known)]));
  expect(await reached()).toEqual([false]);
  await projection.write((writer) => writer.removeSuppressions(['email:ann@x.org']));
  expect(await reached()).toEqual([true]);
  await projection.write((writer) => writer.upsertCustomers([toRow({ ...known, consents: {} })]));
  expect(await reached()).toEqual([false]);
});

it('keeps nothing of a write that fails, its position neither', async () => {
  const projection = await loaded([aCustomer({ id: 'cus_1' })]);
  const before = await contents(projection);
  const failing = projection.write(async (writer) => {
    await writer.upsertCustomers([toRow(aCustomer({ id: 'cus_2', attributes: { fresh: 1 } }))]);
    await writer.savePosition({ token: 'there', asOf: new Date(0) });
    throw new Error('broken off');
  });
  await expect(failing).rejects.toThrow('broken off');
  expect(await contents(projection)).toEqual(before);
  expect(await projection.position()).toEqual(position);
});

it('has no position before a load is finished', async () => {
  const projection = await empty();
  const loader = projection.load();
  await loader.customers([toRow(aCustomer({ id: 'cus_1' }))]);
  expect(await projection.position()).toBeNull();
});
