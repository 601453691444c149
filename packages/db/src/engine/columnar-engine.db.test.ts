import { awkwardCustomers } from '@mini-crm/domain/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ColumnarEngine } from './columnar-engine.ts';
import { type EngineTrial, engineTrial } from './testing/engine-trial.ts';

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
