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
import { failuresFolder, fileFailure, type ParityCase, readFailures } from './parity-failures.ts';
import { type ParityCorpus, type ParityReader, parityReaders } from './parity-readers.ts';

export interface ParityReport {
  readonly rules: number;
  /** The failing cases, shrunk. */
  readonly differences: readonly (ParityCase & { readonly says: string })[];
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
 * Holds the readers against the evaluator: the filed failures first, then random rules over awkward customers, all from one
 * seed. For each rule every reader must give the same people, as many, as many within reach, and the same cut-offs of its ranks.
 */
export async function runParity(database: Database, options: ParityOptions): Promise<ParityReport> {
  const { rules, seed, readers = parityReaders, folder = failuresFolder, onProgress } = options;
  const corpus = await storeCorpus(database, options.customers ?? 500, seed);
  const opened: (Asked & { close(): Promise<void> })[] = [];
  try {
    for (const { name, every = 1, open } of readers) opened.push({ name, every, ...(await open(corpus)) });
    const check: Check = (one, turn = 0) =>
      difference(
        one,
        corpus,
        opened.filter(({ every }) => turn % every === 0),
      );

    const differences: (ParityCase & { says: string })[] = [];
    const filed = folder === null ? [] : await readFailures(folder);
    for (const one of filed) {
      const says = await check(one);
      if (says) differences.push({ ...one, says });
    }

    let done = 0;
    for (let round = 0; done < rules && differences.length < atMostFailures; round++) {
      const before = done;
      const found = await nextFailure(check, rules - done, seed + round, (tried) => onProgress?.(before + tried));
      done += found.tried;
      if (!found.failure) continue;
      differences.push(found.failure);
      if (folder !== null) await fileFailure(folder, found.failure);
    }
    return { rules: filed.length + done, differences };
  } finally {
    for (const reader of opened) await reader.close();
  }
}

async function storeCorpus(database: Database, count: number, seed: number): Promise<ParityCorpus> {
  const facts = awkwardCustomers(count, seed);
  const suppressed = awkwardSuppressions(facts);
  const orgId = newId('organization') as OrganizationId;
  const collections = await storeFacts(database, orgId, facts, suppressed);
  // A neighbour with the same people under other ids: nothing of theirs may show.
  const neighbour = facts.slice(0, 50).map((fact) => ({ ...fact, id: fact.id.replace('cus_', 'cus_n') }));
  await storeFacts(database, newId('organization') as OrganizationId, neighbour);
  return { database, orgId, facts, suppressed, collections };
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
