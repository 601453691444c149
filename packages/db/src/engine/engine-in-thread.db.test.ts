import { awkwardCustomers } from '@mini-crm/domain/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Change } from '../live/change-feed.ts';
import { engineInThread } from './engine-in-thread.ts';
import { QuestionTooLong } from './question-errors.ts';
import { type EngineTrial, engineTrial } from './testing/engine-trial.ts';

const everyone = { kind: 'count', rule: { now: 0, zone: 'UTC', root: { type: 'everyone' } } } as const;
let trial: EngineTrial;
beforeAll(async () => {
  trial = await engineTrial();
});
afterAll(() => trial.close());

test('a thread loads, answers, tells browsers what changed, and ends when it is told to', async () => {
  const orgId = await trial.organization(awkwardCustomers(20, 1));
  const [address = '', query = ''] = trial.own.uri.split('?');
  const uri = `${address.replace(/\/$/, '')}/${trial.own.name}?${query}`;
  const log = { info: () => undefined, warn: () => undefined };
  const settings = { folder: trial.folder, address: 'http://127.0.0.1:1', freshMs: 60_000 };
  const thread = engineInThread({ uri, settings, log });
  const heard: Change[] = [];
  const leave = thread.feed.listen(orgId, (changes) => heard.push(...changes));
  const status = () => {
    thread.warm(orgId);
    return thread.state(orgId).status;
  };
  await expect.poll(status, { timeout: 40_000 }).toBe('ready');
  expect(await thread.ask(orgId, everyone, { timeLimitMs: 60_000 })).toMatchObject({
    value: 20,
    asOf: expect.any(Date),
  });
  await expect(thread.ask(orgId, everyone, { timeLimitMs: 0 })).rejects.toBeInstanceOf(QuestionTooLong);
  await trial.database.driver.collection<{ _id: string }>('customers').deleteOne({ orgId });
  expect((await thread.ask(orgId, everyone, { timeLimitMs: 60_000 })).value).toBe(19);
  await expect.poll(() => heard, { timeout: 40_000 }).toContainEqual({ topic: 'customers' });
  leave();
  await thread.close();
  expect(thread.role().kind).toBe('nobody');
}, 120_000);
