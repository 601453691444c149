import { newId } from '@mini-crm/db';
import { type CustomerId, type OrganizationId, type RunId, type SegmentId, starters } from '@mini-crm/domain';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { launchDue } from './campaign-schedule.loop.ts';

let app: TestApp;
let owner: Awaited<ReturnType<TestApp['owner']>>;
const at = new Date('2026-01-01T00:00:00Z');
const granted = { email: { state: 'granted' as const, at, how: 'test', source: 'test' } };
const withdrawn = { email: { state: 'withdrawn' as const, at, how: 'test', source: 'test' } };

beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  owner = await app.owner();
  await owner.call('organization.update', {
    orgId: owner.orgId,
    sender: { fromName: 'Shop', fromEmail: 'shop@example.com', replyTo: '', postalAddress: '1 Main St\nBoston' },
  });
});

const db = () => app.deps.database.forOrganization(owner.orgId);

let unnamed = 0;

async function customer(email: string | null, consents: object = granted, firstName: string | null = null) {
  const added = await owner.call('customers.create', {
    orgId: owner.orgId,
    externalId: email ?? `nobody-${unnamed++}`,
    email,
    phone: null,
    firstName,
    lastName: null,
    timeZone: null,
    locale: null,
    attributes: {},
  });
  if (added.error) throw new Error(JSON.stringify(added.error));
  const id = added.data.id as CustomerId;
  for (const consent of Object.values(consents)) await db().customers.setConsent(id, 'email', consent);
  return id;
}

async function segment(name: string, ids: readonly string[]): Promise<SegmentId> {
  const id = newId('segment');
  const test = { operator: 'in' as const, values: [...ids] };
  await db().segments.insert(
    id,
    { name, description: '', rule: { version: 1, root: { type: 'attribute', field: 'externalId', test } } },
    at,
  );
  return id;
}

async function draft(change: object = {}) {
  const created = await owner.call('campaigns.create', { orgId: owner.orgId, name: 'Spring' });
  const { id } = created.data;
  const campaign = (await owner.call('campaigns.get', { orgId: owner.orgId, id })).data;
  const { name, channel, purpose, audience, content, sender, schedule } = campaign;
  const saved = await owner.call('campaigns.save', {
    orgId: owner.orgId,
    id,
    version: campaign.version,
    draft: { name, channel, purpose, audience, content, sender, schedule, ...change },
  });
  return { id, version: saved.data.version as number };
}

const everybody = { audience: { include: 'everyone', exclude: [] } };
const call = (procedure: string, input: object = {}) =>
  owner.call(`campaigns.${procedure}`, { orgId: owner.orgId, ...input });
const waterfall = (include: unknown, exclude: unknown[] = [], purpose = 'marketing') =>
  call('waterfall', { audience: { include, exclude }, purpose });

async function reached(runId: RunId): Promise<CustomerId[]> {
  const run = await db().runs.get(runId);
  if (!run) throw new Error('no run');
  const ids: CustomerId[] = [];
  for await (const batch of db().reach.reachableAudience(run, 'email')) ids.push(...batch.map(({ id }) => id));
  return ids;
}

describe('a waterfall', () => {
  test('goes from all segments together down to who gets it', async () => {
    await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => customer(`${name}@x.example`)));
    await customer(null);
    await customer('no@x.example', {});
    await customer('out@x.example', withdrawn);
    await db().suppressions.add({ channel: 'email', address: 'E@x.example', scope: 'marketing', reason: 'manual', at });
    await db().suppressions.add({ channel: 'email', address: 'e@x.example', scope: 'all', reason: 'bounced', at });
    const abc = await segment('abc', ['a@x.example', 'b@x.example', 'c@x.example']);
    const bcd = await segment('bcd', ['b@x.example', 'c@x.example', 'd@x.example']);
    const onlyD = await segment('d', ['d@x.example']);

    const both = await waterfall([abc, bcd], [onlyD]);
    expect(both.data.waterfall).toEqual({
      inSegments: 6,
      steps: [
        { reason: 'duplicate', count: 2 },
        { reason: 'excluded', count: 1 },
        { reason: 'no_address', count: 0 },
        { reason: 'no_consent', count: 0 },
        { reason: 'suppressed', count: 0 },
      ],
      reachable: 3,
    });
    const all = (await waterfall('everyone')).data.waterfall;
    expect(all.steps.map((step: { count: number }) => step.count)).toEqual([0, 0, 1, 2, 1]);
    expect([all.inSegments, all.reachable]).toEqual([8, 4]);
    const service = (await waterfall('everyone', [], 'service')).data.waterfall;
    expect(service.steps.map((step: { reason: string; count: number }) => [step.reason, step.count])).toEqual([
      ['duplicate', 0],
      ['excluded', 0],
      ['no_address', 1],
      ['suppressed', 1],
    ]);
    expect((await waterfall([])).data.waterfall).toMatchObject({ inSegments: 0, reachable: 0 });
  });

  test('names the segment that is gone', async () => {
    const gone = newId('segment');
    expect((await waterfall([gone])).data.faults).toEqual([
      { code: 'segment_missing', path: ['audience', 'include', 0] },
    ]);
  });
});

