import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../testing/test-app.ts';

let app: TestApp;
let ann: Awaited<ReturnType<TestApp['owner']>>;
beforeAll(async () => {
  app = await testApp();
  ann = await app.owner();
});
afterAll(() => app.close());

const ask = (path: string, input: object = {}) => ann.call(path, { orgId: ann.orgId, ...input });
const nobody = {
  externalId: null,
  email: null,
  phone: null,
  firstName: null,
  lastName: null,
  timeZone: null,
  locale: null,
};

test('an attribute is added once, and its type can not change', async () => {
  const tier = { slug: 'tier', label: 'Tier', type: 'enum', options: ['Gold', 'Silver', 'Gold'] };
  expect((await ask('attributes.create', tier)).data).toEqual({ ...tier, options: ['Gold', 'Silver'] });
  expect((await ask('attributes.create', tier)).error).toMatchObject({ code: 'attribute_exists', path: ['slug'] });
  await ask('attributes.update', { slug: 'tier', label: 'Level', options: ['Gold', 'Silver'], type: 'number' });
  expect((await ask('attributes.list')).data).toEqual([
    { slug: 'tier', label: 'Level', type: 'enum', options: ['Gold', 'Silver'] },
  ]);
});

test.each([
  [{ slug: 'Bad Slug', label: 'x', type: 'string', options: [] }, ['slug']],
  [{ slug: '__proto__', label: 'x', type: 'string', options: [] }, ['slug']],
  [{ slug: 'fine', label: '', type: 'string', options: [] }, ['label']],
  [{ slug: 'fine', label: 'x', type: 'object', options: [] }, ['type']],
  [{ slug: 'fine', label: 'x', type: 'enum', options: [] }, ['options']],
])('refuses %j', async (attribute, path) => {
  expect((await ask('attributes.create', attribute)).error).toMatchObject({ code: 'invalid_input', path });
});

test('options are kept only where they mean something', async () => {
  const added = await ask('attributes.create', { slug: 'shoe', label: 'Shoe', type: 'number', options: ['a'] });
  expect(added.data).toMatchObject({ options: [] });
});

test('an option that a customer has can not go', async () => {
  await ask('customers.create', { ...nobody, externalId: '1', attributes: { tier: 'Gold' } });
  const kept = await ask('attributes.update', { slug: 'tier', label: 'Tier', options: ['Silver'] });
  expect(kept.error).toMatchObject({ code: 'attribute_in_use', details: { option: 'Gold' } });
  const changed = await ask('attributes.update', { slug: 'tier', label: 'Tier', options: ['Bronze', 'Gold'] });
  expect(changed.data.options).toEqual(['Bronze', 'Gold']);
});

test('removing an attribute takes its values, so that the name can come back with another type', async () => {
  expect((await ask('attributes.remove', { slug: 'tier' })).error).toBeNull();
  expect((await ask('attributes.remove', { slug: 'tier' })).error).toMatchObject({ code: 'not_found' });
  await ask('attributes.create', { slug: 'tier', label: 'Tier', type: 'number', options: [] });
  const { data } = await ask('customers.list');
  const found = await ask('customers.get', { customerId: data.items[0].id });
  expect(found.data.attributes).toEqual({});
});

test('a marketer may add an attribute and not remove one; an analyst only reads', async () => {
  const marketer = await app.member(ann, 'marketer');
  const analyst = await app.member(ann, 'analyst');
  const input = { orgId: ann.orgId, slug: 'color', label: 'Color', type: 'string', options: [] };
  expect((await analyst.call('attributes.create', input)).error).toMatchObject({ code: 'not_permitted' });
  expect((await marketer.call('attributes.create', input)).error).toBeNull();
  expect((await marketer.call('attributes.remove', input)).error).toMatchObject({ code: 'not_permitted' });
  expect((await analyst.call('attributes.list', { orgId: ann.orgId })).data).toHaveLength(3);
});
