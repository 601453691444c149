import type { ResolvedBehaviour, ResolvedRank } from '@mini-crm/domain';
import { compileNumber } from '@mini-crm/domain';
import { cutoffQuery, measureQuery, numberTest, planMeasure } from './mongo-measure.ts';
import { allOf, type Exactness, type JoinPlan, matchStage, negated, type Side } from './mongo-query.ts';
import { filterQuery, type Scope, unitStages } from './mongo-units.ts';

/** Plans a behaviour leaf, or says what stands for it where MongoDB can't say anything better. */
export function planBehaviour(
  node: ResolvedBehaviour,
  scope: Scope,
  side: Side,
  exactness: Exactness,
): JoinPlan | boolean {
  const units: Exactness = { exact: true };
  const where = filterQuery(node.where, 'over', units);
  const idle = isIdleTrue(node);
  const measure = units.exact ? planMeasure(node.measure) : null;
  const holds = measure && measureQuery(node.measure, node.test, idle);
  if (measure === null || holds === null) {
    exactness.exact = false;
    // Of an inexact leaf it is known that somebody without any unit is as if idle; so of someone with units, nothing is.
    if (idle === (side === 'over')) return side === 'over';
    const enough = idle ? 1 : leastUnits(node);
    return {
      from: 'events',
      idle,
      pipeline: [
        ...unitStages(node, scope, where),
        { $group: { _id: '$customerId', ...(enough > 1 ? { units: { $sum: 1 } } : {}) } },
        ...(enough > 1 ? [matchStage({ units: { $gte: enough } })] : []),
      ],
    };
  }
  return {
    from: 'events',
    idle,
    pipeline: [
      ...unitStages(node, scope, allOf([where, measure.countable])),
      ...measure.stages,
      matchStage(idle ? negated(holds) : holds),
    ],
  };
}

/** How many units at least somebody has whom the leaf holds for, when it does not hold for nobody's. */
function leastUnits({ measure, test }: ResolvedBehaviour): number {
  if (measure.aggregate !== 'count' && measure.aggregate !== 'distinct') return 1;
  const { operator, values } = numberTest(test);
  const [value = 1] = values;
  if (operator === 'gt') return Math.max(1, Math.floor(value) + 1);
  return operator === 'gte' || operator === 'eq' || operator === 'between' ? Math.max(1, Math.ceil(value)) : 1;
}

/** Whether the leaf holds for somebody who did nothing: counts and sums are 0, all else has no value. */
function isIdleTrue({ measure, test, orMissing }: ResolvedBehaviour): boolean {
  switch (measure.aggregate) {
    case 'count':
    case 'distinct':
    case 'sum':
      return compileNumber(numberTest(test))(0, 1);
    case 'avg':
    case 'min':
    case 'max':
      return orMissing;
    case 'first':
    case 'last':
      return orMissing || test.kind === 'isEmpty';
    default:
      return measure satisfies never;
  }
}

/** Plans a rank whose cut-off is bound: a behaviour that nobody without a unit fulfils. */
export function planRank(node: ResolvedRank, scope: Scope, side: Side, exactness: Exactness): JoinPlan | boolean {
  if (node.cutoff === null) return false;
  const units: Exactness = { exact: true };
  const where = filterQuery(node.where, 'over', units);
  const measure = units.exact ? planMeasure(node.measure) : null;
  if (measure === null) {
    exactness.exact = false;
    if (side === 'under') return false;
    const pipeline = [...unitStages(node, scope, where), { $group: { _id: '$customerId' } }];
    return { from: 'events', idle: false, pipeline };
  }
  return {
    from: 'events',
    idle: false,
    pipeline: [
      ...unitStages(node, scope, allOf([where, measure.countable])),
      ...measure.stages,
      matchStage(cutoffQuery(node.measure, node.direction, node.cutoff)),
    ],
  };
}
