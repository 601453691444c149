import type { CustomerFacts } from '../segments/customer-facts.ts';
import { rankCutoff } from '../segments/evaluate-rank.ts';
import { type RuleContext, rankQuestions, resolveRule } from '../segments/resolve-rule.ts';
import type { ResolvedRule } from '../segments/resolved-rule.ts';
import type { Rule } from '../segments/rule.ts';
import type { Clock } from '../time/resolve-window.ts';
import { awkwardFields, awkwardSegments } from './awkward-catalogue.ts';

/** What rules over the awkward customers are bound to, but for an instant and a zone. */
export const awkwardContext = { fields: awkwardFields, segments: awkwardSegments } as const;

/** What a rule is bound to among these people, its cut-offs too. Throws where the rule is at fault. */
export function contextAmong(people: readonly CustomerFacts[], rule: Rule, { now, zone }: Clock): RuleContext {
  const context = { ...awkwardContext, now, zone };
  const questions = rankQuestions(rule, context);
  if (!questions.ok) throw new Error(JSON.stringify(questions.error));
  return {
    ...context,
    cutoffs: new Map(questions.value.map((question) => [question.key, rankCutoff(question, people)])),
  };
}

/** A rule over the awkward catalogue bound among these people, as its ranks mean it. Throws where the rule is at fault. */
export function resolveAmong(people: readonly CustomerFacts[], rule: Rule, clock: Clock): ResolvedRule {
  const resolved = resolveRule(rule, contextAmong(people, rule, clock));
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.error));
  return resolved.value;
}
