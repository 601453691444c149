import { randomBytes } from 'node:crypto';
import {
  builtPageId,
  type CampaignId,
  type CustomerId,
  type DemoCampaign,
  type DemoData,
  type DemoSegmentKey,
  deliveryStates,
  fold,
  makeId,
  messageId,
  pageSize,
  type RunContent,
  type RunId,
  type SegmentId,
} from '@mini-crm/domain';
import type { CampaignDocument } from '../campaigns/campaign.model.ts';
import type { RunDocument } from '../campaigns/run.model.ts';
import { fromDelivery } from '../delivery/delivery.mapping.ts';
import type { CampaignDeliveryDocument } from '../delivery/delivery.model.ts';
import type { PageDocument } from '../delivery/page.model.ts';
import { newId } from '../ids/new-id.ts';
import type { Unowned } from '../organization/bound.ts';
import type { SuppressionDocument } from '../suppressions/suppression.model.ts';
import type { DemoFilling } from './demo-filling.ts';

/** Everything that one campaign of the demo left behind; a draft left nothing but itself. */
export function sentCampaign(
  demo: DemoCampaign,
  { data, createdBy, sendings }: DemoFilling,
  idOf: (key: number) => CustomerId,
  segmentIds: ReadonlyMap<DemoSegmentKey, SegmentId>,
) {
  const { sending } = demo;
  const compiled = sendings.get(demo.key);
  const id: CampaignId = makeId('campaign', demo.createdAt.getTime(), randomBytes(16));
  const runId: RunId | null = sending ? makeId('run', sending.launchedAt.getTime(), randomBytes(16)) : null;
  const include =
    demo.include === 'everyone' ? demo.include : demo.include.map((key) => segmentIds.get(key) as SegmentId);
  const campaign: Unowned<CampaignDocument> = {
    _id: id,
    name: demo.name,
    foldedName: fold(demo.name),
    channel: 'email',
    purpose: 'marketing',
    audience: { include, exclude: [] },
    content: demo.content,
    sender: null,
    schedule: { type: 'now' },
    state: sending ? 'sent' : 'draft',
    version: 1,
    runId,
    createdBy,
    createdAt: demo.createdAt,
    updatedAt: sending?.finishedAt ?? demo.createdAt,
    launchedAt: sending?.launchedAt ?? null,
    finishedAt: sending?.finishedAt ?? null,
    failure: null,
    demo: true,
  };
  if (!sending || !runId) return { campaign, run: null, pages: [], deliveries: [], suppressions: [] };
  if (!compiled) throw new Error(`the demo's campaign ${demo.key} was not compiled`);
  const names = new Map(data.segments.map(({ key, name }) => [key, name]));
  const run: Unowned<RunDocument> = {
    _id: runId,
    campaignId: id,
    state: 'finished',
    boundAt: sending.launchedAt,
    rule: compiled.rule,
    content: compiled.content,
    segments: {
      include:
        demo.include === 'everyone'
          ? 'everyone'
          : demo.include.map((key) => ({ id: segmentIds.get(key) as SegmentId, name: names.get(key) ?? '' })),
      exclude: [],
    },
    waterfall: sending.waterfall,
    planned: sending.deliveries.length,
    createdAt: sending.launchedAt,
    builtAt: sending.launchedAt,
    finishedAt: sending.finishedAt,
    settledAt: sending.finishedAt,
    demo: true,
  };
  const deliveries = sending.deliveries.map((delivery) =>
    deliveryDocument(delivery, data, run, compiled.content, idOf),
  );
  const suppressions = sending.deliveries.flatMap(({ customer, unsubscribedAt }): Unowned<SuppressionDocument>[] =>
    unsubscribedAt
      ? [
          {
            _id: newId('suppression'),
            channel: 'email',
            address: fold(data.customers[customer]?.fields.email ?? ''),
            scope: 'marketing',
            reason: 'unsubscribed',
            at: unsubscribedAt,
            campaignId: id,
          },
        ]
      : [],
  );
  return { campaign, run, pages: pagesOf(run, deliveries), deliveries, suppressions };
}

function deliveryDocument(
  delivery: NonNullable<DemoCampaign['sending']>['deliveries'][number],
  data: DemoData,
  run: Unowned<RunDocument>,
  content: RunContent,
  idOf: (key: number) => CustomerId,
): Unowned<CampaignDeliveryDocument> {
  const customerId = idOf(delivery.customer);
  const fields = data.customers[delivery.customer]?.fields;
  const { openedAt, clickedAt, unsubscribedAt } = delivery;
  const row = fromDelivery({
    kind: 'campaign',
    id: `${run._id}:${customerId}`,
    runId: run._id,
    campaignId: run.campaignId,
    customerId,
    channel: 'email',
    address: fields?.email ?? '',
    name: [fields?.firstName, fields?.lastName].filter((part) => part).join(' '),
    state: delivery.state,
    reason: delivery.reason,
    detail: delivery.detail,
    attempt: 1,
    messageId: messageId(run._id, customerId, content.sender.fromEmail),
    at: delivery.at,
    opens: delivery.opens,
    clicks: delivery.clicks.map(({ href, at, count }) => ({ link: linkNumber(content, href), at, count })),
    ...(openedAt ? { openedAt } : {}),
    ...(clickedAt ? { clickedAt } : {}),
    ...(unsubscribedAt ? { unsubscribedAt } : {}),
  });
  return { ...row, demo: true };
}

function linkNumber({ links }: RunContent, href: string): number {
  const number = links.indexOf(href);
  if (number < 0) throw new Error(`the demo's message has no link to ${href}`);
  return number;
}

function pagesOf(
  run: Unowned<RunDocument>,
  deliveries: readonly Unowned<CampaignDeliveryDocument>[],
): Unowned<PageDocument>[] {
  const pages: Unowned<PageDocument>[] = [];
  for (let start = 0; start < deliveries.length; start += pageSize) {
    const rows = deliveries.slice(start, start + pageSize);
    const counts = deliveryStates.map((state) => [state, rows.filter((row) => row.state === state).length]);
    pages.push({
      _id: builtPageId(run._id, start / pageSize),
      runId: run._id,
      campaignId: run.campaignId,
      customerIds: rows.map(({ customerId }) => customerId),
      parent: null,
      attempt: 1,
      dueAt: run.createdAt,
      state: 'done',
      token: null,
      beat: 1,
      mark: rows.length,
      settled: rows.length,
      counts: Object.fromEntries(counts) as PageDocument['counts'],
    });
  }
  return pages;
}
