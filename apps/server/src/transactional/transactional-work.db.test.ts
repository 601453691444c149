import { newId, settleMessages } from '@mini-crm/db';
import type { MessageId, OrganizationId, TemplateId } from '@mini-crm/domain';
import { beforeEach, expect, test } from 'vitest';
import { outboxChannel } from '../delivery/channels/outbox-channel.ts';
import { engineStage } from '../delivery/testing/engine-stage.ts';
import { until } from '../delivery/testing/sending-fixture.ts';
import { startSmtp } from '../testing/smtp-ledger.ts';
import { enqueueMessage, publishedTemplate } from './testing/published-template.ts';

const stage = engineStage();
let orgId: OrganizationId;
let templateId: TemplateId;

beforeEach(async () => {
  // An organization with a sender and three customers who all allowed marketing; its campaign has nothing to send.
  const sending = await stage.launch(3);
  await stage.command(sending, { type: 'cancel' });
  orgId = sending.orgId;
  templateId = await publishedTemplate(stage.store.database, orgId);
});

const db = () => stage.store.database.forOrganization(orgId);
const messages = () => stage.store.db.collection<{ _id: string }>('messages');
const send = (order: string, address = `${order}@test.example`, more: object = {}) =>
  enqueueMessage(stage.store.database, orgId, templateId, { order, address, ...more });
const rowOf = (id: MessageId) => db().deliveries.get(id);
const settled = (ids: readonly MessageId[]) =>
  until(async () => (await messages().countDocuments({ _id: { $in: [...ids] }, state: 'done' })) === ids.length);

test('sends each message once, with its data, and writes a row of the log that is of no campaign', async () => {
  const ids = await Promise.all(Array.from({ length: 90 }, (_, i) => send(`o${i}`)));
  stage.start();
  stage.start();
  await settled(ids);
  for (const [i, id] of ids.entries()) {
    expect(stage.smtp.to(`o${i}@test.example`)).toHaveLength(1);
    expect(await rowOf(id)).toMatchObject({
      ...{ kind: 'transactional', runId: null, campaignId: null, customerId: null, templateId, templateVersion: 1 },
      ...{ state: 'sent', address: `o${i}@test.example`, messageId: `${id}@example.com` },
    });
  }
  const mail = await stage.smtp.waitFor('o7@test.example');
  expect(mail.message.headers.get('subject')).toEqual(['Order o7']);
  expect(mail.message.headers.get('from')?.[0]).toContain('shop@example.com');
  expect(mail.message.html).toContain('href="https://shop.example/orders/o7"');
  expect(mail.message.headers.has('list-unsubscribe')).toBe(false);
});

test('a suppression of everything stops a service message, one of marketing does not', async () => {
  const at = new Date();
  for (const [address, scope] of [
    ['none@test.example', 'all'],
    ['news@test.example', 'marketing'],
  ] as const) {
    await db().suppressions.add({ channel: 'email', address, scope, reason: 'manual', at });
  }
  const ids = [await send('1', 'None@test.example'), await send('2', 'news@test.example')] as const;
  stage.start();
  await settled(ids);
  expect(await rowOf(ids[0])).toMatchObject({ state: 'skipped', reason: 'suppressed' });
  expect(await rowOf(ids[1])).toMatchObject({ state: 'sent' });
  expect(stage.smtp.accepted.map(({ recipient }) => recipient)).toEqual(['news@test.example']);
});

test('a marketing message asks for a consent, can be unsubscribed from, and its opens and clicks are tracked', async () => {
  templateId = await publishedTemplate(stage.store.database, orgId, { purpose: 'marketing', tracked: true });
  const purpose = 'marketing';
  const [customer] = await stage.store.db.collection<{ _id: string }>('customers').find({}).sort({ _id: 1 }).toArray();
  const ids = [
    await send('1', 'c0@test.example', { purpose, customerId: customer?._id }),
    await send('2', 'stranger@test.example', { purpose }),
    await send('3', 'gone@test.example', { purpose, customerId: newId('customer') }),
  ] as const;
  stage.start();
  await settled(ids);
  expect(await rowOf(ids[0])).toMatchObject({ state: 'sent', customerId: customer?._id, name: 'Ann0' });
  expect(await rowOf(ids[1])).toMatchObject({ state: 'skipped', reason: 'no_consent' });
  expect(await rowOf(ids[2])).toMatchObject({ state: 'skipped', reason: 'customer_removed' });
  const mail = await stage.smtp.waitFor('c0@test.example');
  expect(mail.message.headers.get('list-unsubscribe')?.[0]).toContain('https://crm.example/u/');
  expect(mail.message.headers.get('list-unsubscribe-post')).toEqual(['List-Unsubscribe=One-Click']);
  expect(mail.message.html).toContain('https://crm.example/t/c/');
  expect(mail.message.html).toContain('https://crm.example/t/o/');
  expect(mail.message.html).not.toContain('shop.example/orders');
});

