import { readdirSync, readFileSync } from 'node:fs';
import type { CampaignId, CustomerId, OrganizationId, RunId } from '@mini-crm/domain';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { launchDue } from '../campaigns/campaign-schedule.loop.ts';
import { engineStage } from './testing/engine-stage.ts';
import type { Sending } from './testing/sending-fixture.ts';

/**
 * What an older version had stored when it was stopped, all collections as they were: `testing/histories/<day>.json`. A
 * release adds one and changes none. `reached` says how many messages each person had been sent by then.
 */
interface History {
  readonly sendings: Record<string, Omit<Sending, 'email'> & { readonly domain: string }>;
  readonly reached: Record<string, readonly number[]>;
  readonly collections: Record<string, object[]>;
}

const folder = new URL('./testing/histories/', import.meta.url);
const stage = engineStage();

const read = (file: string): History =>
  JSON.parse(readFileSync(new URL(file, folder), 'utf8'), (_key, value) =>
    value && typeof value === 'object' && '$date' in value ? new Date(value.$date) : value,
  );

test.each(readdirSync(folder))('campaigns that were stored on %s go on to their end', async (file) => {
  const { sendings, reached, collections } = read(file);
  for (const [name, documents] of Object.entries(collections))
    await stage.store.db.collection(name).insertMany(documents);
  const of = (name: string): Sending => {
    const found = sendings[name];
    if (!found) throw new Error(`no ${name}`);
    const { orgId, campaignId, runId, customerIds, domain } = found;
    return {
      orgId: orgId as OrganizationId,
      campaignId: campaignId as CampaignId,
      runId: runId as RunId,
      customerIds: customerIds as CustomerId[],
      email: (i) => `c${i}@${domain}`,
    };
  };
  const stateOf = async (name: string) => (await stage.campaign(of(name)))?.state;
  const messages = (name: string) => (address: string) =>
    stage.smtp.to(address).length + (reached[name]?.[Number(/^c(\d+)@/.exec(address)?.[1])] ?? 0);
  const counts = (name: string) => stage.invariant(of(name), messages(name));

  // Whoever holds a page was killed long ago: nobody will ever hear from it.
  stage.start();
  await stage.command(of('paused'), { type: 'resume' });
  // Retries that wait for their time are due now.
  await stage.store.db.collection('pages').updateMany({ state: 'ready' }, { $set: { dueAt: new Date(0) } });
  const deps = { database: stage.store.database, log: pino({ level: 'silent' }), now: stage.now };
  await launchDue(deps, of('scheduled').orgId, of('scheduled').campaignId);
  const runId = (await stage.campaign(of('scheduled')))?.runId;
  if (!runId) throw new Error('the scheduled campaign was not launched');
  for (const name of ['sending', 'paused', 'building', 'cancelled', 'failed']) await stage.ended(of(name));
  await stage.ended({ ...of('scheduled'), runId });

  expect(await stateOf('draft')).toBe('draft');
  expect(await stateOf('sent')).toBe('sent');
  expect(await counts('sent')).toMatchObject({ sent: 6 });
  expect(await stateOf('sending')).toBe('sent');
  expect(await counts('sending')).toMatchObject({ sent: 100, unknown: 20 });
  expect(await stateOf('paused')).toBe('sent');
  expect(await counts('paused')).toMatchObject({ sent: 12 });
  expect(await stateOf('building')).toBe('sent');
  expect(await counts('building')).toMatchObject({ sent: 5 });
  expect(await stateOf('cancelled')).toBe('cancelled');
  expect(await counts('cancelled')).toMatchObject({ skipped: 5 });
  expect(await stateOf('failed')).toBe('failed');
  expect(await counts('failed')).toMatchObject({ skipped: 3 });
  expect(await stateOf('scheduled')).toBe('sent');
  expect(await stage.invariant({ ...of('scheduled'), runId })).toMatchObject({ sent: 5 });
});
