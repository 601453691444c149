import type { CustomerId, ResolvedRule } from '@mini-crm/domain';
import type { AudienceReader, ReadLimits } from '../../segments/audience.ts';
import { readLayout } from '../projection/layout.ts';
import { type ColumnarPreview, type ColumnQuestions, columnQuestions } from './column-questions.ts';
import { type ReadConnections, readWithin } from './duck-query.ts';

export type { ColumnarPreview } from './column-questions.ts';

/** Audiences answered by the columns of one organization. */
export interface ColumnarAudience extends AudienceReader {
  preview(rule: ResolvedRule, sampleSize: number, limits?: ReadLimits): Promise<ColumnarPreview>;
}

const batchSize = 500;

/** Reads the projection in an attached database. Throws QuestionTooLong where a limit is passed. */
export function duckAudience(connections: ReadConnections, catalog: string): ColumnarAudience {
  const read = <T>(limits: ReadLimits, ask: (questions: ColumnQuestions) => Promise<T>): Promise<T> =>
    readWithin(connections, limits, async (connection) =>
      ask(columnQuestions(connection, catalog, await readLayout(connection, catalog))),
    );
  return {
    async *ids(rule: ResolvedRule, after: CustomerId | null = null, limits: ReadLimits = {}) {
      const members = await read(limits, (questions) => questions.ids(rule, after));
      for (let start = 0; start < members.length; start += batchSize) {
        limits.signal?.throwIfAborted();
        yield members.slice(start, start + batchSize);
      }
    },
    count: (rule, limits = {}) => read(limits, (questions) => questions.count(rule)),
    preview: (rule, sampleSize, limits = {}) => read(limits, (questions) => questions.preview(rule, sampleSize)),
    cutoff: (question, limits = {}) => read(limits, (questions) => questions.cutoff(question)),
    includes: (rule, id) => read({}, (questions) => questions.includes(rule, id)),
  };
}