test('a passing refusal is tried again, a lasting one is not, and an address that does not exist is suppressed', async () => {
  stage.smtp.answer({ recipient: /^busy@/, stage: 'rcpt', code: 451, times: 1 });
  stage.smtp.answer({ recipient: /^nobody@/, stage: 'rcpt', code: 550, text: '5.1.1 no such user' });
  const busy = await send('1', 'busy@test.example');
  const nobody = await send('2', 'nobody@test.example');
  stage.start();
  await settled([busy, nobody]);
  expect(await rowOf(busy)).toMatchObject({ state: 'sent', attempt: 2 });
  expect(await rowOf(nobody)).toMatchObject({ state: 'failed', reason: 'address_unknown', attempt: 1 });
  await until(async () => (await db().suppressions.of('email', ['nobody@test.example'])).size === 1);
});

test('what is lost with the connection is unknown, and is not sent again', async () => {
  stage.smtp.answer({ recipient: /^lost@/, stage: 'data', code: 'lost' });
  const lost = await send('1', 'lost@test.example');
  stage.start();
  await settled([lost]);
  expect(await rowOf(lost)).toMatchObject({ state: 'unknown', reason: 'connection_lost' });
  expect(stage.smtp.to('lost@test.example')).toHaveLength(1);
});

test('waits for a server that is out of order without spending attempts, but no longer than a day', async () => {
  const { port } = stage.smtp;
  await stage.smtp.stop();
  const old = await send('1', 'old@test.example', { createdAt: new Date(Date.now() - 25 * 3_600_000) });
  const young = await send('2', 'young@test.example');
  stage.start();
  await settled([old]);
  expect(await rowOf(old)).toMatchObject({ state: 'failed', reason: 'retries_exhausted' });
  expect(await rowOf(young)).toBeNull();
  stage.smtp = await startSmtp({ port });
  await settled([young]);
  expect(await rowOf(young)).toMatchObject({ state: 'sent', attempt: 1 });
});

test('takes over from a worker that died between mark and settling: what was marked is unknown, the rest goes out', async () => {
  const marked = await send('1');
  const unmarked = await send('2');
  const token = 'dead';
  expect(await stage.store.database.messageQueue.claim(token, new Date(), 10)).toHaveLength(2);
  await db().transactionalMessages.mark([marked], token, { by: null, tries: 0 });
  stage.start();
  await settled([marked, unmarked]);
  expect(await rowOf(marked)).toMatchObject({ state: 'unknown', reason: 'interrupted' });
  expect(await rowOf(unmarked)).toMatchObject({ state: 'sent' });
  expect(stage.smtp.accepted.map(({ recipient }) => recipient)).toEqual(['2@test.example']);
});

test('the outbox keeps each message once, also when a dead worker had handed it over', async () => {
  const id = await send('1');
  await stage.store.database.messageQueue.claim('dead', new Date(), 10);
  await db().transactionalMessages.mark([id], 'dead', { by: null, tries: 0 });
  stage.start(outboxChannel(stage.store.database, stage.now));
  await settled([id]);
  expect(await rowOf(id)).toMatchObject({ state: 'sent' });
  const kept = await stage.store.db.collection('outbox').find({}).toArray();
  expect(kept).toMatchObject([{ kind: 'transactional', to: '1@test.example' }]);
});

test('a worker that was frozen replaces the guess about its message by what came of it', async () => {
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  const inner = stage.overSmtp();
  const slow = { ...inner, send: (batch: Parameters<typeof inner.send>[0]) => held.then(() => inner.send(batch)) };
  const id = await send('1');
  stage.start(slow);
  await until(async () => (await messages().countDocuments({ _id: id, marked: true } as never)) === 1);
  // Another worker took it for dead: its holder's token is gone and a row says what nobody knows.
  await messages().updateOne({ _id: id }, { $set: { token: 'thief' } });
  const hold = {
    id,
    token: 'thief',
    beat: Number(((await messages().findOne({ _id: id })) as never as { beat: number }).beat),
  };
  await db().transactionalMessages.takeOver(hold, 'reaper');
  const message = await db().transactionalMessages.get(id);
  await settleMessages(db(), stage.store.database.transaction, {
    token: 'reaper',
    rows: [
      {
        ...{
          kind: 'transactional',
          id,
          runId: null,
          campaignId: null,
          customerId: null,
          templateId,
          templateVersion: 1,
        },
        ...{ channel: 'email', address: message?.address ?? '', name: '', state: 'unknown', reason: 'interrupted' },
        ...{ detail: null, attempt: 1, messageId: null, at: new Date(), opens: 0, clicks: [] },
      },
    ],
    later: [],
  });
  expect(await rowOf(id)).toMatchObject({ state: 'unknown' });
  go();
  await until(async () => (await rowOf(id))?.state === 'sent');
  expect(stage.smtp.to('1@test.example')).toHaveLength(1);
});
