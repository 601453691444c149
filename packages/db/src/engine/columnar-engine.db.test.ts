import { awkwardCustomers } from '@mini-crm/domain/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ColumnarEngine } from './columnar-engine.ts';
import { type EngineTrial, engineTrial, peopleOf } from './testing/engine-trial.ts';
import { streamWrites } from './testing/stream-writes.ts';

const facts = awkwardCustomers(400, 3);
let trial: EngineTrial;
let engine: ColumnarEngine | null = null;
beforeAll(async () => {
  trial = await engineTrial();
});
afterEach(async () => {
  if (engine) await trial.stop(engine);
  engine = null;
});
afterAll(() => trial.close());

test('loads an organization and answers as MongoDB does', async () => {
  const orgId = await trial.organization(facts);
  engine = trial.start();
  await trial.ready(engine, orgId);
  expect(await trial.differences(engine, orgId)).toEqual([]);
});

test('follows every kind of write', async () => {
  const orgId = await trial.organization(facts.slice(0, 100));
  engine = trial.start();
  await trial.ready(engine, orgId);
  const writes = streamWrites(trial.database, orgId, peopleOf(orgId, facts.slice(100)), 5);
  for (let n = 0; n < 4; n++) {
    await writes.round(6);
    expect(await trial.differences(engine, orgId)).toEqual([]);
  }
});
