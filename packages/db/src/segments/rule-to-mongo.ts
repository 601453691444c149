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
export function ruleToMongo(rule: ResolvedRule, { orgId, after = null }: PlanOptions): AudiencePlan {
  const plan: Plan = { exact: true, orgId, after, behaviours: [], paths: new Set() };
  const query = nodeQuery(rule.root, 'over', plan);
  const start = after === null ? [] : [{ $match: { _id: { $gt: after } } }];
  if (plan.behaviours.length === 0) {
    return { pipeline: [...start, matchStage(query), { $project: { _id: 1 } }], exact: plan.exact };
  }
  const narrowing = narrowingQuery(rule.root, 'over');
  return {
    pipeline: [
      ...start,
      ...(narrowing === true ? [] : [matchStage(narrowing)]),
      { $project: { ...Object.fromEntries([...plan.paths].map((path) => [path, 1])), isCustomer: { $literal: true } } },
      ...plan.behaviours.map(({ pipeline }, i) => ({
        $unionWith: { coll: 'events', pipeline: [...pipeline, { $set: { [behaviourFlag(i)]: true } }] },
      })),
      { $group: { _id: '$_id', facts: { $mergeObjects: '$$ROOT' } } },
      { $replaceRoot: { newRoot: '$facts' } },
      matchStage(allOf([{ isCustomer: true }, query])),
      { $project: { _id: 1 } },
    ],
    exact: plan.exact,
  };
}

const behaviourFlag = (index: number) => `differs${index}`;

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
      const field = customerMongoField(node.field);
      plan.paths.add(field.path);
      if (field.folded !== null) plan.paths.add(field.folded);
      return conditionQuery(field, node, side, plan);
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

/** What the conditions on the customer alone leave over, before anything is joined: never too narrow. */
function narrowingQuery(node: ResolvedNode, side: Side): Query {
  switch (node.type) {
    case 'all':
      return allOf(node.children.map((child) => narrowingQuery(child, side)));
    case 'any':
      return anyOf(node.children.map((child) => narrowingQuery(child, side)));
    case 'not':
      return negated(narrowingQuery(node.child, otherSide(side)));
    case 'behaviour':
      return side === 'over';
    case 'everyone':
      return true;
    case 'attribute':
      return conditionQuery(customerMongoField(node.field), node, side, { exact: true });
    default:
      return node satisfies never;
  }
}
