import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CustomerId, compileRule, type ResolvedRule, rankCutoff } from '@mini-crm/domain';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect, type Database } from '../database.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { expectedOf } from './parity-difference.ts';
import type { ParityCorpus, ParityReader } from './parity-readers.ts';
import { runParity } from './run-parity.ts';

let own: TestDatabase;
let database: Database;
let folder: string;
beforeAll(async () => {
  own = await testDatabase();
  database = await connect(own.uri, { dbName: own.name });
  await database.prepare();
  folder = await mkdtemp(join(tmpdir(), 'mini-crm-parity-'));
});
afterAll(async () => {
  await database.close();
  await own.close();
  await rm(folder, { recursive: true, force: true });
});

/** A reader that is the evaluator, but for what it forgets. */
function forgetting(name: string, forgets: (rule: ResolvedRule) => boolean): ParityReader {
  const readerOf = ({ facts, suppressed }: ParityCorpus) => {
    const answer = (rule: ResolvedRule) => expectedOf(rule, [], forgets(rule) ? facts.slice(1) : facts, suppressed);
    const members = (rule: ResolvedRule) => answer(rule).members as CustomerId[];
    return {
      count: async (rule: ResolvedRule) => members(rule).length,
      preview: async (rule: ResolvedRule, sampleSize: number) => ({
        size: members(rule).length,
        sample: members(rule).slice(0, sampleSize),
        reach: answer(rule).reach,
      }),
      async *ids(rule: ResolvedRule, after: CustomerId | null = null) {
        const found = members(rule).filter((id) => after === null || id > after);
        if (found.length > 0) yield found;
      },
      cutoff: async (question: Parameters<typeof rankCutoff>[0]) => rankCutoff(question, facts),
      includes: async (rule: ResolvedRule, id: CustomerId) =>
        facts.filter(compileRule(rule)).some((one) => one.id === id),
    };
  };
  return { name, open: async (corpus) => ({ reader: readerOf(corpus), close: async () => undefined }) };
}

const asksNot = (rule: ResolvedRule) => JSON.stringify(rule.root).includes('"type":"not"');
const careless = forgetting('careless', asksNot);
const careful = forgetting('careful', () => false);
async function run(readers: readonly ParityReader[], rules = 60, seed = 7) {
  await own.clear();
  return runParity(database, { rules, seed, customers: 40, readers, folder });
}

it('finds what a reader forgets, shrinks it, files it under a name of its content and replays it first, for all readers', async () => {
  const found = await run([careful, careless]);
  expect(found.differences.length).toBeGreaterThan(0);
  for (const { says } of found.differences) expect(says).toMatch(/^careless /);
  // What is left of a rule is what makes the difference.
  const sizes = found.differences.map(({ rule }) => JSON.stringify(rule.root).length);
  expect(Math.min(...sizes)).toBeLessThan(200);
  const files = (await readdir(folder)).sort();
  const filed = await Promise.all(files.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8'))));
  // With whom it failed: others may not tell.
  const corpus = { seed: 7, customers: 40 };
  for (const { rule, clock } of found.differences) expect(filed).toContainEqual({ rule, clock, corpus });

  // Another day has other customers.
  const again = await run([careless], 1, 8);
  expect(again.rules).toBe(files.length + 1);
  expect(again.differences.length).toBeGreaterThanOrEqual(files.length);
  expect((await readdir(folder)).sort().slice(0, files.length)).toEqual(files);

  const mended = await run([careful]);
  expect(mended).toEqual({ rules: files.length + 60, differences: [] });
});
