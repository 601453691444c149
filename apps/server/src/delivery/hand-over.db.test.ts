import { deliveryId } from '@mini-crm/domain';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { trackingUrls } from '../tracking/tracking-urls.ts';
import type { DeliveryChannel } from './channels/channel.ts';
import { makeEngine } from './engine.ts';
import { scheduler } from './scheduler.ts';
import { engineStage, quick } from './testing/engine-stage.ts';
import { until } from './testing/sending-fixture.ts';

const stage = engineStage();

test('a refused From address pauses its own campaign and keeps no other one waiting', async () => {
  const refused = await stage.launch(20);
  const { signal } = new AbortController();
  const channel: DeliveryChannel = {
    ...stage.overSmtp(),
    send: async (batch) =>
      batch.map(() => ({ type: 'unavailable', fault: 'sender_refused', detail: '550 not your address' })),
  };
  const deps = {
    database: stage.store.database,
    log: pino({ level: 'silent' }),
    now: stage.now,
    channel,
    oneClick: true,
  };
  const urls = trackingUrls('https://crm.example', 'a secret for tests');
  const engine = makeEngine({ ...deps, urls }, quick, { stopping: signal, abandoned: signal });
  const plan = scheduler(engine);
  await until(async () => {
    await plan.round(signal);
    return (await stage.campaign(refused))?.state === 'paused';
  });
  await plan.idle();
  expect((await stage.campaign(refused))?.failure).toMatchObject({ code: 'sender_refused' });
  expect((await engine.route(refused.orgId)).allowance(4)).toBe(4);
  await channel.close();
});

test('a customer who is deleted while their message is on its way is not named by its row', async () => {
  const sending = await stage.launch(3);
  const [gone, there] = sending.customerIds;
  if (!gone || !there) throw new Error('nobody');
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
  const db = stage.db(sending);
  await stage.store.database.transaction(async (session) => {
    await db.customers.remove(gone, session);
    await db.deliveries.forget(gone, session);
  });
  go();
  await stage.ended(sending);
  expect(await stage.invariant(sending)).toMatchObject({ sent: 3 });
  expect(await db.deliveries.get(deliveryId(sending.runId, gone))).toMatchObject({
    address: '',
    name: '',
    detail: null,
  });
  expect(await db.deliveries.get(deliveryId(sending.runId, there))).toMatchObject({ address: sending.email(1) });
});
