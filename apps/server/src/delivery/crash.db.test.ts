import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultEngineOptions } from './engine.ts';
import { type CrashStage, crashStage } from './testing/crash-stage.ts';
import { checkInvariant, launchSending, until, waitForEnd } from './testing/sending-fixture.ts';

// Real processes, a real database and a real SMTP server whose ledger is compared with the log after each round.
const rounds = Number(process.env.ROUNDS ?? (process.env.CI ? 6 : 2));
const people = 1_000;
const leaseMs = 1_500;
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

let stage: CrashStage;
beforeAll(async () => {
  stage = await crashStage({ leaseMs, smtpDelayMs: 4 });
}, 120_000);
afterAll(() => stage?.stop());

/** Numbers in [0, 1) that a seed repeats (mulberry32). */
function random(state: number) {
  let a = state;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

test.each(Array.from({ length: rounds }, (_, i) => i + 1))(
  'round %i: after kill -9 of workers, database and API the log agrees with what arrived',
  async (round) => {
    const draw = random(seed + round);
    const { smtp, database, api, workers, mongod } = stage;
    smtp.clear();
    const sending = await launchSending(database, people);
    await Promise.all([api.start(), ...workers.map((worker) => worker.start())]);
    const arrived = (share: number) =>
      until(() => smtp.accepted.length >= share * people, 90_000).catch(() => {
        throw new Error(`only ${smtp.accepted.length} arrived\n${workers.map((one) => one.output()).join('\n')}`);
      });
    const somebody = () => workers[draw() < 0.5 ? 0 : 1];
    let killed = 0;

    await arrived(0.02);
    await mongod.fail('done', 20);
    await arrived(0.05 + draw() * 0.1);
    await mongod.fail('closed', 20);
    await somebody().kill();
    killed++;
    await api.kill();

    await arrived(0.25 + draw() * 0.15);
    if (draw() < 0.5) await somebody().freeze(leaseMs * 2);
    await mongod.kill();
    await wait(draw() * 1_000);
    await mongod.start();

    await arrived(0.5 + draw() * 0.2);
    await Promise.all(workers.map((worker) => worker.kill()));
    await mongod.kill();
    killed += 2;
    await mongod.start();
    await Promise.all([api.start(), ...workers.map((worker) => worker.start())]);

    await waitForEnd(database, sending, 120_000).catch((error) => {
      throw new Error(`${error.message}\n${workers.map((one) => one.output()).join('\n')}`);
    });
    const messages = new Map<string, number>();
    for (const { recipient } of smtp.accepted) messages.set(recipient, (messages.get(recipient) ?? 0) + 1);
    const counts = await checkInvariant(database, sending, (address) => messages.get(address) ?? 0).catch((error) => {
      throw new Error(`seed ${seed}: ${error.message}`);
    });
    const campaign = await database.forOrganization(sending.orgId).campaigns.get(sending.campaignId);
    expect(campaign?.state).toBe('sent');
    const others = await database.models.deliveries.collection
      .find({ state: { $in: ['failed', 'skipped'] } })
      .toArray();
    expect(others.map(({ state, reason, detail }) => `${state} ${reason} ${detail}`)).toEqual([]);
    // Each worker that died, or was frozen beyond its lease, may leave the groups that it had in hand.
    const inHand = defaultEngineOptions.groupSize * defaultEngineOptions.pagesAtOnce;
    expect(counts.unknown).toBeLessThanOrEqual((killed + 1) * inHand);
  },
  300_000,
);
