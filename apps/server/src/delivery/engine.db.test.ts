import { expect, test } from 'vitest';
import { engineStage } from './testing/engine-stage.ts';

const stage = engineStage();

test('sends each person one message and ends the campaign', async () => {
  const sending = await stage.launch(250);
  stage.start();
  await stage.ended(sending);
  expect(await stage.invariant(sending)).toEqual({
    sent: 250,
    failed: 0,
    skipped: 0,
    unknown: 0,
  });
  expect((await stage.campaign(sending))?.state).toBe('sent');
  const run = await stage.db(sending).runs.get(sending.runId);
  expect(run).toMatchObject({ state: 'finished', planned: 250 });
});

test('writes a message that mail programs can unsubscribe from and that leads through signed links', async () => {
  const sending = await stage.launch(1);
  stage.start();
  await stage.ended(sending);
  const { headers, html, text } = (await stage.smtp.waitFor('c0@test.example')).message;
  const id = `${sending.runId}.${sending.customerIds[0]}`;
  expect(headers.get('message-id')).toEqual([`<${id}@example.com>`]);
  expect(headers.get('from')).toEqual(['"The Shop" <shop@example.com>']);
  expect(headers.get('reply-to')).toEqual(['help@example.com']);
  expect(headers.get('subject')).toEqual(['News for Ann0']);
  expect(headers.get('list-unsubscribe-post')).toEqual(['List-Unsubscribe=One-Click']);
  expect(headers.get('list-unsubscribe')?.[0]).toMatch(/^<https:\/\/crm\.example\/u\/[\w-]{120,}>$/);
  expect(html).toContain('Hello Ann0');
  expect(html).toMatch(/https:\/\/crm\.example\/t\/c\/[\w-]{101}/);
  expect(html).toMatch(/https:\/\/crm\.example\/t\/o\/[\w-]{100}\.gif/);
  expect(text).toContain('Hello Ann0');
});

test('two workers share the work and mail nobody twice', async () => {
  const sending = await stage.launch(600);
  stage.start();
  stage.start();
  await stage.ended(sending);
  expect(await stage.invariant(sending)).toMatchObject({ sent: 600 });
});

test('an empty audience ends at once', async () => {
  const sending = await stage.launch(0);
  stage.start();
  await stage.ended(sending);
  expect((await stage.campaign(sending))?.state).toBe('sent');
});

test('tries a temporary failure again, and only that', async () => {
  const sending = await stage.launch(40);
  stage.smtp.answer({ recipient: /^c(3|17)@/, stage: 'rcpt', code: 451, times: 3 });
  stage.smtp.answer({ recipient: /^c5@/, stage: 'data', code: 450, text: '4.2.0 try later', times: 1 });
  stage.start();
  await stage.ended(sending);
  expect(await stage.invariant(sending)).toMatchObject({ sent: 40 });
  const attempts = await stage.store.db.collection('deliveries').distinct('attempt');
  expect(attempts.sort()).toEqual([1, 2, 3]);
});

test('gives up on a temporary failure after its last attempt, with the words of the server', async () => {
  const sending = await stage.launch(12);
  stage.smtp.answer({ recipient: /^c3@/, stage: 'rcpt', code: 452, text: '4.2.2 mailbox is full' });
  stage.start();
  await stage.ended(sending);
  expect(await stage.invariant(sending)).toMatchObject({ sent: 11, failed: 1 });
  const row = await stage.store.db.collection('deliveries').findOne({ state: 'failed' });
  expect(row).toMatchObject({
    reason: 'retries_exhausted',
    attempt: 3,
    detail: expect.stringContaining('mailbox is full'),
  });
});

test('does not try a permanent failure again', async () => {
  const sending = await stage.launch(12);
  stage.smtp.answer({ recipient: /^c3@/, stage: 'rcpt', code: 550, text: '5.1.1 no such user' });
  stage.smtp.answer({ recipient: /^c4@/, stage: 'data', code: 554, text: '5.7.1 spam' });
  stage.start();
  await stage.ended(sending);
  expect(await stage.invariant(sending)).toMatchObject({ sent: 10, failed: 2 });
  const rows = await stage.store.db.collection('deliveries').find({ state: 'failed' }).sort({ address: 1 }).toArray();
  expect(rows.map(({ reason, attempt }) => ({ reason, attempt }))).toEqual([
    { reason: 'address_unknown', attempt: 1 },
    { reason: 'policy_refused', attempt: 1 },
  ]);
  expect(stage.smtp.refused).toHaveLength(2);
});
