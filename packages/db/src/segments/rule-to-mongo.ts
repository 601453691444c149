import type { ResolvedInSegment, ResolvedNode, ResolvedRule } from '@mini-crm/domain';
import type { Document } from 'mongodb';
import { planBehaviour, planRank } from './mongo-behaviour.ts';
import { planEngagement } from './mongo-engagement.ts';
import { customerMongoField } from './mongo-fields.ts';
import {
  allOf,
  anyOf,
  type Exactness,
  type JoinPlan,
  matchStage,
  negated,
  otherSide,
  type Query,
  type Side,
} from './mongo-query.ts';
import { planSequence } from './mongo-sequence.ts';
import { conditionQuery } from './mongo-test.ts';
import { behind, type Scope } from './mongo-units.ts';

/** An aggregation over the customers of an organization that gives `{ _id }` of each member. */
export interface AudiencePlan {
  readonly pipeline: readonly Document[];
  /** Whether these are the members, or a superset that the evaluator has to finish. */
  readonly exact: boolean;
}

export interface PlanOptions {
  /** The organization: events are reached by a join that a bound collection can't bind. */
  readonly orgId: string;
  /** Only members whose id is greater: where a stream goes on. */
  readonly after?: string | null;
  /** What each member's document has beside the `_id`: true or false, by expressions over the customer. */
  readonly flags?: Readonly<Record<string, Document>>;
}

interface Plan extends Exactness, Scope {
  /** What other collections tell, each once, by its pipeline. */
  readonly joins: Map<string, JoinPlan & { readonly flag: string }>;
  /** Customer fields that conditions read after the join. */
  readonly paths: Set<string>;
}

/**
 * A rule as one aggregation. Conditions on the customer are a plain $match. Whatever events, messages or lists tell is a pipeline of
 * its own over that collection that gives only the people for whom it differs from having done nothing; $unionWith brings them
 * beside the customers, one $group by id joins, and the rule is a $match on the result. So no list of ids
 * passes through the client. (Measured on 23,570 customers and 69,659 orders: 4 to 10 times faster than a $lookup a customer.)
 */
export function ruleToMongo({ root }: ResolvedRule, { orgId, after = null, flags = {} }: PlanOptions): AudiencePlan {
  const plan: Plan = { exact: true, orgId, after, joins: new Map(), paths: new Set() };
  const parts = root.type === 'all' ? root.children : [root];
  const plain = parts.filter((part) => !asksOthers(part));
  const joined = parts.filter(asksOthers);
  const query = allOf(joined.map((part) => nodeQuery(part, 'over', plan)));
  const people = allOf([
    after === null ? true : { _id: { $gt: after } },
    ...plain.map((part) => plainQuery(part, 'over', plan)),
    ...joined.map((part) => plainQuery(part, 'over', { exact: true })),
    ...(query === false ? [false] : []),
  ]);
  const pipeline = [
    ...(people === true ? [] : [matchStage(people)]),
    ...(plan.joins.size === 0 ? [{ $project: { _id: 1, ...flags } }] : joinStages(plan, query, flags)),
  ];
  return { pipeline, exact: plan.exact };
}

const joinedFacts = 'facts';

function joinStages({ joins, paths }: Plan, query: Query, flags: Readonly<Record<string, Document>>): Document[] {
  const facts = [...paths].map((path) => [`${joinedFacts}.${path}`, `$${path}`] as const);
  const plans = [...joins.values()];
  const carried = ['isCustomer', ...Object.keys(flags), ...plans.map(({ flag }) => flag)];
  return [
    { $project: { isCustomer: { $literal: true }, ...flags, ...Object.fromEntries(facts) } },
    ...plans.map(({ from, pipeline, flag }) => ({
      $unionWith: { coll: from, pipeline: [...pipeline, { $project: { [flag]: { $literal: true } } }] },
    })),
    {
      $group: {
        _id: '$_id',
        ...Object.fromEntries(carried.map((flag) => [flag, { $max: `$${flag}` }])),
        ...(facts.length > 0 ? { [joinedFacts]: { $mergeObjects: `$${joinedFacts}` } } : {}),
      },
    },
    matchStage(allOf([{ isCustomer: true }, query])),
    { $project: Object.fromEntries(['_id', ...Object.keys(flags)].map((field) => [field, 1])) },
  ];
}

