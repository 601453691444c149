import { expect, test } from 'vitest';
import { engineStage, quick } from './testing/engine-stage.ts';
import { until } from './testing/sending-fixture.ts';

const stage = engineStage();

test('looks at consent, suppression and address again at the hand-over', async () => {
  const sending = await stage.launch(30);
  const db = stage.db(sending);
  const customers = stage.store.db.collection<{ _id: string }>('customers');
  // The audience is written first, then people change their minds.
  await stage.command(sending, { type: 'pause' });
  stage.start();
  await until(async () => (await db.runs.get(sending.runId))?.builtAt != null);
  const [a, b, c, d] = sending.customerIds;
  await customers.updateOne({ _id: a ?? '' }, { $set: { 'consents.email.state': 'withdrawn' } });
  await db.suppressions.add({
    channel: 'email',
    address: 'C1@test.example',
    scope: 'marketing',
    reason: 'manual',
    at: stage.now(),
  });
  await customers.updateOne({ _id: c ?? '' }, { $set: { email: null, 'folded.email': null } });
  await customers.deleteOne({ _id: d ?? '' });
  await stage.command(sending, { type: 'resume' });
  await stage.ended(sending);
  expect(await stage.invariant(sending)).toMatchObject({ sent: 26, skipped: 4 });
  const reason = async (id: string | undefined) =>
    (
      await stage.store.db
        .collection<{ _id: string; reason: string }>('deliveries')
        .findOne({ _id: `${sending.runId}:${id}` })
    )?.reason;
  expect([await reason(a), await reason(b), await reason(c), await reason(d)]).toEqual([
    'no_consent',
    'suppressed',
    'no_address',
    'customer_removed',
  ]);
});

test('a pause takes effect within one group, and a resume sends the rest', async () => {
  const sending = await stage.launch(400);
  stage.smtp.answer({ stage: 'data', code: 250, delayMs: 5 });
  stage.start();
  await until(() => stage.smtp.accepted.length > 60);
  await stage.command(sending, { type: 'pause' });
  const atPause = stage.smtp.accepted.length;
  await new Promise((resolve) => setTimeout(resolve, 500));
  const after = stage.smtp.accepted.length;
  expect(after - atPause).toBeLessThanOrEqual(quick.groupSize * quick.pagesAtOnce * 2);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(stage.smtp.accepted.length).toBe(after);
  await stage.command(sending, { type: 'resume' });
  await stage.ended(sending);
  expect(await stage.invariant(sending)).toMatchObject({ sent: 400 });
});

test('a cancel leaves nobody without a row', async () => {
  const sending = await stage.launch(400);
  stage.smtp.answer({ stage: 'data', code: 250, delayMs: 5 });
  stage.start();
  await until(() => stage.smtp.accepted.length > 60);
  await stage.command(sending, { type: 'cancel' });
  await stage.ended(sending);
  const counts = await stage.invariant(sending);
  expect(counts.sent + counts.skipped).toBe(400);
  expect(counts.skipped).toBeGreaterThan(200);
  expect(await stage.store.db.collection('deliveries').distinct('reason', { state: 'skipped' })).toEqual(['cancelled']);
  expect((await stage.campaign(sending))?.state).toBe('cancelled');
});

test('a cancel before the audience is complete leaves nobody without a row', async () => {
  const sending = await stage.launch(250);
  await stage.command(sending, { type: 'cancel' });
  stage.start();
  await stage.ended(sending);
  expect(await stage.invariant(sending)).toMatchObject({ skipped: 250 });
});

test('a worker that is told to stop finishes its groups, and the next one goes on at once', async () => {
  const sending = await stage.launch(300);
  stage.smtp.answer({ stage: 'data', code: 250, delayMs: 5 });
  const first = stage.start();
  await until(() => stage.smtp.accepted.length > 40);
  await first.stop();
  const stopped = stage.smtp.accepted.length;
  expect(stopped).toBeLessThan(300);
  expect(await stage.store.db.collection('pages').countDocuments({ state: 'claimed' })).toBe(0);
  stage.start();
  await stage.ended(sending);
  expect(await stage.invariant(sending)).toMatchObject({ sent: 300 });
});