describe('a draft', () => {
  test('is saved over the version that was seen, else it is stale', async () => {
    const { id, version } = await draft({ name: 'First' });
    const { content, audience } = (await call('get', { id })).data;
    const next = {
      name: 'Second',
      channel: 'email',
      purpose: 'marketing',
      audience,
      content,
      sender: null,
      schedule: { type: 'now' },
    };
    expect((await call('save', { id, version: version - 1, draft: next })).error).toMatchObject({ code: 'stale' });
    expect((await call('save', { id, version, draft: next })).data.version).toBe(version + 1);
    expect((await call('get', { id })).data.name).toBe('Second');
  });

  test('is duplicated under a name of its own, and deleted', async () => {
    const { id } = await draft(everybody);
    const first = await call('duplicate', { id });
    await call('duplicate', { id });
    const list = (await call('list')).data;
    expect(list.items.map((item: { name: string }) => item.name)).toEqual(['Spring copy 2', 'Spring copy', 'Spring']);
    expect(list.counts).toEqual({ draft: 3 });
    expect((await call('get', { id: first.data.id })).data).toMatchObject({
      state: 'draft',
      audience: everybody.audience,
      runId: null,
    });
    await call('remove', { id });
    expect((await call('get', { id })).error?.code).toBe('not_found');
  });

  test('is found by a part of its name and page by page', async () => {
    for (const name of ['Alpha (1)', 'Beta', 'alphabet']) await draft({ name });
    expect((await call('list', { search: 'ALPHA' })).data.items).toHaveLength(2);
    expect((await call('list', { search: '(1)' })).data.items).toHaveLength(1);
    expect((await call('list', { search: '.*' })).data.items).toHaveLength(0);
    const first = (await call('list', { limit: 2 })).data;
    const second = (await call('list', { limit: 2, cursor: first.nextCursor })).data;
    expect([...first.items, ...second.items].map((item: { name: string }) => item.name)).toEqual([
      'alphabet',
      'Beta',
      'Alpha (1)',
    ]);
    expect(second.nextCursor).toBeNull();
  });
});

describe('launching', () => {
  test('binds audience and message in a run, whose stream is who the waterfall counted', async () => {
    const ann = await customer('ann@x.example', granted, 'Ann');
    const bob = await customer('bob@x.example');
    const eve = await customer('eve@x.example');
    await customer('no@x.example', {});
    await db().suppressions.add({
      channel: 'email',
      address: 'eve@x.example',
      scope: 'marketing',
      reason: 'unsubscribed',
      at,
    });
    const { id, version } = await draft(everybody);
    const review = (await call('check', { id })).data;
    expect(review).toMatchObject({ version, faults: [], waterfall: { inSegments: 4, reachable: 2 } });
    expect((await call('launch', { id, version, confirmed: 2 })).error).toBeNull();
    const campaign = (await call('get', { id })).data;
    expect(campaign).toMatchObject({ state: 'sending', sending: { state: 'building', expected: 2, planned: null } });
    expect(await reached(campaign.runId)).toEqual([ann, bob].sort());
    expect(await reached(campaign.runId)).not.toContain(eve);
    const run = await db().runs.get(campaign.runId);
    expect(run?.content.sender.postalAddress).toBe('1 Main St\nBoston');
    expect(run?.content.links).toHaveLength(1);
  });

  test('is refused where something is missing, with the path of each fault', async () => {
    await customer('ann@x.example');
    const { id, version } = await draft({
      content: { ...starters[0], subject: '', text: null, id: undefined, name: undefined, description: undefined },
    });
    const refused = await call('launch', { id, version, confirmed: 5 });
    expect(refused.error).toMatchObject({
      code: 'campaign_not_ready',
      details: {
        faults: [
          { code: 'audience_missing', path: ['audience', 'include'] },
          { code: 'subject_missing', path: ['content', 'subject'] },
        ],
      },
    });
  });

  test('a marketing message without an unsubscribe link is refused', async () => {
    await customer('ann@x.example');
    const mjml = starters[0].mjml.replace(/<a href="\{\{ unsubscribeUrl \}\}">.*<\/a>/, '');
    const { subject, preheader } = starters[0];
    const { id, version } = await draft({ ...everybody, content: { subject, preheader, mjml, text: null } });
    const refused = await call('launch', { id, version, confirmed: 1 });
    expect(refused.error).toMatchObject({
      code: 'campaign_not_ready',
      details: { faults: [{ code: 'unsubscribe_missing' }] },
    });
    expect((await call('get', { id })).data.state).toBe('draft');
  });

  test('goes to no more people than the author saw', async () => {
    await customer('ann@x.example');
    await customer('bob@x.example');
    const { id, version } = await draft(everybody);
    expect((await call('launch', { id, version, confirmed: 1 })).error).toMatchObject({
      code: 'audience_grown',
      details: { confirmed: 1, reachable: 2 },
    });
  });

  test('twice at once makes one run', async () => {
    await customer('ann@x.example');
    const { id, version } = await draft(everybody);
    const answers = await Promise.all([1, 2, 3].map(() => call('launch', { id, version, confirmed: 1 })));
    expect(answers.filter((answer) => answer.error === null)).toHaveLength(1);
    expect(await app.database.db.collection('runs').countDocuments({ campaignId: id })).toBe(1);
  });
});