/** Whether a node is told by more than what is written on the customer. */
function asksOthers(node: ResolvedNode): boolean {
  switch (node.type) {
    case 'all':
    case 'any':
      return node.children.some(asksOthers);
    case 'not':
      return asksOthers(node.child);
    case 'inSegment':
      return node.child === null || asksOthers(node.child);
    case 'rank':
      return node.cutoff !== null;
    case 'behaviour':
    case 'sequence':
    case 'engagement':
      return true;
    case 'everyone':
    case 'attribute':
      return false;
    default:
      return node satisfies never;
  }
}

/** A node over joined documents: the customer's fields under `facts`, and a flag for each join. */
function nodeQuery(node: ResolvedNode, side: Side, plan: Plan): Query {
  switch (node.type) {
    case 'everyone':
      return true;
    case 'all':
      return allOf(node.children.map((child) => nodeQuery(child, side, plan)));
    case 'any':
      return anyOf(node.children.map((child) => nodeQuery(child, side, plan)));
    case 'not':
      return negated(nodeQuery(node.child, otherSide(side), plan));
    case 'attribute': {
      const { path, folded } = customerMongoField(node.field);
      plan.paths.add(path);
      if (folded !== null) plan.paths.add(folded);
      const under = (stored: string) => `${joinedFacts}.${stored}`;
      return conditionQuery({ path: under(path), folded: folded === null ? null : under(folded) }, node, side, plan);
    }
    case 'behaviour':
      return joinQuery(planBehaviour(node, plan, side, plan), plan);
    case 'sequence':
      return joinQuery(planSequence(node, plan, side, plan), plan);
    case 'engagement':
      return joinQuery(planEngagement(node, plan), plan);
    case 'rank':
      return joinQuery(planRank(node, plan, side, plan), plan);
    case 'inSegment':
      return node.child === null ? joinQuery(planList(node, plan), plan) : nodeQuery(node.child, side, plan);
    default:
      return node satisfies never;
  }
}

/** Takes a join into the plan, the same one only once, and gives the condition on its flag. */
function joinQuery(join: JoinPlan | boolean, { joins }: Plan): Query {
  if (typeof join === 'boolean') return join;
  const key = JSON.stringify([join.from, join.pipeline]);
  const known = joins.get(key) ?? { ...join, flag: `differs${joins.size}` };
  joins.set(key, known);
  return { [known.flag]: join.idle ? { $ne: true } : true };
}

const planList = ({ segmentId }: ResolvedInSegment, scope: Scope): JoinPlan => ({
  from: 'segmentMembers',
  idle: false,
  pipeline: [{ $match: { orgId: scope.orgId, segmentId, ...behind(scope) } }, { $project: { _id: '$customerId' } }],
});

/** A node over customers before anything is joined; what others tell may be either, so it is never too narrow. */
function plainQuery(node: ResolvedNode, side: Side, exactness: Exactness): Query {
  switch (node.type) {
    case 'all':
      return allOf(node.children.map((child) => plainQuery(child, side, exactness)));
    case 'any':
      return anyOf(node.children.map((child) => plainQuery(child, side, exactness)));
    case 'not':
      return negated(plainQuery(node.child, otherSide(side), exactness));
    case 'inSegment':
      return node.child === null ? side === 'over' : plainQuery(node.child, side, exactness);
    case 'rank':
      return node.cutoff !== null && side === 'over';
    case 'behaviour':
    case 'sequence':
    case 'engagement':
      return side === 'over';
    case 'everyone':
      return true;
    case 'attribute':
      return conditionQuery(customerMongoField(node.field), node, side, exactness);
    default:
      return node satisfies never;
  }
}
