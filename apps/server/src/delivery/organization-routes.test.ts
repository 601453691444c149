import type { Database, SenderDocument } from '@mini-crm/db';
import type { OrganizationId } from '@mini-crm/domain';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { defaultBreakerPolicy } from './breaker.ts';
import type { DeliveryChannel } from './channels/channel.ts';
import { organizationRoutes } from './organization-routes.ts';

const orgId = 'org_1' as OrganizationId;
const throttle = { perSecond: null, perMinute: null, perHour: null };
const sender = (version: number) =>
  ({ _id: 'snd_1', orgId, name: 'Ours', enabled: true, version, throttle, trouble: null }) as SenderDocument;

/** Routes whose reads answer when the test says so, with the channels that were opened and closed. */
function stage() {
  const reads: ((documents: SenderDocument[]) => void)[] = [];
  const opened: number[] = [];
  const closed: number[] = [];
  const open = ({ version }: Pick<SenderDocument, 'version'>): DeliveryChannel => {
    opened.push(version);
    const capabilities = { batchSize: 10, idempotent: false, reports: [] };
    return { name: 'test', capabilities, send: async () => [], close: async () => void closed.push(version) };
  };
  const list = () => new Promise<SenderDocument[]>((resolve) => reads.push(resolve));
  const database = { forOrganization: () => ({ senders: { list } }) } as unknown as Database;
  const log = pino({ level: 'silent' });
  const routes = organizationRoutes({
    ...{ database, log, now: () => new Date(0), channel: open({ version: 0 }), open },
    ...{ policy: defaultBreakerPolicy, seed: 'test', clock: () => 0 },
  });
  return { routes, reads, opened, closed };
}

test('senders that are asked for twice at once are opened once, and all that was opened is closed', async () => {
  const { routes, reads, opened, closed } = stage();
  const route = routes.route(orgId);
  const changed = routes.changedSince(orgId, { revision: 1 });
  await Promise.resolve();
  reads[0]?.([sender(1)]);
  expect((await route).revision).toBe(1);
  await Promise.resolve();
  reads[1]?.([sender(2)]);
  expect(await changed).toBe(true);
  expect(opened).toEqual([0, 1, 2]);
  await routes.close();
  expect(closed).toEqual([1, 2]);
});

test('a read that failed keeps nobody from the next one', async () => {
  const { routes, reads } = stage();
  const failed = routes.route(orgId);
  await Promise.resolve();
  reads[0]?.(null as never);
  await expect(failed).rejects.toThrow();
  const route = routes.route(orgId);
  await Promise.resolve();
  reads[1]?.([sender(1)]);
  expect((await route).revision).toBe(1);
});

test('messages that no sender may take are not asked for again at once', async () => {
  const { routes, reads } = stage();
  const route = routes.route(orgId);
  await Promise.resolve();
  reads[0]?.([{ ...sender(1), enabled: false }]);
  expect(await (await route).pick(5)).toEqual({ type: 'wait', ms: 1_000, fault: 'senders_off' });
});
