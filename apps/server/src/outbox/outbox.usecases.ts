import { type CampaignId, type DomainError, err, ok } from '@mini-crm/domain';
import { keysetPage, readKeysetCursor } from '../http/keyset-cursor.ts';
import type { OrganizationContext } from '../trpc.ts';

export interface OutboxListInput {
  readonly campaignId?: CampaignId | undefined;
  readonly cursor?: string | null | undefined;
  readonly limit: number;
}

/** Whether messages really go out, and how many were kept instead. */
export async function outboxState({ deps, db }: OrganizationContext) {
  const [senders, count] = await Promise.all([db.senders.count(), db.outbox.count()]);
  return { smtp: deps.env.SMTP_URL !== undefined || senders > 0, count };
}

/** The inbox, the newest first. */
export async function listOutbox({ db }: OrganizationContext, input: OutboxListInput) {
  const { campaignId, cursor, limit } = input;
  const before = cursor ? readKeysetCursor(cursor) : undefined;
  if (before === null) return err<DomainError>({ code: 'invalid_input', path: ['cursor'] });
  const found = await db.outbox.list({
    limit: limit + 1,
    ...(before ? { before } : {}),
    ...(campaignId ? { campaignId } : {}),
  });
  const { items, nextCursor } = keysetPage(found, limit);
  const names = await db.campaigns.names([...new Set(items.flatMap((item) => item.campaignId ?? []))]);
  return ok({
    items: items.map(({ _id, kind, to, from, subject, at, campaignId: id }) => ({
      id: _id,
      kind,
      to,
      from,
      subject,
      at,
      campaign: id ? { id, name: names.get(id) ?? '' } : null,
    })),
    nextCursor,
  });
}

/** One message with its parts and headers. */
export async function getOutboxMessage({ db }: OrganizationContext, { id }: { id: string }) {
  const message = await db.outbox.get(id);
  if (!message) return err<DomainError>({ code: 'not_found' });
  const { _id, orgId: _orgId, campaignId, customerId, ...rest } = message;
  const names = await db.campaigns.names(campaignId ? [campaignId] : []);
  return ok({
    id: _id,
    ...rest,
    customerId: customerId ?? null,
    campaign: campaignId ? { id: campaignId, name: names.get(campaignId) ?? '' } : null,
  });
}
