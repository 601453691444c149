import { engineOff } from '@mini-crm/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp({ ENGINE: 'true' });
});
afterAll(() => app.close());

const nobody = {
  ...{ externalId: null, phone: null, firstName: null, lastName: null, timeZone: null, locale: null },
  attributes: {},
};
const everyone = { version: 1, root: { type: 'everyone' } } as const;
const question = (orgId: string) => ({
  orgId,
  question: { kind: 'count', rule: { now: 0, zone: 'UTC', root: { type: 'everyone' } } },
  timeLimitMs: 10_000,
});

async function ready(orgId: Parameters<typeof app.deps.engine.warm>[0]) {
  const status = () => {
    app.deps.engine.warm(orgId);
    return app.deps.engine.state(orgId).status;
  };
  await expect.poll(status, { timeout: 30_000 }).toBe('ready');
}

test('a customer who was just added is counted by the columns at once', async () => {
  const owner = await app.owner();
  await ready(owner.orgId);
  for (let n = 1; n <= 3; n++) {
    const created = await owner.call('customers.create', { orgId: owner.orgId, ...nobody, email: `p${n}@example.com` });
    expect(created.error).toBeNull();
    const { data } = await owner.call('segments.preview', { orgId: owner.orgId, rule: everyone });
    expect(data).toMatchObject({ size: n, source: 'columnar' });
  }
});

test('another process is answered where it shows the token of the lease, and nobody else', async () => {
  const owner = await app.owner();
  await ready(owner.orgId);
  const lease = await app.database.db.collection<{ token: string }>('audienceEngine').findOne({});
  const ask = (headers: Record<string, string>, payload: object = question(owner.orgId)) =>
    app.app.inject({ method: 'POST', url: '/internal/audience', headers, payload });

  const answer = await ask({ authorization: `Bearer ${lease?.token}` });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({ status: 'answered', value: 0, state: { status: 'ready' } });

  for (const headers of [{}, { cookie: owner.cookie() }, { authorization: 'Bearer ' }, { authorization: 'Bearer x' }]) {
    expect((await ask(headers as Record<string, string>)).statusCode).toBe(404);
  }
  const known = { authorization: `Bearer ${lease?.token}` };
  for (const payload of [{}, { ...question(owner.orgId), orgId: '../x' }, { ...question(owner.orgId), question: {} }]) {
    expect((await ask(known, payload)).statusCode).toBe(400);
  }
  const unknown = { kind: 'count', rule: { now: 0, zone: 'UTC', root: { type: 'nobody-knows' } } };
  const refused = await ask(known, { ...question(owner.orgId), question: unknown });
  expect(refused.json()).toMatchObject({ status: 'notReady' });
  expect(app.deps.engine.state('org_none' as never)).toEqual(engineOff);
});
