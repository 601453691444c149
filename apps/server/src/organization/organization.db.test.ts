import type { CustomerEvent } from '@mini-crm/domain';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../testing/test-app.ts';

let app: TestApp;
let ann: Awaited<ReturnType<TestApp['owner']>>;
beforeAll(async () => {
  app = await testApp();
  ann = await app.owner();
});
afterAll(() => app.close());

const update = (settings: object) => ann.call('organization.update', { orgId: ann.orgId, ...settings });
const currency = async () => (await ann.call('organization.get', { orgId: ann.orgId })).data.currency;

test('the currency can change until there is an order, and everything else after it, too', async () => {
  expect((await update({ currency: 'EUR' })).error).toBeNull();
  const order: CustomerEvent = {
    eventId: 'o1',
    customerId: 'cus_nobody' as never,
    type: 'order',
    at: new Date(),
    currency: 'EUR',
    total: 1000,
    lines: [],
    properties: {},
  };
  await app.database.database
    .forOrganization(ann.orgId)
    .events.insertMany([order], { source: 'import', now: new Date() });
  expect((await update({ currency: 'JPY' })).error).toMatchObject({ code: 'currency_in_use', path: ['currency'] });
  expect(await currency()).toBe('EUR');
  expect((await update({ currency: 'EUR', name: 'Another name' })).error).toBeNull();
});
