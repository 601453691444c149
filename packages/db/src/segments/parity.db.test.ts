import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect, type Database } from '../database.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { runParity } from './run-parity.ts';

let own: TestDatabase;
let database: Database;

beforeAll(async () => {
  own = await testDatabase();
  database = await connect(own.uri, { dbName: own.name });
  await database.prepare();
});

afterAll(async () => {
  await database.close();
  await own.close();
});

// SEED=n repeats a run; CI runs 2,000 rules.
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));
const rules = process.env.CI ? 2000 : 300;
// A loaded machine takes half a second a rule.
const timeout = 60_000 + rules * 1000;

it(`gives the people of the evaluator for ${rules} random rules (seed ${seed})`, { timeout }, async () => {
  const report = await runParity(database, { rules, seed });
  expect(report.differences).toEqual([]);
  expect(report.rules).toBeGreaterThanOrEqual(rules);
});
