import { type DomainError, err, ok, type Result, type SuppressionScope } from '@mini-crm/domain';
import { keysetPage, readKeysetCursor } from '../http/keyset-cursor.ts';
import type { OrganizationContext } from '../trpc.ts';

export interface SuppressionListInput {
  /** The beginning of an address. */
  readonly search: string;
  readonly cursor?: string | null | undefined;
  readonly limit: number;
}

/** The addresses that get nothing, the newest first. */
export async function listSuppressions({ db }: OrganizationContext, input: SuppressionListInput) {
  const before = input.cursor ? readKeysetCursor(input.cursor) : undefined;
  if (before === null) return err<DomainError>({ code: 'invalid_input', path: ['cursor'] });
  const search = input.search.trim();
  const [found, count] = await Promise.all([
    db.suppressions.list({ limit: input.limit + 1, ...(search ? { search } : {}), ...(before ? { before } : {}) }),
    db.suppressions.count(),
  ]);
  const { items, nextCursor } = keysetPage(found, input.limit);
  const names = await db.campaigns.names([...new Set(items.flatMap((item) => item.campaignId ?? []))]);
  return ok({
    items: items.map(({ _id, address, scope, reason, at, campaignId, detail }) => ({
      id: _id,
      address,
      scope,
      reason,
      at,
      detail: detail ?? null,
      campaignName: campaignId ? (names.get(campaignId) ?? null) : null,
    })),
    nextCursor,
    count,
  });
}

/** Stops messages to an address by hand. One that is on the list already stays as it is: `added` is false. */
export async function addSuppression(
  { db, deps, log, user }: OrganizationContext,
  { address, scope }: { address: string; scope: SuppressionScope },
): Promise<Result<{ added: boolean }, DomainError>> {
  const added = await db.suppressions.add({ channel: 'email', address, scope, reason: 'manual', at: deps.now() });
  log.info({ by: user.id, scope, added }, 'address suppressed');
  return ok({ added });
}

/** Lets messages go to an address again. A consent that was withdrawn stays withdrawn. */
export async function removeSuppression(
  { db, log, user }: OrganizationContext,
  { id }: { id: string },
): Promise<Result<null, DomainError>> {
  if (!(await db.suppressions.remove(id))) return err({ code: 'not_found' });
  log.info({ by: user.id, suppressionId: id }, 'suppression removed');
  return ok(null);
}
