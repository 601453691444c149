import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awkwardCustomers } from '../testing/arbitrary-facts.ts';
import { arbitraryClock, arbitraryRule } from '../testing/arbitrary-rule.ts';
import { awkwardFields } from '../testing/awkward-catalogue.ts';
import { resolveAmong } from '../testing/resolve-among.ts';
import { describeRule } from './describe-rule.ts';
import { compileRule } from './evaluate-rule.ts';
import type { Rule, RuleNode } from './rule.ts';

const customers = awkwardCustomers(80, 7);
const rules = arbitraryRule(awkwardFields);
type Clock = { now: number; zone: string };

function members(root: RuleNode, clock: Clock, zone?: string): string[] {
  const rule: Rule = { version: 1, root, ...(zone === undefined ? {} : { zone }) };
  return customers.filter(compileRule(resolveAmong(customers, rule, clock))).map(({ id }) => id);
}

const all = customers.map(({ id }) => id);
const without = (ids: string[]) => all.filter((id) => !ids.includes(id));

describe('any rule', { timeout: 60_000 }, () => {
  it('and its negation share the customers between them', () => {
    fc.assert(
      fc.property(rules, arbitraryClock, ({ root }, clock) => {
        expect(members({ type: 'not', child: root }, clock)).toEqual(without(members(root, clock)));
      }),
    );
  });

  it('obeys De Morgan', () => {
    fc.assert(
      fc.property(rules, rules, arbitraryClock, (a, b, clock) => {
        const neither: RuleNode = { type: 'not', child: { type: 'any', children: [a.root, b.root] } };
        const both: RuleNode = {
          type: 'all',
          children: [
            { type: 'not', child: a.root },
            { type: 'not', child: b.root },
          ],
        };
        expect(members(neither, clock)).toEqual(members(both, clock));
      }),
    );
  });

  it('is one sentence', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        const sentence = describeRule(rule, awkwardFields);
        expect(sentence).toMatch(/^(Customers|All customers).*\.$/s);
        expect(sentence).not.toMatch(/undefined|\[object|NaN/);
      }),
    );
  });
});
