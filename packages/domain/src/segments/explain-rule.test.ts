import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awkwardCustomers } from '../testing/arbitrary-facts.ts';
import { arbitraryClock, arbitraryRule } from '../testing/arbitrary-rule.ts';
import { awkwardFields } from '../testing/awkward-catalogue.ts';
import { contextAmong } from '../testing/resolve-among.ts';
import type { CustomerFacts } from './customer-facts.ts';
import { evaluateRule } from './evaluate-rule.ts';
import { explainRule } from './explain-rule.ts';
import type { ExplainedNode } from './explanation.ts';
import { type RuleContext, resolveRule } from './resolve-rule.ts';
import type { Rule, RuleNode } from './rule.ts';
import type { RulePath } from './rule-fault.ts';

const customers = awkwardCustomers(60, 11);

function explained(rule: Rule, facts: CustomerFacts, context: RuleContext): ExplainedNode {
  const answer = explainRule(rule, facts, context);
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value.root;
}

function evaluated(rule: Rule, facts: CustomerFacts, context: RuleContext): boolean {
  const resolved = resolveRule(rule, context);
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.error));
  return evaluateRule(resolved.value, facts);
}

const nodeAt = (rule: Rule, path: RulePath): RuleNode =>
  path.reduce((value, key) => (value as Record<string | number, unknown>)[key], rule as unknown) as RuleNode;

describe('an explanation', () => {
  it('agrees with the evaluator at every node', () => {
    fc.assert(
      fc.property(arbitraryRule(awkwardFields), fc.constantFrom(...customers), arbitraryClock, (rule, facts, clock) => {
        const context = contextAmong(customers, rule, clock);
        const agree = (node: ExplainedNode): void => {
          const part = nodeAt(rule, node.path);
          expect(node.type).toBe(part.type);
          expect([node.path, node.holds]).toEqual([node.path, evaluated({ ...rule, root: part }, facts, context)]);
          // What stands below the name of a segment is that segment's own rule.
          if (node.type === 'inSegment') for (const child of node.children) expect(child.holds).toBe(node.holds);
          else node.children.forEach(agree);
        };
        agree(explained(rule, facts, context));
      }),
      { numRuns: 500 },
    );
  });
});
