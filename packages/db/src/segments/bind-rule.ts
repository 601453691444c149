import {
  type Cutoff,
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
  const questions = rankQuestions(rule, context);
  if (!questions.ok) return questions;
  const answer = async (question: RankQuestion): Promise<[string, Cutoff | null]> => [
    question.key,
    await reader.cutoff(question, limits),
  ];
  return resolveRule(rule, { ...context, cutoffs: new Map(await Promise.all(questions.value.map(answer))) });
}
