import type { OrganizationId } from '@mini-crm/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLoginSmtp } from '../delivery/testing/login-smtp.ts';
import { type SmtpLedger, startSmtp } from '../testing/smtp-ledger.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { pauseNotice } from './pause-notice.ts';

type Owner = Awaited<ReturnType<TestApp['owner']>>;
let server: TestApp;
let smtp: SmtpLedger;
let owner: Owner;
beforeAll(async () => {
  server = await testApp({ ALLOW_PRIVATE_SENDERS: 'true' });
  smtp = await startSmtp();
  owner = await server.owner();
});
afterAll(async () => {
  await smtp.stop();
  await server.close();
});

const throttle = { perSecond: null, perMinute: null, perHour: null };
const smtpWay = (change: object = {}) => ({
  type: 'smtp',
  host: '127.0.0.1',
  port: smtp.port,
  tls: 'none',
  user: '',
  password: null,
  dkim: null,
  ...change,
});
const webhookWay = (change: object = {}) => ({
  type: 'webhook',
  url: 'https://example.com/send',
  secret: { type: 'generate' },
  ...change,
});
const input = (way: object, change: object = {}) => ({ name: 'Ours', enabled: true, throttle, way, ...change });
const create = (who: Owner, way: object, change: object = {}) =>
  who.call('senders.create', { orgId: who.orgId, ...input(way, change) });
const list = async (who: Owner) => (await who.call('senders.list', { orgId: who.orgId })).data.senders;
const stored = (orgId: OrganizationId) =>
  server.database.db.collection('senders').find({ orgId }).sort({ order: 1 }).toArray();

describe('the secrets of a sender', () => {
  test('are in no answer and not in the database as they are', async () => {
    const who = await server.owner();
    await create(who, smtpWay({ user: 'ann', password: 'a very secret password' }));
    const made = await create(who, webhookWay());
    expect(made.data.newSecret).toMatch(/^whsec_/);
    const key = { type: 'generate', algorithm: 'ed25519' };
    await create(who, smtpWay({ dkim: { domain: 'example.com', selector: 'crm', key } }));
    const answer = JSON.stringify(await list(who));
    const documents = JSON.stringify(await stored(who.orgId));
    for (const text of [answer, documents]) {
      expect(text).not.toContain('very secret');
      expect(text).not.toContain('whsec_');
      expect(text).not.toContain('PRIVATE KEY');
    }
    expect(answer).not.toContain('v1.');
    expect((await list(who))[0].way).toMatchObject({ user: 'ann', hasPassword: true });
  });

  test('stay when a change does not name them, and a password goes to no other server than it was typed for', async () => {
    const who = await server.owner();
    const made = await create(who, smtpWay({ user: 'ann', password: 'secret' }));
    const { id, version } = made.data.sender;
    const change = (way: object, seen: number) =>
      who.call('senders.update', { orgId: who.orgId, senderId: id, version: seen, ...input(way, { name: 'Renamed' }) });
    const before = (await stored(who.orgId))[0]?.way.password;
    expect((await change(smtpWay({ user: 'ann' }), version)).data.sender).toMatchObject({ name: 'Renamed' });
    expect((await stored(who.orgId))[0]?.way.password).toBe(before);
    for (const other of [{ host: 'evil.example.com' }, { port: 26 }, { user: 'bob' }]) {
      const refused = await change(smtpWay({ user: 'ann', ...other }), version + 1);
      expect(refused.error).toMatchObject({ code: 'invalid_input', path: ['way', 'password'] });
    }
    expect((await change(smtpWay({ user: 'ann' }), version)).error).toMatchObject({ code: 'stale' });
    expect((await change(smtpWay(), version + 1)).data.sender.way).toMatchObject({ hasPassword: false });
  });
});

