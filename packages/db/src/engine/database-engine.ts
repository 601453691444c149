import type { OrganizationId } from '@mini-crm/domain';
import type { Database } from '../database.ts';
import { type AudienceEngine, type EngineAudience, engineOff } from './audience-engine.ts';

/** Answers every question from MongoDB: where there are no columns, and while they are made. */
export function databaseEngine(database: Database, now: () => Date): AudienceEngine {
  return {
    audience: (orgId) => databaseAudience(database, orgId, now),
    state: () => engineOff,
    warm: () => undefined,
    opens: () => false,
    forwarded: async () => null,
    close: async () => undefined,
  };
}

/** The audience of one organization as MongoDB has it. */
export function databaseAudience(database: Database, orgId: OrganizationId, now: () => Date): EngineAudience {
  const own = database.forOrganization(orgId);
  return {
    async count(rule, limits) {
      const asOf = now();
      return { size: await own.audience.count(rule, limits), source: 'database', asOf };
    },
    async preview(rule, sampleSize, limits = {}) {
      const asOf = now();
      const [preview, total] = await Promise.all([
        own.audience.preview(rule, sampleSize, limits),
        own.customers.count({}, limits.maxTimeMS),
      ]);
      return { ...preview, total, source: 'database', asOf };
    },
    cutoff: (question, limits) => own.audience.cutoff(question, limits),
    includes: (rule, id) => own.audience.includes(rule, id),
  };
}
