import fc from 'fast-check';
import { expect, it } from 'vitest';
import { awkwardCustomers } from '../testing/arbitrary-facts.ts';
import { arbitraryClock, arbitraryRule } from '../testing/arbitrary-rule.ts';
import { awkwardFields } from '../testing/awkward-catalogue.ts';
import { orders, ruleOf, where } from '../testing/build.ts';
import { resolveAmong } from '../testing/resolve-among.ts';
import { compileRule } from './evaluate-rule.ts';
import { normaliseRule } from './normalise-rule.ts';
import type { Rule, RuleNode, UnitFilter } from './rule.ts';

const red = where('attributes.color', { operator: 'eq', value: 'red' });
const blue = where('attributes.color', { operator: 'eq', value: 'blue' });
const all = (...children: RuleNode[]): RuleNode => ({ type: 'all', children });
const any = (...children: RuleNode[]): RuleNode => ({ type: 'any', children });
const not = (child: RuleNode): RuleNode => ({ type: 'not', child });
const jazz: UnitFilter = {
  type: 'field',
  field: 'line.category',
  test: { operator: 'eq', value: 'Jazz' },
};
const jazzOrders = (filter: UnitFilter) => orders({ operator: 'gte', value: 1 }, { unit: 'line', where: filter });

const cases: [string, RuleNode, RuleNode][] = [
  ['a leaf as it is', red, red],
  ['a group of one as the one in it', all(any(red)), red],
  ['groups of one kind as one', all(red, all(blue, all(red, blue))), all(red, blue, red, blue)],
  ['a group that becomes one of its parent’s kind', any(red, all(any(blue, red))), any(red, blue, red)],
  ['groups of different kinds as they are', all(red, any(red, blue)), all(red, any(red, blue))],
  ['a double negation as none', not(not(not(all(not(red))))), red],
  ['a group under a double negation', all(blue, not(not(all(red, blue)))), all(blue, red, blue)],
  [
    'the conditions of an event',
    jazzOrders({ type: 'not', child: { type: 'any', children: [{ type: 'not', child: jazz }] } }),
    jazzOrders(jazz),
  ],
];

it.each(cases)('writes %s', (_, root, simple) => {
  expect(normaliseRule(ruleOf(root))).toEqual(ruleOf(simple));
  expect(normaliseRule(ruleOf(simple))).toEqual(ruleOf(simple));
});

it('changes nothing, and a second time not even a word', { timeout: 60_000 }, () => {
  const customers = awkwardCustomers(60, 5);
  fc.assert(
    fc.property(arbitraryRule(awkwardFields), arbitraryClock, (rule, clock) => {
      const members = (of: Rule) => customers.filter(compileRule(resolveAmong(customers, of, clock)));
      const simple = normaliseRule(rule);
      expect(members(simple)).toEqual(members(rule));
      expect(normaliseRule(simple)).toEqual(simple);
    }),
    { numRuns: 300 },
  );
});