describe('the order of senders', () => {
  test('is as they were added, and as somebody puts it', async () => {
    const who = await server.owner();
    for (const name of ['a', 'b', 'c']) await create(who, smtpWay(), { name });
    const names = async () => (await list(who)).map((sender: { name: string }) => sender.name);
    expect(await names()).toEqual(['a', 'b', 'c']);
    const [a, b, c] = (await list(who)).map(({ id }: { id: string }) => id);
    const reorder = (senderIds: string[]) => who.call('senders.reorder', { orgId: who.orgId, senderIds });
    await reorder([c, a, b]);
    expect(await names()).toEqual(['c', 'a', 'b']);
    expect((await reorder([a, b])).error).toMatchObject({ code: 'sender_order' });
    await who.call('senders.remove', { orgId: who.orgId, senderId: a });
    expect(await names()).toEqual(['c', 'b']);
    expect((await reorder([a, b, c])).error).toMatchObject({ code: 'sender_order' });
  });
});

describe('a test of a sender', () => {
  test('goes to the person who asks, by this very sender, with its signature', async () => {
    const who = await server.owner();
    const sender = { fromName: 'The Shop', fromEmail: 'shop@example.com', replyTo: '', postalAddress: '' };
    await who.call('organization.update', { orgId: who.orgId, sender });
    const key = { type: 'generate', algorithm: 'ed25519' };
    const made = await create(who, smtpWay({ dkim: { domain: 'example.com', selector: 'crm', key } }));
    expect(made.data.sender.way.dkim.record).toMatchObject({
      name: 'crm._domainkey.example.com',
      value: expect.stringMatching(/^v=DKIM1; k=ed25519; p=[A-Za-z0-9+/]{43}=$/),
    });
    const tested = await who.call('senders.test', { orgId: who.orgId, senderId: made.data.sender.id });
    expect(tested.data).toMatchObject({ to: who.email, outcome: { type: 'sent' } });
    const mail = await smtp.waitFor(who.email);
    expect(mail.message.headers.get('dkim-signature')?.[0]).toContain('d=example.com');
    expect(mail.message.headers.get('from')?.[0]).toContain('shop@example.com');
  });

  test('tells what the server answered', async () => {
    const who = await server.owner();
    const sender = { fromName: 'The Shop', fromEmail: 'shop@example.com', replyTo: '', postalAddress: '' };
    const login = await startLoginSmtp('ann', 'right');
    const made = await create(who, smtpWay({ port: login.port, user: 'ann', password: 'wrong' }));
    const ask = () => who.call('senders.test', { orgId: who.orgId, senderId: made.data.sender.id });
    expect((await ask()).error).toMatchObject({ code: 'campaign_not_ready' });
    await who.call('organization.update', { orgId: who.orgId, sender });
    expect((await ask()).data.outcome).toMatchObject({
      type: 'unavailable',
      fault: 'login_refused',
      detail: expect.stringContaining('Invalid username or password'),
    });
    await login.stop();
  });
});

test('a campaign tries its test mail by the same senders: past one that is out of order, and by none where all are off', async () => {
  const who = await server.owner();
  const { orgId } = who;
  const sender = { fromName: 'The Shop', fromEmail: 'shop@example.com', replyTo: '', postalAddress: '1 Main Street' };
  await who.call('organization.update', { orgId, sender });
  await create(who, smtpWay({ port: 1 }));
  const made = await create(who, smtpWay());
  const content = {
    subject: 'Hello',
    preheader: '',
    mjml: '<mjml><mj-body><mj-section><mj-column><mj-text>Hello</mj-text></mj-column></mj-section></mj-body></mjml>',
    text: null,
  };
  const ask = () =>
    who.call('campaigns.sendTest', { orgId, content, purpose: 'service', sender: null, customerId: null });
  expect((await ask()).data).toEqual({ to: who.email, outbox: false });
  expect((await smtp.waitFor(who.email)).message.headers.get('subject')?.[0]).toBe('[Test] Hello');
  for (const { id, version } of await list(who)) {
    const way = smtpWay(id === made.data.sender.id ? {} : { port: 1 });
    await who.call('senders.update', { orgId, senderId: id, version, ...input(way, { enabled: false }) });
  }
  expect((await ask()).error).toMatchObject({
    code: 'test_mail_refused',
    details: { detail: 'all senders are switched off' },
  });
});

