import { createHash, timingSafeEqual } from 'node:crypto';
import type { OrganizationId } from '@mini-crm/domain';
import type { Database } from '../database.ts';
import type { ReadLimits } from '../segments/audience.ts';
import { type AudienceEngine, type EngineAudience, type EngineState, engineOff } from './audience-engine.ts';
import type { ColumnarAnswer } from './columnar-engine.ts';
import { databaseAudience } from './database-engine.ts';
import type { EngineRole } from './lease.ts';
import { askOwner, readOwnerRequest } from './owner-request.ts';
import type { Answers, AudienceQuestion } from './question.ts';
import { ColumnsNotReady, QuestionTooLong } from './question-errors.ts';
import { isTooWide } from './question-width.ts';

/** The columns of this process, wherever in it they are. */
export interface ColumnarSource {
  /** What opens the door of this process while it has the lease. */
  readonly token: string;
  role(): EngineRole;
  /** Resolves when it has a role for the first time, or will not have one soon. */
  begun(): Promise<void>;
  state(orgId: OrganizationId): EngineState;
  warm(orgId: OrganizationId): void;
  ask<Q extends AudienceQuestion>(
    orgId: OrganizationId,
    question: Q,
    limits: { readonly signal?: AbortSignal; readonly timeLimitMs: number },
  ): Promise<ColumnarAnswer<Q['kind']>>;
  close(): Promise<void>;
}

/** Longer than this nobody waits for columns. */
const timeLimitMs = 10_000;

/** Answers from the columns: this process's, or those of the process that has them; and from MongoDB while there are none. */
export function columnFirstEngine(columns: ColumnarSource, database: Database, now: () => Date): AudienceEngine {
  /** What the owner said last of its columns. */
  const elsewhere = new Map<OrganizationId, EngineState>();

  async function ask<Q extends AudienceQuestion>(
    orgId: OrganizationId,
    question: Q,
    { signal, maxTimeMS }: ReadLimits,
  ): Promise<ColumnarAnswer<Q['kind']>> {
    if (isTooWide(question)) throw new ColumnsNotReady();
    const limits = { ...(signal ? { signal } : {}), timeLimitMs: Math.min(timeLimitMs, maxTimeMS ?? timeLimitMs) };
    await columns.begun();
    const role = columns.role();
    if (role.kind === 'owner') return columns.ask(orgId, question, limits);
    if (role.kind === 'nobody') throw new ColumnsNotReady();
    const answer = await askOwner(role.owner, { orgId, question, timeLimitMs: limits.timeLimitMs }, signal);
    if (answer.status === 'tooLong') throw new QuestionTooLong();
    elsewhere.set(orgId, answer.state.asOf ? { ...answer.state, asOf: new Date(answer.state.asOf) } : answer.state);
    if (answer.status === 'notReady') throw new ColumnsNotReady();
    return { value: answer.value as Answers[Q['kind']], asOf: new Date(answer.asOf) };
  }

  /** The columns' answer, or else MongoDB's. */
  async function first<T>(columnar: () => Promise<T>, fromDatabase: () => Promise<T>): Promise<T> {
    try {
      return await columnar();
    } catch (error) {
      if (error instanceof ColumnsNotReady) return fromDatabase();
      throw error;
    }
  }

  function audience(orgId: OrganizationId): EngineAudience {
    const stored = () => databaseAudience(database, orgId, now);
    const source = 'columnar' as const;
    return {
      count: (rule, limits = {}) =>
        first(
          async () => {
            const { value, asOf } = await ask(orgId, { kind: 'count', rule }, limits);
            return { size: value, source, asOf };
          },
          () => stored().count(rule, limits),
        ),
      preview: (rule, sampleSize, limits = {}) =>
        first(
          async () => {
            const { value, asOf } = await ask(orgId, { kind: 'preview', rule, sampleSize }, limits);
            return { ...value, source, asOf };
          },
          () => stored().preview(rule, sampleSize, limits),
        ),
      cutoff: (question, limits = {}) =>
        first(
          async () => (await ask(orgId, { kind: 'cutoff', question }, limits)).value,
          () => stored().cutoff(question, limits),
        ),
      includes: (rule, id) => stored().includes(rule, id),
    };
  }

  return {
    audience,
    state(orgId) {
      const { kind } = columns.role();
      if (kind === 'owner') return columns.state(orgId);
      return kind === 'other' ? (elsewhere.get(orgId) ?? engineOff) : engineOff;
    },
    warm: (orgId) => columns.warm(orgId),
    opens: (token) => columns.role().kind === 'owner' && isSame(token, columns.token),
    async forwarded(body, signal) {
      const request = readOwnerRequest(body);
      if (!request) return null;
      const { orgId, question, timeLimitMs } = request;
      try {
        const answer = await columns.ask(orgId, question, { ...(signal ? { signal } : {}), timeLimitMs });
        const { value, asOf } = answer;
        return { status: 'answered', value, asOf: asOf.getTime(), state: columns.state(orgId) };
      } catch (error) {
        if (error instanceof ColumnsNotReady) return { status: 'notReady', state: columns.state(orgId) };
        if (error instanceof QuestionTooLong) return { status: 'tooLong' };
        throw error;
      }
    },
    close: () => columns.close(),
  };
}

/** Compares in a time that says nothing of where they differ. */
function isSame(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
