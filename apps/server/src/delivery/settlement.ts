import type { Again, NewPage, PageDocument } from '@mini-crm/db';
import {
  afterOutcome,
  type CampaignDelivery,
  type CustomerId,
  deliveryId,
  isBounce,
  type Outcome,
  type RetryPolicy,
  retryPageId,
  type SenderId,
} from '@mini-crm/domain';
import type { Prepared } from './prepare-group.ts';

export interface Rows {
  readonly rows: readonly CampaignDelivery[];
  readonly retries: readonly NewPage[];
  /** Those whom the channel could not take at all; they are in no row and, unless the group is mixed, in no retry. */
  readonly waiting: readonly CustomerId[];
}

interface Settled {
  readonly page: PageDocument;
  readonly prepared: readonly Prepared[];
  /** The outcome of each message by its id. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly policy: RetryPolicy;
  /** What the messages went out by; null for the installation's own channel, or where there were none. */
  readonly senderId: SenderId | null;
  /** By what the group had to go, because it may have been handed over before: so must those who are tried again. */
  readonly pin: Omit<Again, 'to'> | null;
  /** By what those who wait must go again, where they may have been handed over. */
  readonly again: Omit<Again, 'to'> | null;
  /** How long those who wait for the channel wait. */
  readonly waitMs: number;
  readonly now: Date;
  /** A text that no other page has, for the ids of retries. */
  readonly unique: string;
}

/** What is written for a group: a row for each who is through, a page for those who are tried again, one for those who wait, and one for each instant until which people are deferred. */
export function settlementOf({
  page,
  prepared,
  outcomes,
  policy,
  senderId,
  pin,
  again: asked,
  waitMs,
  now,
  unique,
}: Settled): Rows {
  const rows: CampaignDelivery[] = [];
  const again: { customerId: CustomerId; pauseMs: number }[] = [];
  const waiting: CustomerId[] = [];
  const deferred = new Map<number, CustomerId[]>();
  for (const one of prepared) {
    const row = (fields: Pick<CampaignDelivery, 'state' | 'reason' | 'detail'>): CampaignDelivery => ({
      kind: 'campaign',
      id: deliveryId(page.runId, one.customerId),
      runId: page.runId,
      campaignId: page.campaignId,
      customerId: one.customerId,
      channel: 'email',
      address: one.address,
      name: one.name,
      ...fields,
      attempt: page.attempt,
      messageId: one.plan.type === 'send' ? one.plan.message.id : null,
      ...(senderId && one.plan.type === 'send' ? { senderId } : {}),
      at: now,
      ...(one.plan.type === 'send' && isBounce(fields.reason) ? { bouncedAt: now } : {}),
      opens: 0,
      clicks: [],
    });
    if (one.plan.type === 'skip') {
      rows.push(row({ state: 'skipped', reason: one.plan.reason, detail: null }));
      continue;
    }
    if (one.plan.type === 'defer') {
      const until = one.plan.until.getTime();
      deferred.set(until, [...(deferred.get(until) ?? []), one.customerId]);
      continue;
    }
    const outcome = one.plan.type === 'end' ? one.plan.outcome : outcomes.get(one.plan.message.id);
    if (!outcome) throw new Error(`no outcome for ${one.customerId}`);
    const next = afterOutcome(outcome, page.attempt, policy, page._id);
    if (next.type === 'row') rows.push(row(next));
    else if (next.type === 'retry') again.push({ customerId: one.customerId, pauseMs: next.pauseMs });
    else waiting.push(one.customerId);
  }

  const retry = (name: string, customerIds: CustomerId[], attempt: number, pauseMs: number): NewPage => ({
    id: retryPageId(page.runId, `${unique}${name}`),
    runId: page.runId,
    campaignId: page.campaignId,
    customerIds,
    parent: page._id,
    attempt,
    dueAt: new Date(now.getTime() + pauseMs),
  });
  const retries: NewPage[] = [];
  const [first] = again;
  if (first) {
    const ids = again.map(({ customerId }) => customerId);
    retries.push(pinned(retry('r', ids, page.attempt + 1, first.pauseMs), pin));
  }
  if (waiting.length > 0 && waiting.length < prepared.length) {
    retries.push(pinned(retry('w', waiting, page.attempt, waitMs), asked));
  }
  for (const [until, ids] of deferred) {
    retries.push(retry(`d${retries.length}`, ids, page.attempt, until - now.getTime()));
  }
  return { rows, retries, waiting };
}

const pinned = (page: NewPage, by: Omit<Again, 'to'> | null): NewPage =>
  by ? { ...page, again: { by: by.by, tries: by.tries, to: page.customerIds.length } } : page;
