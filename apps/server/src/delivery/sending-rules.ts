import type { Database } from '@mini-crm/db';
import { noSendingSettings, type OrganizationId, type SendingSettings } from '@mini-crm/domain';

/** What an organization asks of its marketing, and where those live of whom no zone is known. */
export interface SendingRules extends SendingSettings {
  readonly timeZone: string;
}

// A setting that was changed holds for every page that is begun a moment later.
const keptMs = 1_000;

/** Answers for the rules of organizations, each read at most once a second. `clock` is monotonic, in ms. */
export function sendingRules(database: Pick<Database, 'accounts'>, clock: () => number) {
  const known = new Map<OrganizationId, { readonly until: number; readonly rules: Promise<SendingRules> }>();
  async function read(orgId: OrganizationId): Promise<SendingRules> {
    const organization = await database.accounts.organization(orgId);
    return { ...noSendingSettings, ...organization?.sending, timeZone: organization?.timeZone ?? 'UTC' };
  }
  return (orgId: OrganizationId): Promise<SendingRules> => {
    const before = known.get(orgId);
    if (before && before.until > clock()) return before.rules;
    const rules = read(orgId);
    known.set(orgId, { until: clock() + keptMs, rules });
    // What could not be read is not remembered.
    rules.catch(() => known.delete(orgId));
    return rules;
  };
}
