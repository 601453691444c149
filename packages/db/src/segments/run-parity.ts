import { type OrganizationId, type RuleContext, rankCutoff, rankQuestions, resolveRule } from '@mini-crm/domain';
import {
  arbitraryClock,
  arbitraryRule,
  awkwardContext,
  awkwardCustomers,
  awkwardFields,
} from '@mini-crm/domain/testing';
import fc from 'fast-check';
import type { Database } from '../database.ts';
import { newId } from '../ids/new-id.ts';
import type { AudienceReader } from './audience.ts';
import { awkwardSuppressions, storeFacts } from './parity-corpus.ts';
import { expectedOf, readerDifference } from './parity-difference.ts';
import { type CorpusSeed, failuresFolder, fileFailure, type ParityCase, readFailures } from './parity-failures.ts';
import { type ParityCorpus, type ParityReader, parityReaders } from './parity-readers.ts';

export interface ParityReport {
  readonly rules: number;
  /** The failing cases, shrunk. */
  readonly differences: readonly Failure[];
}

export interface ParityOptions {
  readonly rules: number;
  readonly seed: number;
  readonly customers?: number;
  readonly readers?: readonly ParityReader[];
  /** Where failures are filed; null files none. */
  readonly folder?: string | null;
  readonly onProgress?: (done: number) => void;
}

const atMostFailures = 20;

/**
 * Holds the readers against the evaluator: the filed failures first, each over the customers over whom it failed, then random
 * rules over awkward customers, all from one seed. For each rule every reader must give the same people, as many, as many within
 * reach, and the same cut-offs of its ranks.
 */
export async function runParity(database: Database, options: ParityOptions): Promise<ParityReport> {
  const { rules, seed, customers = 500, readers = parityReaders, folder = failuresFolder, onProgress } = options;
  const own: CorpusSeed = { seed, customers };
  const differences: Failure[] = [];
  const filed = folder === null ? [] : await readFailures(folder);
  const keyOf = ({ corpus = own }: ParityCase) => JSON.stringify(corpus);
  for (const [key, corpus] of new Map(filed.map((one) => [keyOf(one), one.corpus ?? own]))) {
    await overCorpus(database, corpus, readers, async (check) => {
      for (const one of filed.filter((other) => keyOf(other) === key)) {
        const says = await check(one);
        if (says) differences.push({ ...one, says });
      }
    });
  }

  let done = 0;
  await overCorpus(database, own, readers, async (check) => {
    for (let round = 0; done < rules && differences.length < atMostFailures; round++) {
      const before = done;
      const found = await nextFailure(check, rules - done, seed + round, (tried) => onProgress?.(before + tried));
      done += found.tried;
      if (!found.failure) continue;
      const failure = { ...found.failure, corpus: own };
      differences.push(failure);
      if (folder !== null) await fileFailure(folder, failure);
    }
  });
  return { rules: filed.length + done, differences };
}

/** Stores the customers of a seed and opens all readers over them, for as long as `use` takes. */
async function overCorpus(
  database: Database,
  { seed, customers }: CorpusSeed,
  readers: readonly ParityReader[],
  use: (check: Check) => Promise<void>,
): Promise<void> {
  const { corpus, remove } = await storeCorpus(database, customers, seed);
  const opened: (Asked & { close(): Promise<void> })[] = [];
  try {
    for (const { name, every = 1, open } of readers) opened.push({ name, every, ...(await open(corpus)) });
    await use((one, turn = 0) =>
      difference(
        one,
        corpus,
        opened.filter(({ every }) => turn % every === 0),
      ),
    );
  } finally {
    for (const reader of opened) await reader.close();
    await remove();
  }
}

async function storeCorpus(database: Database, count: number, seed: number) {
  const facts = awkwardCustomers(count, seed);
  const suppressed = awkwardSuppressions(facts);
  const orgId = newId('organization') as OrganizationId;
  const collections = await storeFacts(database, orgId, facts, suppressed);
  // A neighbour with the same people under other ids: nothing of theirs may show.
  const neighbour = facts.slice(0, 50).map((fact) => ({ ...fact, id: fact.id.replace('cus_', 'cus_n') }));
  const theirs = await storeFacts(database, newId('organization') as OrganizationId, neighbour);
  const corpus: ParityCorpus = { database, orgId, facts, suppressed, collections };
  const stored = [collections, theirs].flatMap((one) => Object.values(one) as { deleteMany(where: object): unknown }[]);
  /** The next customers have the same ids. */
  const remove = async () => {
    for (const collection of stored) await collection.deleteMany({});
  };
  return { corpus, remove };
}

interface Asked {
  readonly name: string;
  readonly every: number;
  readonly reader: AudienceReader;
}

/** How readers differ over a case: those whose turn it is, by default all. */
type Check = (one: ParityCase, turn?: number) => Promise<string | null>;

type Failure = ParityCase & { readonly says: string };

/** Tries random rules until one fails, which is shrunk, or until there were enough. */
async function nextFailure(
  check: Check,
  rules: number,
  seed: number,
  onTried: (tried: number) => void,
): Promise<{ readonly tried: number; readonly failure: Failure | null }> {
  const arbitrary = fc.record({ rule: arbitraryRule(awkwardFields), clock: arbitraryClock });
  let tried = 0;
  let isShrinking = false;
  const property = fc.asyncProperty(arbitrary, async (one) => {
    const says = await check(one, isShrinking ? 0 : tried);
    isShrinking ||= says !== null;
    if (!isShrinking) onTried(++tried);
    if (says) throw new Error(says);
  });
  const run = await fc.check(property, { numRuns: rules, seed });
  if (!run.failed) return { tried: rules, failure: null };
  const [shrunk] = run.counterexample ?? [];
  if (!shrunk) throw run.errorInstance;
  return { tried: run.numRuns, failure: { ...shrunk, says: (await check(shrunk)) ?? String(run.errorInstance) } };
}

/** How the readers differ from the evaluator over one rule, or null where they agree. */
async function difference(
  { rule, clock }: ParityCase,
  { facts, suppressed }: ParityCorpus,
  readers: readonly Asked[],
): Promise<string | null> {
  const context: RuleContext = { ...clock, ...awkwardContext };
  const questions = rankQuestions(rule, context);
  if (!questions.ok) return `refused: ${JSON.stringify(questions.error)}`;
  const cutoffs = questions.value.map((question) => [question, rankCutoff(question, facts)] as const);
  const bound = new Map(cutoffs.map(([{ key }, cutoff]) => [key, cutoff]));
  const resolved = resolveRule(rule, { ...context, cutoffs: bound });
  if (!resolved.ok) return `refused: ${JSON.stringify(resolved.error)}`;
  const expected = expectedOf(resolved.value, cutoffs, facts, suppressed);
  const said = await Promise.all(
    readers.map(async ({ name, reader }) => {
      const says = await readerDifference(reader, expected).catch((error: unknown) => `fails: ${String(error)}`);
      return says && `${name} ${says}`;
    }),
  );
  return said.find((one) => one !== null) ?? null;
}
