import type { ResolvedNode, ResolvedRule } from '@mini-crm/domain';
import type { Document } from 'mongodb';
import { type BehaviourPlan, planBehaviour } from './mongo-behaviour.ts';
import { customerMongoField } from './mongo-fields.ts';
import { allOf, anyOf, type Exactness, matchStage, negated, otherSide, type Query, type Side } from './mongo-query.ts';
import { conditionQuery } from './mongo-test.ts';

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
}

interface Plan extends Exactness {
  readonly orgId: string;
  readonly after: string | null;
  readonly behaviours: BehaviourPlan[];
  /** Customer fields that conditions read after the join. */
  readonly paths: Set<string>;
}

/**
 * A rule as one aggregation. Conditions on the customer are a plain $match. Each behaviour is a pipeline of its own over events
 * (its index covers type, time, customer and total) that gives only the people for whom it differs from having done nothing;
 * $unionWith brings them beside the customers, one $group by id joins, and the rule is a $match on the result. So no list of ids
 * passes through the client. (Measured on 23,570 customers and 69,659 orders: 4 to 10 times faster than a $lookup a customer.)
 */
export function ruleToMongo({ root }: ResolvedRule, { orgId, after = null }: PlanOptions): AudiencePlan {
  const plan: Plan = { exact: true, orgId, after, behaviours: [], paths: new Set() };
  const parts = root.type === 'all' ? root.children : [root];
  const plain = parts.filter((part) => !asksBehaviour(part));
  const joined = parts.filter(asksBehaviour);
  const query = allOf(joined.map((part) => nodeQuery(part, 'over', plan)));
  const people = allOf([
    after === null ? true : { _id: { $gt: after } },
    ...plain.map((part) => plainQuery(part, 'over', plan)),
    ...joined.map((part) => plainQuery(part, 'over', { exact: true })),
  ]);
  const pipeline = [
    ...(people === true ? [] : [matchStage(people)]),
    ...(plan.behaviours.length === 0 ? [{ $project: { _id: 1 } }] : joinStages(plan, query)),
  ];
  return { pipeline, exact: plan.exact };
}

const joinedFacts = 'facts';
const behaviourFlag = (index: number) => `differs${index}`;

function joinStages({ behaviours, paths }: Plan, query: Query): Document[] {
  const facts = [...paths].map((path) => [`${joinedFacts}.${path}`, `$${path}`] as const);
  const flags = ['isCustomer', ...behaviours.map((_, i) => behaviourFlag(i))];
  return [
    { $project: { isCustomer: { $literal: true }, ...Object.fromEntries(facts) } },
    ...behaviours.map(({ pipeline }, i) => ({
      $unionWith: { coll: 'events', pipeline: [...pipeline, { $project: { [behaviourFlag(i)]: { $literal: true } } }] },
    })),
    {
      $group: {
        _id: '$_id',
        ...Object.fromEntries(flags.map((flag) => [flag, { $max: `$${flag}` }])),
        ...(facts.length > 0 ? { [joinedFacts]: { $mergeObjects: `$${joinedFacts}` } } : {}),
      },
    },
    matchStage(allOf([{ isCustomer: true }, query])),
    { $project: { _id: 1 } },
  ];
}

function asksBehaviour(node: ResolvedNode): boolean {
  switch (node.type) {
    case 'all':
    case 'any':
      return node.children.some(asksBehaviour);
    case 'not':
      return asksBehaviour(node.child);
    case 'behaviour':
      return true;
    case 'everyone':
    case 'attribute':
      return false;
    default:
      return node satisfies never;
  }
}

/** A node over joined documents: the customer's fields under `facts`, and a flag for each behaviour. */
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
    case 'behaviour': {
      const behaviour = planBehaviour(node, plan, side, plan);
      if (typeof behaviour === 'boolean') return behaviour;
      plan.behaviours.push(behaviour);
      const flag = behaviourFlag(plan.behaviours.length - 1);
      return { [flag]: behaviour.idle ? { $ne: true } : true };
    }
    default:
      return node satisfies never;
  }
}

/** A node over customers before anything is joined; behaviours may be either, so it is never too narrow. */
function plainQuery(node: ResolvedNode, side: Side, exactness: Exactness): Query {
  switch (node.type) {
    case 'all':
      return allOf(node.children.map((child) => plainQuery(child, side, exactness)));
    case 'any':
      return anyOf(node.children.map((child) => plainQuery(child, side, exactness)));
    case 'not':
      return negated(plainQuery(node.child, otherSide(side), exactness));
    case 'behaviour':
      return side === 'over';
    case 'everyone':
      return true;
    case 'attribute':
      return conditionQuery(customerMongoField(node.field), node, side, exactness);
    default:
      return node satisfies never;
  }
}
