import {
  type RankQuestion,
  type ResolvedRule,
  type Result,
  type Rule,
  type RuleContext,
  type RuleFault,
  rankQuestions,
  resolveRule,
} from '@mini-crm/domain';
import type { AudienceReader, ReadLimits } from './audience.ts';

/**
 * Binds a rule in two steps: asks the reader for the cut-offs of its ranks, then resolves it. The audience is then read by
 * the same reader, so that both steps speak of the same people as far as the reader can promise it.
 */
export async function bindRule(
  reader: Pick<AudienceReader, 'cutoff'>,
  rule: Rule,
  context: Omit<RuleContext, 'cutoffs'>,
  limits: ReadLimits = {},
): Promise<Result<ResolvedRule, RuleFault>> {
  return resolveRule(rule, await withCutoffs(reader, [rule], context, limits));
}

/** The context with the cut-offs of all ranks of some rules, each asked once. A rule with a fault has none; resolving it says so. */
export async function withCutoffs(
  reader: Pick<AudienceReader, 'cutoff'>,
  rules: readonly Rule[],
  context: Omit<RuleContext, 'cutoffs'>,
  limits: ReadLimits = {},
): Promise<RuleContext> {
  const questions = new Map<string, RankQuestion>();
  for (const rule of rules) {
    const asked = rankQuestions(rule, context);
    if (asked.ok) for (const question of asked.value) questions.set(question.key, question);
  }
  const answers = [...questions].map(async ([key, question]) => [key, await reader.cutoff(question, limits)] as const);
  return { ...context, cutoffs: new Map(await Promise.all(answers)) };
}
