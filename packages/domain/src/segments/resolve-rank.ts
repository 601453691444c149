import { distinctField, measuredField, resolveUnits, scaleOf } from './resolve-behaviour.ts';
import type { Bindings } from './resolve-condition.ts';
import { RuleRefusal } from './resolve-test.ts';
import type { RankMeasure, RankQuestion } from './resolved-rule.ts';
import type { RankNode } from './rule.ts';
import type { RulePath } from './rule-fault.ts';

/** What has to be answered before a rank can be bound. The same question has the same key. */
export function resolveRankQuestion(node: RankNode, path: RulePath, bindings: Bindings): RankQuestion {
  const { direction, amount, of } = node;
  const isSound = of === 'people' ? Number.isInteger(amount) : amount <= 100 && Number(amount.toFixed(2)) === amount;
  if (!isSound) throw new RuleRefusal([...path, 'amount'], 'rank_wrong');
  const basis = { ...resolveUnits(node, path, bindings), measure: resolveRankMeasure(node, path, bindings) };
  // Built here alone, so its properties always stand in the same order.
  return { key: JSON.stringify({ basis, direction, amount, of }), basis, direction, amount, of };
}

function resolveRankMeasure(node: RankNode, path: RulePath, bindings: Bindings): RankMeasure {
  const { measure } = node;
  if (measure.aggregate === 'count') return { aggregate: 'count' };
  const field = measuredField(node.unit, measure.field, path, bindings);
  const { aggregate, currency = null } = measure;
  const isDistinct = aggregate === 'distinct';
  const resolved = isDistinct ? distinctField(field, path) : { path: field.path, type: field.type };
  const scale = isDistinct ? 1 : scaleOf(field, path);
  // Amounts of several currencies have no order; other values have no currency.
  const wantsCurrency = !isDistinct && field.type === 'money';
  if (wantsCurrency !== (currency !== null)) {
    throw new RuleRefusal([...path, 'measure', 'currency'], 'measure_wrong');
  }
  return isDistinct ? { aggregate, field: resolved } : { aggregate, field: resolved, scale, currency };
}
