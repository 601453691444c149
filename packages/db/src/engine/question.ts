import type { Cutoff, RankQuestion, ResolvedRule } from '@mini-crm/domain';
import type { ReadLimits } from '../segments/audience.ts';
import type { ColumnarAudience, ColumnarPreview } from './sql/duck-audience.ts';

/** A question waits so long, in ms, for columns that are being opened. */
export const openedMs = 2000;

/** What the columns can be asked; plain data, because threads and processes pass it on. */
export type AudienceQuestion =
  | { readonly kind: 'count'; readonly rule: ResolvedRule }
  | { readonly kind: 'preview'; readonly rule: ResolvedRule; readonly sampleSize: number }
  | { readonly kind: 'cutoff'; readonly question: RankQuestion };

/** What each kind of question is answered with. */
export interface Answers {
  readonly count: number;
  readonly preview: ColumnarPreview;
  readonly cutoff: Cutoff | null;
}

/** Answers a question from the columns of an organization. */
export function answerQuestion(
  audience: ColumnarAudience,
  question: AudienceQuestion,
  limits: ReadLimits,
): Promise<Answers[AudienceQuestion['kind']]> {
  switch (question.kind) {
    case 'count':
      return audience.count(question.rule, limits);
    case 'preview':
      return audience.preview(question.rule, question.sampleSize, limits);
    case 'cutoff':
      return audience.cutoff(question.question, limits);
    default:
      return question satisfies never;
  }
}
