import { type TestDatabase, testDatabase } from '@mini-crm/db/testing';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { commandCampaign, type RunningCommand } from '../../campaigns/campaign-commands.ts';
import { type SmtpLedger, startSmtp } from '../../testing/smtp-ledger.ts';
import { trackingUrls } from '../../tracking/tracking-urls.ts';
import type { RunningLoop } from '../../worker/loop.ts';
import type { DeliveryChannel } from '../channels/channel.ts';
import { smtpChannel } from '../channels/smtp-channel.ts';
import { startEngine } from '../delivery.loop.ts';
import { defaultEngineOptions, type EngineOptions, type PausedCampaign } from '../engine.ts';
import { openTestSender } from './sender-fixture.ts';
import { checkInvariant, launchSending, type Sending, waitForEnd } from './sending-fixture.ts';

/** Short leases and pauses, small groups: so that a test sees in a second what takes minutes. */
export const quick: EngineOptions = {
  ...defaultEngineOptions,
  groupSize: 10,
  pagesAtOnce: 4,
  leaseMs: 1_000,
  pollMs: 20,
  retry: { attempts: 3, firstPauseMs: 100, factor: 2, longestPauseMs: 1_000 },
  breaker: { firstPauseMs: 100, factor: 2, longestPauseMs: 500 },
};

/** Engines on a database and an SMTP server of their own, emptied between tests; every engine is stopped behind its test. They live by the clock of `now`. */
export function engineStage(now: () => Date = () => new Date()) {
  const log = pino({ level: process.env.TEST_LOG ?? 'silent' });
  const running: RunningLoop[] = [];
  const told: PausedCampaign[] = [];
  const parts = {} as { smtp: SmtpLedger; store: TestDatabase };
  const overSmtp = () => smtpChannel({ url: parts.smtp.url, connections: 5, timeoutMs: 2_000, now });
  const dbOf = (sending: Sending) => parts.store.database.forOrganization(sending.orgId);

  beforeAll(async () => {
    parts.store = await testDatabase();
    parts.smtp = await startSmtp();
  });
  afterAll(async () => {
    await parts.smtp.stop();
    await parts.store.close();
  });
  beforeEach(() => {
    parts.smtp.acceptAll();
    parts.smtp.clear();
    told.length = 0;
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((loop) => loop.stop()));
    await parts.store.clear();
  });

  return {
    get smtp() {
      return parts.smtp;
    },
    set smtp(server: SmtpLedger) {
      parts.smtp = server;
    },
    get store() {
      return parts.store;
    },
    now,
    overSmtp,
    /** The paused campaigns that people were told of. */
    told,
    start(channel: DeliveryChannel = overSmtp()): RunningLoop {
      const urls = trackingUrls('https://crm.example', 'a secret for tests');
      const { database } = parts.store;
      const tellPaused = async (paused: PausedCampaign) => void told.push(paused);
      const deps = { database, log, now, channel, urls, oneClick: true, openSender: openTestSender(now), tellPaused };
      const loop = startEngine(deps, quick);
      running.push(loop);
      return loop;
    },
    launch: (size: number) => launchSending(parts.store.database, size),
    ended: (sending: Sending) => waitForEnd(parts.store.database, sending),
    invariant: (sending: Sending, count = (address: string) => parts.smtp.to(address).length) =>
      checkInvariant(parts.store.database, sending, count),
    db: dbOf,
    campaign: (sending: Sending) => dbOf(sending).campaigns.get(sending.campaignId),
    command: (sending: Sending, command: RunningCommand) =>
      commandCampaign(parts.store.database, sending.orgId, sending.campaignId, command, now()),
  };
}
