import { type CustomerFacts, customerGetter } from './customer-facts.ts';
import { compileBehaviour } from './evaluate-behaviour.ts';
import { compileEngagement } from './evaluate-engagement.ts';
import { compileRank } from './evaluate-rank.ts';
import { compileSequence } from './evaluate-sequence.ts';
import { compileCondition, type Predicate } from './evaluate-test.ts';
import type { ResolvedNode, ResolvedRule } from './resolved-rule.ts';

/**
 * What a rule means: compiles it once into a function that says of one customer's facts whether they are in.
 * Every other reader (MongoDB, DuckDB) must agree with this one.
 */
export const compileRule = (rule: ResolvedRule): Predicate<CustomerFacts> => compileNode(rule.root);

/** Whether one customer fulfils a rule. Compile once with compileRule for many. */
export const evaluateRule = (rule: ResolvedRule, facts: CustomerFacts): boolean => compileRule(rule)(facts);

/** Groups become pairs, which are faster than loops; an empty one, which is no valid rule, throws. */
function compileNode(node: ResolvedNode): Predicate<CustomerFacts> {
  switch (node.type) {
    case 'everyone':
      return () => true;
    case 'all': {
      return node.children.map(compileNode).reduceRight((rest, child) => (facts) => child(facts) && rest(facts));
    }
    case 'any': {
      return node.children.map(compileNode).reduceRight((rest, child) => (facts) => child(facts) || rest(facts));
    }
    case 'not': {
      const child = compileNode(node.child);
      return (facts) => !child(facts);
    }
    case 'attribute': {
      const get = customerGetter(node.field);
      const holds = compileCondition(node);
      return (facts) => holds(get(facts));
    }
    case 'behaviour': {
      const holds = compileBehaviour(node);
      return (facts) => holds(facts.events);
    }
    case 'sequence': {
      const holds = compileSequence(node);
      return (facts) => holds(facts.events);
    }
    case 'engagement': {
      const holds = compileEngagement(node);
      return (facts) => holds(facts.deliveries);
    }
    case 'inSegment': {
      const { segmentId, child } = node;
      return child === null ? (facts) => facts.lists.includes(segmentId) : compileNode(child);
    }
    case 'rank': {
      const holds = compileRank(node);
      return (facts) => holds(facts.events);
    }
    default:
      return node satisfies never;
  }
}