describe('a launched campaign', () => {
  async function launched() {
    await customer('ann@x.example');
    const { id, version } = await draft(everybody);
    await call('launch', { id, version, confirmed: 1 });
    return id;
  }
  const states = async (id: string) => {
    const { state, sending } = (await call('get', { id })).data;
    return [state, sending.state];
  };

  test('is paused, resumed and cancelled together with its run', async () => {
    const id = await launched();
    await call('pause', { id });
    expect(await states(id)).toEqual(['paused', 'paused']);
    await call('resume', { id });
    expect(await states(id)).toEqual(['sending', 'building']);
    await call('cancel', { id });
    expect(await states(id)).toEqual(['cancelled', 'cancelled']);
    expect((await call('resume', { id })).error).toEqual({
      code: 'campaign_state',
      details: { state: 'cancelled', command: 'resume' },
    });
  });

  test('is neither saved nor deleted', async () => {
    const id = await launched();
    expect((await call('remove', { id })).error?.code).toBe('campaign_state');
  });
});

describe('a scheduled campaign', () => {
  const soon = () => new Date(Date.now() + 3600_000).toISOString();
  const later = () => ({
    database: app.deps.database,
    log: app.deps.log,
    now: () => new Date(Date.now() + 2 * 3600_000),
  });

  async function scheduled() {
    const { id, version } = await draft({ ...everybody, schedule: { type: 'at', at: soon() } });
    expect((await call('schedule', { id, version })).error).toBeNull();
    return id;
  }

  test('is launched by the worker when its time has come, once', async () => {
    await customer('ann@x.example');
    const id = await scheduled();
    const { campaignQueue } = app.deps.database;
    expect((await campaignQueue.due(new Date(), 10)).map(({ campaignId }) => campaignId)).not.toContain(id);
    expect((await campaignQueue.due(later().now(), 10)).map(({ campaignId }) => campaignId)).toContain(id);
    await Promise.all([1, 2].map(() => launchDue(later(), owner.orgId as OrganizationId, id)));
    expect((await call('get', { id })).data.state).toBe('sending');
    expect(await app.database.db.collection('runs').countDocuments({ campaignId: id })).toBe(1);
  });

  test('fails with its reasons when it can not go out any more', async () => {
    const ann = await customer('ann@x.example');
    const id = await scheduled();
    await db().customers.setConsent(ann, 'email', withdrawn.email);
    await launchDue(later(), owner.orgId as OrganizationId, id);
    expect((await call('get', { id })).data).toMatchObject({
      state: 'failed',
      failure: { code: 'campaign_not_ready', details: { faults: [{ code: 'audience_empty' }] } },
    });
  });

  test('goes back to being a draft', async () => {
    await customer('ann@x.example');
    const id = await scheduled();
    await call('unschedule', { id });
    expect((await call('get', { id })).data.state).toBe('draft');
  });

  test('is refused for a time that has passed', async () => {
    await customer('ann@x.example');
    const past = new Date(Date.now() - 1000).toISOString();
    const { id, version } = await draft({ ...everybody, schedule: { type: 'at', at: past } });
    expect((await call('schedule', { id, version })).error).toMatchObject({
      code: 'schedule_in_past',
      path: ['schedule', 'at'],
    });
  });
});

describe('a message in the editor', () => {
  const { subject, preheader, mjml } = starters[0];
  const message = {
    content: { subject, preheader, mjml, text: null },
    purpose: 'marketing',
    sender: null,
    customerId: null,
  };

  test('is seen as a customer', async () => {
    const ann = await customer('ann@x.example', granted, 'Ann <3');
    const preview = (await call('preview', { ...message, customerId: ann })).data;
    expect(preview.message.subject).toBe('Something new for you, Ann <3');
    expect(preview.message.html).toContain('Hello Ann &lt;3,');
    expect(preview.message.html).toContain('1 Main St, Boston');
    expect(preview.faults).toEqual([]);
    expect((await call('preview', { ...message, customerId: newId('customer') })).error?.code).toBe('not_found');
  });

  test('is seen as oneself where there are no customers, and says what is wrong', async () => {
    const broken = { ...message, content: { ...message.content, mjml: '<mjml><mj-body>{% if %}</mj-body></mjml>' } };
    expect((await call('preview', message)).data.message.html).toContain('Hello Owner,');
    expect((await call('preview', broken)).data).toMatchObject({
      message: null,
      faults: [{ code: 'template_faulty' }],
    });
  });

  test('is sent to oneself, into the outbox where there is no SMTP server', async () => {
    const sent = await call('sendTest', message);
    expect(sent.data).toEqual({ to: owner.email, outbox: true });
    const [mail] = await db().outbox.list({ limit: 5 });
    expect(mail).toMatchObject({ kind: 'test', to: owner.email, subject: '[Test] Something new for you, Owner' });
  });
});
