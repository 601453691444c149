import { type Cutoff, compileRankValue, cutoffOf, type RankQuestion, rankPlace } from '@mini-crm/domain';
import type { Document } from 'mongodb';
import type { AudienceCollections } from './audience-collections.ts';
import { readFacts } from './customer-facts.ts';
import type { FactsNeeded } from './facts-needed.ts';
import { idBatches } from './id-batches.ts';
import { planMeasure } from './mongo-measure.ts';
import { allOf, type Exactness } from './mongo-query.ts';
import { filterQuery, type Scope, unitStages } from './mongo-units.ts';

/** Who has a rank, as stages over customers. */
export interface RankedPlan {
  /** Whether these are those who have a rank, with their value `v` (or `v / n`); else a superset without values. */
  readonly exact: boolean;
  readonly stages: readonly Document[];
}

/** Plans who has a rank: people, one document each, with at least one unit that counts. */
export function planRanked({ basis }: RankQuestion, orgId: string): RankedPlan {
  const scope: Scope = { orgId, after: null };
  const units: Exactness = { exact: true };
  const where = filterQuery(basis.where, 'over', units);
  const measure = units.exact ? planMeasure(basis.measure) : null;
  const told = measure
    ? [...unitStages(basis, scope, allOf([where, measure.countable])), ...measure.stages]
    : [...unitStages(basis, scope, where), { $group: { _id: '$customerId' } }];
  // Events of people who are no customers any more have no rank.
  const isCustomer = { $max: '$isCustomer' };
  const values = measure ? { v: { $max: '$v' }, n: { $max: '$n' } } : {};
  return {
    exact: measure !== null,
    stages: [
      { $project: { isCustomer: { $literal: true } } },
      { $unionWith: { coll: 'events', pipeline: [...told, { $set: { isRanked: true } }] } },
      { $group: { _id: '$_id', isCustomer, isRanked: { $max: '$isRanked' }, ...values } },
      { $match: { isCustomer: true, isRanked: true } },
    ],
  };
}

/** The stages that give the value at a place, from 1, or the last one's where there are fewer: `{ v, n }`. */
export function placeStages({ basis, direction }: RankQuestion, place: number): Document[] {
  const order = direction === 'top' ? -1 : 1;
  const last = { $group: { _id: null, v: { $last: '$v' }, n: { $last: '$n' } } };
  if (basis.measure.aggregate !== 'avg') return [{ $sort: { v: order } }, { $limit: place }, last];
  // A decimal has 34 digits: two averages that differ differ in it, and equal ones are equal.
  const average = { $divide: [{ $toDecimal: { $toLong: '$v' } }, '$n'] };
  return [{ $set: { average } }, { $sort: { average: order } }, { $limit: place }, last];
}

/** The value of the last one whom a rank takes in, read from MongoDB; null where nobody has one. */
export async function mongoCutoff(
  collections: AudienceCollections,
  question: RankQuestion,
  aggregate: (stages: readonly Document[]) => Documents,
): Promise<Cutoff | null> {
  const plan = planRanked(question, collections.customers.orgId);
  if (!plan.exact) return cutoffOf(question, await valuesOf(collections, question, aggregate(plan.stages)));
  let place = question.amount;
  if (question.of === 'percent') {
    const [ranked] = await aggregate([...plan.stages, { $count: 'people' }]).toArray();
    place = rankPlace(question, ranked?.people ?? 0);
  }
  if (place === 0) return null;
  const [last] = await aggregate([...plan.stages, ...placeStages(question, place)]).toArray();
  return last ? { n: last.v, d: last.n ?? 1 } : null;
}

type Documents = AsyncIterable<Document> & { toArray(): Promise<Document[]> };

/** The values of those who have a rank, by the evaluator's word: of all people they are no more than two numbers each. */
async function valuesOf(
  collections: AudienceCollections,
  question: RankQuestion,
  candidates: Documents,
): Promise<Cutoff[]> {
  const needed: FactsNeeded = { eventTypes: question.basis.eventTypes, deliveries: false, lists: false };
  const rankedBy = compileRankValue(question);
  const values: Cutoff[] = [];
  for await (const ids of idBatches(candidates)) {
    for (const facts of await readFacts(collections, ids, needed)) {
      const value = rankedBy(facts);
      if (value) values.push(value);
    }
  }
  return values;
}
