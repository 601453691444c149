import type { CustomerId, Cutoff, OrganizationId, RankQuestion, ResolvedRule } from '@mini-crm/domain';
import type { AudiencePreview, ReadLimits } from '../segments/audience.ts';

/** How far the columns of an organization are. `off`: there are none here, MongoDB answers. */
export interface EngineState {
  readonly status: 'off' | 'loading' | 'ready';
  /** Of loading, from 0 to 1; null where nobody can say. */
  readonly progress: number | null;
  /** Up to when they are known to hold every write; null before they are ready. */
  readonly asOf: Date | null;
}

/** Who answered. Both are exact; `database` takes longer. */
export type AnswerSource = 'columnar' | 'database';

export interface Answered {
  readonly source: AnswerSource;
  /** The instant that the answer is exact for: every write before it is counted. */
  readonly asOf: Date;
}

export interface EngineCount extends Answered {
  readonly size: number;
}

export interface EnginePreview extends Answered, AudiencePreview {
  /** All customers of the organization; null where MongoDB had to count and took too long. */
  readonly total: number | null;
}

/**
 * Sizes for people who wait for them: the same questions as `AudienceReader`, answered from columns where they are ready and
 * else by MongoDB. Every method throws where the limits are passed (`isTimeLimit`) or the signal aborts.
 */
export interface EngineAudience {
  count(rule: ResolvedRule, limits?: ReadLimits): Promise<EngineCount>;
  preview(rule: ResolvedRule, sampleSize: number, limits?: ReadLimits): Promise<EnginePreview>;
  cutoff(question: RankQuestion, limits?: ReadLimits): Promise<Cutoff | null>;
  /** Whether one customer is a member, by MongoDB's word. */
  includes(rule: ResolvedRule, id: CustomerId): Promise<boolean>;
}

/** What the owner of the columns tells another process. */
export type ForwardedAnswer =
  | { readonly status: 'answered'; readonly value: unknown; readonly asOf: number; readonly state: EngineState }
  | { readonly status: 'notReady'; readonly state: EngineState }
  | { readonly status: 'tooLong' };

/** What answers the API's sizes. One a process. */
export interface AudienceEngine {
  audience(orgId: OrganizationId): EngineAudience;
  /** What this process knows of an organization's columns; asking costs nothing. */
  state(orgId: OrganizationId): EngineState;
  /** Makes the columns of an organization ready for the questions that are to come. */
  warm(orgId: OrganizationId): void;
  /** Whether `token` is that of this process's lease, which other processes show. */
  opens(token: string): boolean;
  /** Answers another process that has no columns; null where its request is none of ours. */
  forwarded(request: unknown, signal?: AbortSignal): Promise<ForwardedAnswer | null>;
  close(): Promise<void>;
}

export const engineOff: EngineState = { status: 'off', progress: null, asOf: null };
