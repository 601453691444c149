import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awkwardCustomers } from '../testing/arbitrary-facts.ts';
import { arbitraryClock, arbitraryRule } from '../testing/arbitrary-rule.ts';
import { awkwardFields, awkwardSegments } from '../testing/awkward-catalogue.ts';
import { contextAmong, resolveAmong } from '../testing/resolve-among.ts';
import type { Clock } from '../time/resolve-window.ts';
import type { CustomerFacts } from './customer-facts.ts';
import { evaluateRule } from './evaluate-rule.ts';
import { compileCondition, compileNumber } from './evaluate-test.ts';
import { explainRule } from './explain-rule.ts';
import type { Evidence, ExplainedNode, Explanation } from './explanation.ts';
import type { ResolvedNode, ResolvedTest } from './resolved-rule.ts';
import type { Rule, RuleNode } from './rule.ts';
import type { RulePath } from './rule-fault.ts';

const customers = awkwardCustomers(60, 11);
const some = [arbitraryRule(awkwardFields), fc.constantFrom(...customers), arbitraryClock] as const;

function explained(rule: Rule, facts: CustomerFacts, clock: Clock): Explanation {
  const answer = explainRule(rule, facts, contextAmong(customers, rule, clock));
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value;
}

const nodeAt = (rule: Rule, path: RulePath): RuleNode =>
  path.reduce((value, key) => (value as Record<string | number, unknown>)[key], rule as unknown) as RuleNode;

/** Every node of an explanation with the rule that it stands in. */
function* nodesOf(node: ExplainedNode, rule: Rule): Generator<[ExplainedNode, Rule]> {
  yield [node, rule];
  const inner = node.evidence?.kind === 'segment' ? awkwardSegments.get(node.evidence.segmentId) : null;
  for (const child of node.children) yield* nodesOf(child, inner ?? rule);
}

describe('an explanation', { timeout: 60_000 }, () => {
  it('agrees with the evaluator at every node', () => {
    fc.assert(
      fc.property(...some, (rule, facts, clock) => {
        for (const [node, within] of nodesOf(explained(rule, facts, clock).root, rule)) {
          const part = { ...within, root: nodeAt(within, node.path) };
          expect(node.type).toBe(part.root.type);
          const holds = evaluateRule(resolveAmong(customers, part, clock), facts);
          expect([node.path, node.holds]).toEqual([node.path, holds]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('shows values that decide as the evaluator does', () => {
    fc.assert(
      fc.property(...some, (rule, facts, clock) => {
        for (const [{ path, holds, evidence }, within] of nodesOf(explained(rule, facts, clock).root, rule)) {
          if (evidence === null) continue;
          const bound = resolveAmong(customers, { ...within, root: nodeAt(within, path) }, clock).root;
          const decided = decidedBy(evidence, bound);
          expect([path, evidence, decided ?? holds]).toEqual([path, evidence, holds]);
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** What the shown values make of a leaf; null where they are rounded, or are only part of the answer. */
function decidedBy(evidence: Evidence, bound: ResolvedNode): boolean | null {
  switch (evidence.kind) {
    case 'attribute':
      return bound.type === 'attribute' ? compileCondition(bound)(evidence.value) : null;
    case 'behaviour': {
      if (bound.type !== 'behaviour') return null;
      const { measure, test, orMissing } = bound;
      if (measure.aggregate === 'first' || measure.aggregate === 'last') {
        return compileCondition({ test, orMissing })(evidence.value);
      }
      if (evidence.value === null) return orMissing;
      return measure.aggregate === 'avg' ? null : holdsFor(test, inScale(evidence.value, measure));
    }
    case 'sequence':
      return evidence.outcome.type === 'complete';
    case 'engagement':
      return bound.type === 'engagement' ? compileNumber(bound.test)(evidence.counted, 1) : null;
    case 'rank': {
      if (bound.type !== 'rank' || bound.measure.aggregate === 'avg') return null;
      const { value, cutoff, direction } = evidence;
      if (value === null || cutoff === null) return false;
      const difference = inScale(value, bound.measure) - inScale(cutoff, bound.measure);
      return direction === 'top' ? difference >= 0 : difference <= 0;
    }
    case 'segment':
      return null;
    default:
      return evidence satisfies never;
  }
}

const holdsFor = (test: ResolvedTest, value: number): boolean | null =>
  test.kind === 'number' && Number.isSafeInteger(value) ? compileNumber(test)(value, 1) : null;

const inScale = (value: NonNullable<unknown>, measure: object): number =>
  typeof value === 'number'
    ? Math.round(value * ('scale' in measure ? (measure.scale as number) : 1))
    : (value as { amount: number }).amount;
