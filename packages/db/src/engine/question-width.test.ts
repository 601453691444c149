import { fieldCatalogue, type RuleNode, resolveRule } from '@mini-crm/domain';
import { orders, ruleOf, where } from '@mini-crm/domain/testing';
import { expect, test } from 'vitest';
import { isTooWide, mostJoinedLeaves } from './question-width.ts';

const question = (children: RuleNode[]) => {
  const context = { now: 0, zone: 'UTC', fields: fieldCatalogue({ attributes: [] }) };
  const resolved = resolveRule(ruleOf({ type: 'not', child: { type: 'all', children } }), context);
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.error));
  return { kind: 'count' as const, rule: resolved.value };
};
const behaviours = (count: number) =>
  Array.from({ length: count }, (_, i) => orders({ operator: 'gte', value: i + 1 }));

test('a rule of many behaviours is not for the columns, however many conditions on the customer itself it has', () => {
  const plain = where('email', { operator: 'isSet' });
  expect(isTooWide(question([...behaviours(mostJoinedLeaves), plain, plain]))).toBe(false);
  expect(isTooWide(question(behaviours(mostJoinedLeaves + 1)))).toBe(true);
});
