import { setTimeout as wait } from 'node:timers/promises';
import type { PageCounts } from '@mini-crm/domain';
import { commandCampaign } from '../../campaigns/campaign-commands.ts';
import { defaultEngineOptions } from '../engine.ts';
import type { CrashStage } from './crash-stage.ts';
import { checkInvariant, launchSending, type Sending, until, waitForEnd } from './sending-fixture.ts';

export interface CrashRound {
  readonly counts: PageCounts;
  /** So many rows may be unknown: what the killed and the frozen had in hand, and what the provider broke off. */
  readonly unknownAtMost: number;
}

const hourMs = 3_600_000;

/**
 * One campaign to `people` under everything that can go wrong, at moments that `seed` draws: `kill -9` of workers, API and
 * mongod, a worker frozen beyond its lease, writes that are done and answered with an error, a provider that refuses for now, for
 * good, and dies before its answer, a pause in the middle, and clocks that are set. At the end the log must agree with what
 * arrived; throws with the seed where it does not.
 */
export async function crashRound(
  stage: CrashStage,
  { seed, people, leaseMs }: { seed: number; people: number; leaseMs: number },
): Promise<CrashRound> {
  const draw = random(seed);
  const { smtp, database, api, workers, mongod } = stage;
  const said = () => workers.map((one) => one.output()).join('\n');
  const explained = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw new Error(`seed ${seed}: ${(error as Error).message}\n${said()}`);
    }
  };
  const [one, other] = draw() < 0.5 ? workers : [workers[1], workers[0]];
  const handled = () => smtp.accepted.length + smtp.refused.length;
  const arrived = (share: number) => explained(until(() => handled() >= share * people, 90_000));
  let doubtful = 0;
  const holding = defaultEngineOptions.onTheWay;

  smtp.clear();
  smtp.acceptAll();
  smtp.answer({ recipient: /^c\d*33@/, stage: 'rcpt', code: 451, text: '4.2.0 Later', times: people / 200 });
  smtp.answer({ recipient: /^c\d*44@/, stage: 'rcpt', code: 550, text: '5.1.1 No such user' });
  smtp.answer({ recipient: /^c\d*55@/, stage: 'data', code: 'lost', times: 3 });
  await Promise.all([api, ...workers].map((one) => one.moveClock(0)));
  const sending = await launchSending(database, people);
  await Promise.all([api.start(), ...workers.map((worker) => worker.start())]);

  await arrived(0.02);
  await mongod.fail('done', 20);
  await arrived(0.05 + draw() * 0.1);
  await other.moveClock(hourMs);
  await mongod.fail('closed', 20);
  await one.kill();
  await api.kill();
  doubtful += holding;

  await arrived(0.25 + draw() * 0.1);
  if (draw() < 0.5) {
    await other.freeze(leaseMs * 2);
    doubtful += holding;
  }
  await mongod.kill();
  await wait(draw() * 1_000);
  await mongod.start();
  await one.moveClock(-hourMs);
  await one.start();

  await arrived(0.4 + draw() * 0.1);
  await explained(pauseForAWhile(stage, sending));

  await arrived(0.55 + draw() * 0.2);
  await Promise.all(workers.map((worker) => worker.kill()));
  await mongod.kill();
  doubtful += 2 * holding;
  await mongod.start();
  // Who was told "later" is due by now, as is what somebody with a clock ahead of the others put off.
  await Promise.all(workers.map((worker) => worker.moveClock(2 * hourMs)));
  await Promise.all([api.start(), ...workers.map((worker) => worker.start())]);

  await explained(waitForEnd(database, sending, 120_000));
  const messages = new Map<string, number>();
  for (const { recipient } of smtp.accepted) messages.set(recipient, (messages.get(recipient) ?? 0) + 1);
  const counts = await explained(checkInvariant(database, sending, (address) => messages.get(address) ?? 0));
  const campaign = await database.forOrganization(sending.orgId).campaigns.get(sending.campaignId);
  if (campaign?.state !== 'sent') throw new Error(`seed ${seed}: the campaign is ${campaign?.state}`);
  // A connection that breaks takes the message behind the one that broke it along.
  return { counts, unknownAtMost: doubtful + 3 * 2 };
}

/**
 * Pauses the campaign until nothing has gone out for a while, and goes on. What a dead worker held stays held meanwhile: nobody
 * looks after a paused run.
 */
async function pauseForAWhile({ smtp, database }: CrashStage, { orgId, campaignId }: Sending): Promise<void> {
  const command = (type: 'pause' | 'resume') =>
    retried(() => commandCampaign(database, orgId, campaignId, { type }, new Date()));
  await command('pause');
  let then = -1;
  await until(async () => {
    const still = smtp.accepted.length === then;
    then = smtp.accepted.length;
    await wait(500);
    return still;
  }, 60_000);
  await command('resume');
}

/** A database that was just killed is asked again. */
async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 20) throw error;
      await wait(500);
    }
  }
}

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
