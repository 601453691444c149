import type { CustomerFacts } from '../segments/customer-facts.ts';
import { rankCutoff } from '../segments/evaluate-rank.ts';
import { rankQuestions, resolveRule } from '../segments/resolve-rule.ts';
import type { ResolvedRule } from '../segments/resolved-rule.ts';
import type { Rule } from '../segments/rule.ts';
import type { Clock } from '../time/resolve-window.ts';
import { awkwardFields, awkwardSegments } from './awkward-catalogue.ts';

/** What rules over the awkward customers are bound to, but for an instant and a zone. */
export const awkwardContext = { fields: awkwardFields, segments: awkwardSegments } as const;

/** A rule over the awkward catalogue bound among these people, as its ranks mean it. Throws where the rule is at fault. */
export function resolveAmong(people: readonly CustomerFacts[], rule: Rule, { now, zone }: Clock): ResolvedRule {
  const context = { ...awkwardContext, now, zone };
  const questions = rankQuestions(rule, context);
  if (!questions.ok) throw new Error(JSON.stringify(questions.error));
  const cutoffs = new Map(questions.value.map((question) => [question.key, rankCutoff(question, people)]));
  const resolved = resolveRule(rule, { ...context, cutoffs });
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.error));
  return resolved.value;
}
