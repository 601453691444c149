import { randomBytes } from 'node:crypto';
import {
  builtPageId,
  type CampaignId,
  type CustomerEvent,
  type CustomerId,
  type CustomerRollups,
  type DemoCampaign,
  type DemoData,
  type DemoSegmentKey,
  deliveryStates,
  demoAttributes,
  fold,
  makeId,
  messageId,
  pageSize,
  type ResolvedRule,
  type RunContent,
  type RunId,
  type SegmentId,
  type UserId,
} from '@mini-crm/domain';
import type { AttributeDocument } from '../attributes/attribute.model.ts';
import type { CampaignDocument } from '../campaigns/campaign.model.ts';
import type { RunDocument } from '../campaigns/run.model.ts';
import { emptyRollups, toNewDocument } from '../customers/customer.mapping.ts';
import type { CustomerDocument } from '../customers/customer.model.ts';
import { fromDelivery } from '../delivery/delivery.mapping.ts';
import type { DeliveryDocument } from '../delivery/delivery.model.ts';
import type { PageDocument } from '../delivery/page.model.ts';
import type { EventDocument } from '../events/event.model.ts';
import { eventDigest } from '../events/event-digest.ts';
import { newId } from '../ids/new-id.ts';
import type { Unowned } from '../organization/bound.ts';
import type { SegmentDocument } from '../segments/segment.model.ts';
import type { SuppressionDocument } from '../suppressions/suppression.model.ts';

/** What the server adds to a demo: who asked for it and, by the campaign's key, its compiled message and bound audience. */
export interface DemoFilling {
  readonly data: DemoData;
  readonly createdBy: UserId;
  readonly now: Date;
  readonly sendings: ReadonlyMap<string, DemoMessage>;
}

/** A campaign's message as a launch would compile it, and its audience as one would bind it. */
export interface DemoMessage {
  readonly content: RunContent;
  readonly rule: ResolvedRule;
}

/** All documents of a demo, ready to be stored. */
export interface DemoDocuments {
  readonly attributes: Unowned<AttributeDocument>[];
  readonly customers: Unowned<CustomerDocument>[];
  readonly events: Unowned<EventDocument>[];
  readonly segments: Unowned<SegmentDocument>[];
  readonly suppressions: Unowned<SuppressionDocument>[];
  readonly campaigns: Unowned<CampaignDocument>[];
  readonly runs: Unowned<RunDocument>[];
  readonly pages: Unowned<PageDocument>[];
  readonly deliveries: Unowned<DeliveryDocument>[];
}

/** Gives every part of a demo its id and the form in which it is stored. Ids are as old as what they name. */
export function demoDocuments(orgId: string, filling: DemoFilling): DemoDocuments {
  const { data, now } = filling;
  const customerIds = data.customers.map(({ createdAt }) => makeId('customer', createdAt.getTime(), randomBytes(16)));
  const idOf = (key: number): CustomerId => {
    const id = customerIds[key];
    if (!id) throw new Error(`the demo has no customer ${key}`);
    return id;
  };
  const segmentIds = new Map(data.segments.map(({ key }) => [key, newId('segment')] as const));
  const rollups = rollupsOf(data.events);
  const sent = data.campaigns.map((campaign) => sentCampaign(campaign, filling, idOf, segmentIds));
  return {
    attributes: demoAttributes.map((attribute) => ({
      _id: newId('attribute'),
      ...attribute,
      options: [...attribute.options],
      createdAt: now,
      demo: true,
    })),
    customers: data.customers.map(({ key, ...customer }) => ({
      ...toNewDocument({ id: idOf(key), ...customer, demo: true }, now),
      rollups: rollups.get(key) ?? emptyRollups,
    })),
    events: data.events.map(({ customer, ...rest }) =>
      eventDocument(orgId, { ...rest, customerId: idOf(customer) }, now),
    ),
    segments: data.segments.map(({ key, name, rule }) => ({
      _id: segmentIds.get(key) as SegmentId,
      name,
      foldedName: fold(name),
      description: '',
      rule,
      version: 1,
      createdAt: now,
      updatedAt: now,
      demo: true,
    })),
    suppressions: sent.flatMap(({ suppressions }) => suppressions),
    campaigns: sent.map(({ campaign }) => campaign),
    runs: sent.flatMap(({ run }) => (run ? [run] : [])),
    pages: sent.flatMap(({ pages }) => pages),
    deliveries: sent.flatMap(({ deliveries }) => deliveries),
  };
}

/** What recomputing would say, by the customer's key; everything in the demo is in one currency. */
function rollupsOf(events: DemoData['events']): Map<number, CustomerRollups> {
  const byCustomer = new Map<number, CustomerRollups>();
  for (const { customer, type, at, total } of events) {
    if (total === null) continue;
    const { orderCount, revenue, firstOrderAt, lastOrderAt } = byCustomer.get(customer) ?? emptyRollups;
    const isOrder = type === 'order';
    byCustomer.set(customer, {
      orderCount: orderCount + (isOrder ? 1 : 0),
      revenue: revenue + total,
      firstOrderAt: isOrder && (!firstOrderAt || at < firstOrderAt) ? at : firstOrderAt,
      lastOrderAt: isOrder && (!lastOrderAt || at > lastOrderAt) ? at : lastOrderAt,
    });
  }
  return byCustomer;
}

function eventDocument(orgId: string, event: CustomerEvent, now: Date): Unowned<EventDocument> {
  const { lines, ...rest } = event;
  return {
    _id: `${orgId}:${event.eventId}`,
    ...rest,
    ...(lines.length > 0 ? { lines } : {}),
    digest: eventDigest(event),
    source: 'demo',
    createdAt: now,
  };
}

function sentCampaign(
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
): Unowned<DeliveryDocument> {
  const customerId = idOf(delivery.customer);
  const fields = data.customers[delivery.customer]?.fields;
  const { openedAt, clickedAt, unsubscribedAt } = delivery;
  const row = fromDelivery({
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

function pagesOf(run: Unowned<RunDocument>, deliveries: readonly Unowned<DeliveryDocument>[]): Unowned<PageDocument>[] {
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