test('a campaign that waits for a setting is told of in the app, and by mail to the owners', async () => {
  const who = await server.owner('Kitchen & Co');
  await server.member(who, 'analyst');
  const { orgId } = who;
  const made = await who.call('campaigns.create', { orgId, name: 'Spring', channel: 'email', purpose: 'marketing' });
  const campaignId = made.data.id;
  const notices = async () => (await who.call('senders.notices', { orgId })).data;
  expect(await notices()).toEqual([]);
  const failure = { code: 'login_refused', details: { detail: '535 wrong' } };
  const { campaigns } = server.database.database.models;
  await campaigns.collection.updateOne({ _id: campaignId }, { $set: { state: 'paused', failure } });
  expect(await notices()).toEqual([{ campaignId, name: 'Spring', fault: 'login_refused', detail: '535 wrong' }]);
  const before = server.mails.length;
  await pauseNotice(server.deps)({ orgId, campaignId, fault: 'login_refused', detail: '535 wrong' });
  const mails = server.mails.slice(before);
  expect(mails).toMatchObject([{ to: who.email, subject: '"Spring" is paused: Kitchen & Co' }]);
  expect(mails[0]?.text).toContain('535 wrong');
  expect(mails[0]?.text).toContain(`/campaigns/${campaignId}`);
  await campaigns.collection.updateOne({ _id: campaignId }, { $set: { state: 'sending', failure: null } });
  expect(await notices()).toEqual([]);
});

describe('a sender that can not be', () => {
  test('is refused with the field at fault', async () => {
    const faults: [object, string][] = [
      [smtpWay({ host: 'smtp.example.com/path' }), 'way'],
      [smtpWay({ port: 0 }), 'way'],
      [webhookWay({ url: 'ftp://example.com/' }), 'way'],
      [webhookWay({ url: 'https://user:password@example.com/' }), 'way'],
      [webhookWay({ secret: { type: 'keep' } }), 'way'],
      [smtpWay({ dkim: { domain: 'no domain', selector: 'crm', key: { type: 'generate', algorithm: 'rsa' } } }), 'way'],
    ];
    for (const [way, field] of faults) {
      const { error } = await create(owner, way);
      expect(error).toMatchObject({ code: 'invalid_input', path: expect.arrayContaining([field]) });
    }
    const paste = { domain: 'example.com', selector: 'crm', key: { type: 'paste', privateKey: 'hello' } };
    expect((await create(owner, smtpWay({ dkim: paste }))).error).toMatchObject({ code: 'dkim_key_invalid' });
  });

  test('is not inside the private network of a server that does not allow it, nor without TLS', async () => {
    const strict = await testApp();
    const who = await strict.owner();
    for (const way of [
      smtpWay(),
      smtpWay({ host: 'localhost' }),
      webhookWay({ url: 'https://10.0.0.1/send' }),
      webhookWay({ url: 'https://[::1]/send' }),
    ]) {
      expect((await create(who, way)).error).toMatchObject({ code: 'private_address' });
    }
    const open = await create(who, webhookWay({ url: 'http://example.com/send' }));
    expect(open.error).toMatchObject({ code: 'invalid_input', path: ['way', 'url'] });
    await strict.close();
  });

  test('is one too many', async () => {
    const who = await server.owner();
    for (let i = 0; i < 20; i++) await create(who, smtpWay());
    expect((await create(who, smtpWay())).error).toMatchObject({ code: 'sender_limit', details: { limit: 20 } });
  });
});

test('nobody reads, changes or tests the senders of another organization', async () => {
  const [mine, other] = [await server.owner(), await server.owner()];
  const made = await create(other, smtpWay());
  const { id: senderId, version } = made.data.sender;
  const { orgId } = mine;
  expect(await list(mine)).toEqual([]);
  const change = { orgId, senderId, version, ...input(smtpWay()) };
  expect((await mine.call('senders.update', change)).error).toMatchObject({ code: 'not_found' });
  expect((await mine.call('senders.remove', { orgId, senderId })).error).toMatchObject({ code: 'not_found' });
  expect((await mine.call('senders.test', { orgId, senderId })).error).toMatchObject({ code: 'not_found' });
  const foreign = await mine.call('senders.reorder', { orgId, senderIds: [senderId] });
  expect(foreign.error).toMatchObject({ code: 'sender_order' });
});
