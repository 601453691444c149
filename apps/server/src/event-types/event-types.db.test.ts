import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../testing/test-app.ts';

let server: TestApp;
let ann: Awaited<ReturnType<TestApp['owner']>>;
beforeAll(async () => {
  server = await testApp();
  ann = await server.owner();
});
afterAll(() => server.close());

const ask = (path: string, input: object = {}) => ann.call(path, { orgId: ann.orgId, ...input });
const send = async (id: string, properties: object) => {
  const customer = { externalId: 'ann' };
  return (
    await ask('ingest.events', { events: [{ id, type: 'viewed', at: '2026-11-01T10:00:00Z', customer, properties }] })
  ).data;
};
const typeOf = async (name: string) => {
  const { properties } = (await ask('eventTypes.list')).data;
  return properties.find((one: { name: string }) => one.name === name)?.type;
};

/** A segment of those who did this with a property above 3. */
const segment = (name: string, property: string) =>
  ask('segments.create', {
    name,
    description: '',
    rule: {
      version: 1,
      root: {
        ...{ type: 'behaviour', eventTypes: ['viewed'], unit: 'event', window: { type: 'ever' } },
        where: { type: 'field', field: `properties.${property}`, test: { operator: 'gt', value: 3 } },
        ...{ measure: { aggregate: 'count' }, test: { operator: 'gte', value: 1 } },
      },
    },
  });

test('a property whose first value gave it the wrong type is removed, declared anew, and counted as that', async () => {
  await send('1', { size: 'XL', price: 5 });
  expect((await send('2', { size: 7 })).refused).toMatchObject([{ code: 'property_type' }]);
  expect((await ask('eventTypes.removeProperty', { name: 'size' })).error).toBeNull();
  await ask('eventTypes.declareProperty', { name: 'size', type: 'number', label: null, eventTypes: ['viewed'] });
  expect(await typeOf('size')).toBe('number');
  expect(await send('2', { size: 7 })).toMatchObject({ stored: 1, refused: [] });
  expect((await segment('Large', 'size')).error).toBeNull();
});

test('what a segment asks for stays, and the refusal names it', async () => {
  await send('3', { weight: 5 });
  await segment('Heavy', 'weight');
  for (const [path, input, code] of [
    ['eventTypes.removeProperty', { name: 'weight' }, 'property_in_use'],
    ['eventTypes.removeType', { type: 'viewed' }, 'event_type_in_use'],
  ] as const) {
    const { error } = await ask(path, input);
    expect(error?.code).toBe(code);
    expect(JSON.stringify(error?.details)).toContain('Heavy');
  }
  expect(await typeOf('weight')).toBe('number');
});

test('what nobody has, or everybody, is not found', async () => {
  for (const name of ['nothing', 'text']) {
    expect((await ask('eventTypes.removeProperty', { name })).error?.code, name).toBe('not_found');
  }
  for (const type of ['nothing', 'order', 'call']) {
    expect((await ask('eventTypes.removeType', { type })).error?.code, type).toBe('not_found');
  }
  await ask('eventTypes.declareType', { type: 'soon', label: null });
  expect((await ask('eventTypes.removeType', { type: 'soon' })).error).toBeNull();
  const { types } = (await ask('eventTypes.list')).data;
  expect(types.map(({ type }: { type: string }) => type)).not.toContain('soon');
});
