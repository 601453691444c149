import { expect, test } from 'vitest';
import { engineStage } from './testing/engine-stage.ts';
import { until } from './testing/sending-fixture.ts';

const stage = engineStage();
const runs = () => stage.store.db.collection<{ _id: string }>('runs');

test('paused runs, however many, keep no other run waiting', async () => {
  const paused = await stage.launch(1);
  const run = await runs().findOne({ _id: paused.runId });
  await runs().deleteOne({ _id: paused.runId });
  const copies = Array.from({ length: 201 }, (_, i) => ({
    ...run,
    _id: `run_0000000000000000000000${String(i).padStart(4, '0')}`,
    state: 'paused',
    builtAt: stage.now(),
  }));
  await runs().insertMany(copies);
  const sending = await stage.launch(10);
  stage.start();
  await stage.ended(sending);
  expect(await stage.invariant(sending)).toMatchObject({ sent: 10 });
});

test('a run whose last page is settled while it is paused ends: nothing is left to resume', async () => {
  const sending = await stage.launch(5);
  let go = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  const channel = stage.overSmtp();
  let asked = false;
  stage.start({
    ...channel,
    async send(batch) {
      asked = true;
      await held;
      return channel.send(batch);
    },
  });
  await until(() => asked);
  await until(async () => (await stage.db(sending).runs.get(sending.runId))?.builtAt != null);
  await stage.command(sending, { type: 'pause' });
  go();
  await stage.ended(sending);
  expect((await stage.campaign(sending))?.state).toBe('sent');
  expect(await stage.invariant(sending)).toMatchObject({ sent: 5 });
});

test('a page that a dead worker held when its run was paused is taken over after the resume', async () => {
  const sending = await stage.launch(20);
  await stage.command(sending, { type: 'pause' });
  stage.start();
  await until(async () => (await stage.db(sending).runs.get(sending.runId))?.builtAt != null);
  await stage.store.db.collection('pages').updateOne({}, { $set: { state: 'claimed', token: 'dead', mark: 10 } });
  await stage.command(sending, { type: 'resume' });
  await stage.ended(sending);
  expect(await stage.invariant(sending)).toMatchObject({ sent: 10, unknown: 10 });
});

test('a paused run that a dead worker left with nothing open ends when it is resumed', async () => {
  const sending = await stage.launch(5);
  await stage.command(sending, { type: 'pause' });
  stage.start();
  await until(async () => (await stage.db(sending).runs.get(sending.runId))?.builtAt != null);
  await stage.store.db.collection('pages').updateMany({}, { $set: { state: 'done' } });
  await stage.command(sending, { type: 'resume' });
  await stage.ended(sending);
  expect((await stage.campaign(sending))?.state).toBe('sent');
});
