import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type CustomerFacts,
  type CustomerId,
  compileRule,
  type OrganizationId,
  type ResolvedRule,
  type Rule,
  resolveRule,
} from '@mini-crm/domain';
import { arbitraryClock, arbitraryRule, awkwardCustomers, awkwardFields } from '@mini-crm/domain/testing';
import fc from 'fast-check';
import type { Database } from '../database.ts';
import { newId } from '../ids/new-id.ts';
import { type AudienceReader, mongoAudience } from './audience.ts';
import { storeFacts } from './parity-corpus.ts';
import { ruleToMongo } from './rule-to-mongo.ts';

/** A rule and the clock that it is resolved with; what a failure is filed as. */
export interface ParityCase {
  readonly rule: Rule;
  readonly clock: { readonly now: number; readonly zone: string };
}

export interface ParityReport {
  readonly rules: number;
  /** The failing cases, shrunk. */
  readonly differences: readonly (ParityCase & { readonly says: string })[];
}

export interface ParityOptions {
  readonly rules: number;
  readonly seed: number;
  readonly customers?: number;
  /** Where failures are filed; null files none. */
  readonly folder?: string | null;
  readonly onProgress?: (done: number) => void;
}

/** The folder beside this file: the failures of all times, replayed first. It stands in the sources, not in `dist`. */
export const failuresFolder = join(
  fileURLToPath(new URL('.', import.meta.url)).replace(/([\\/])dist([\\/])/, '$1src$2'),
  'parity-failures',
);

const atMostFailures = 20;

/**
 * Holds the MongoDB reader against the evaluator: the filed failures first, then random rules over awkward customers, all from one
 * seed. For each rule both must give the same people, and MongoDB's narrowing must have every one of them.
 */
export async function runParity(database: Database, options: ParityOptions): Promise<ParityReport> {
  const { rules, seed, customers: count = 600, folder = failuresFolder, onProgress } = options;
  const facts = awkwardCustomers(count, seed);
  const orgId = newId('organization') as OrganizationId;
  const { customers, events } = await storeFacts(database, orgId, facts);
  // A neighbour with the same people under other ids: nothing of theirs may show.
  const neighbour = facts.slice(0, 50).map((fact) => ({ ...fact, id: fact.id.replace('cus_', 'cus_n') }));
  await storeFacts(database, newId('organization') as OrganizationId, neighbour);
  const audience = mongoAudience(customers, events);
  const check = (one: ParityCase) => difference(one, facts, audience, orgId);

  const differences: (ParityCase & { says: string })[] = [];
  const filed = folder === null ? [] : await readFailures(folder);
  for (const one of filed) {
    const says = await check(one);
    if (says) differences.push({ ...one, says });
  }

  let done = 0;
  const arbitrary = fc.record({ rule: arbitraryRule(awkwardFields), clock: arbitraryClock });
  for (let round = 0; done < rules && differences.length < atMostFailures; round++) {
    let tried = 0;
    const property = fc.asyncProperty(arbitrary, async (one) => {
      if (++tried % 100 === 0) onProgress?.(done + tried);
      const says = await check(one);
      if (says) throw new Error(says);
    });
    const run = await fc.check(property, { numRuns: rules - done, seed: seed + round });
    done += run.failed ? run.numRuns : rules - done;
    if (!run.failed) continue;
    const [failure] = run.counterexample ?? [];
    if (!failure) throw run.errorInstance;
    const says = (await check(failure)) ?? String(run.errorInstance);
    differences.push({ ...failure, says });
    if (folder !== null) await fileFailure(folder, failure);
  }
  return { rules: filed.length + done, differences };
}

/** How the readers differ over one rule, or null where they agree. */
async function difference(
  { rule, clock }: ParityCase,
  facts: readonly CustomerFacts[],
  audience: AudienceReader,
  orgId: OrganizationId,
): Promise<string | null> {
  const resolved = resolveRule(rule, { ...clock, fields: awkwardFields });
  if (!resolved.ok) return `refused: ${JSON.stringify(resolved.error)}`;
  const expected = facts.filter(compileRule(resolved.value)).map(({ id }) => id);
  const got = await idsOf(audience, resolved.value);
  if (!ruleToMongo(resolved.value, { orgId }).exact || expected.length === 0) return compare(expected, got);
  // An exact plan counts on the server, and goes on behind any of its members.
  const { size, sample } = await audience.preview(resolved.value, 3);
  const middle = expected[Math.floor(expected.length / 2)] as CustomerId;
  const rest = await idsOf(audience, resolved.value, middle);
  return (
    compare(expected, got) ??
    (size === expected.length ? null : `counts ${size} instead of ${expected.length}`) ??
    compare(expected.slice(0, 3), [...sample].sort()) ??
    compare(expected.slice(Math.floor(expected.length / 2) + 1), rest)
  );
}

async function idsOf(audience: AudienceReader, rule: ResolvedRule, after: CustomerId | null = null): Promise<string[]> {
  const ids: string[] = [];
  for await (const batch of audience.ids(rule, after)) ids.push(...batch);
  return ids;
}

function compare(expected: readonly string[], got: readonly string[]): string | null {
  const missing = expected.filter((id) => !got.includes(id));
  const extra = got.filter((id) => !expected.includes(id));
  if (missing.length > 0 || extra.length > 0) return `lacks ${missing.slice(0, 3)}; has too ${extra.slice(0, 3)}`;
  return expected.every((id, i) => got[i] === id) ? null : 'another order';
}

async function readFailures(folder: string): Promise<ParityCase[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.json')).sort();
  return Promise.all(files.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as ParityCase));
}

async function fileFailure(folder: string, failure: ParityCase): Promise<void> {
  await mkdir(folder, { recursive: true });
  const text = `${JSON.stringify(failure, null, 2)}\n`;
  let hash = 0;
  for (const character of text) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  await writeFile(join(folder, `${hash.toString(16).padStart(8, '0')}.json`), text);
}
