import type { OrganizationId } from '@mini-crm/domain';
import type { Change } from '../live/change-feed.ts';
import type { EngineState } from './audience-engine.ts';
import type { EngineSettings } from './columnar-engine.ts';
import type { EngineRole } from './lease.ts';
import type { AudienceQuestion } from './question.ts';

/** What the thread is started with. */
export interface ThreadData {
  readonly uri: string;
  readonly token: string;
  readonly settings: EngineSettings;
}

/** What the thread is told. */
export type ToThread =
  | {
      readonly type: 'ask';
      readonly id: number;
      readonly orgId: OrganizationId;
      readonly question: AudienceQuestion;
      readonly timeLimitMs: number;
    }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'warm'; readonly orgId: OrganizationId }
  | { readonly type: 'listen' | 'unlisten'; readonly orgId: string }
  | { readonly type: 'close' };

export type Refusal = 'notReady' | 'tooLong' | 'cancelled';

/** What the thread tells. */
export type FromThread =
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown; readonly asOf: Date }
  | { readonly type: 'refusal'; readonly id: number; readonly refusal: Refusal }
  | { readonly type: 'state'; readonly orgId: OrganizationId; readonly state: EngineState }
  | { readonly type: 'role'; readonly role: EngineRole }
  | { readonly type: 'changes'; readonly orgId: string; readonly changes: readonly Change[] }
  | { readonly type: 'log'; readonly level: 'info' | 'warn'; readonly facts: object; readonly message: string };
