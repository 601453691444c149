import { randomBytes } from 'node:crypto';
import {
  type CustomerEvent,
  type CustomerId,
  type CustomerRollups,
  type DemoData,
  demoAttributes,
  fold,
  makeId,
  type SegmentId,
} from '@mini-crm/domain';
import type { AttributeDocument } from '../attributes/attribute.model.ts';
import type { CampaignDocument } from '../campaigns/campaign.model.ts';
import type { RunDocument } from '../campaigns/run.model.ts';
import { emptyRollups, toNewDocument } from '../customers/customer.mapping.ts';
import type { CustomerDocument } from '../customers/customer.model.ts';
import type { DeliveryDocument } from '../delivery/delivery.model.ts';
import type { PageDocument } from '../delivery/page.model.ts';
import type { EventDocument } from '../events/event.model.ts';
import { eventDigest } from '../events/event-digest.ts';
import { newId } from '../ids/new-id.ts';
import type { Unowned } from '../organization/bound.ts';
import type { SegmentDocument } from '../segments/segment.model.ts';
import type { SuppressionDocument } from '../suppressions/suppression.model.ts';
import { sentCampaign } from './demo-campaign.documents.ts';
import type { DemoFilling } from './demo-filling.ts';

/** All documents of a demo, ready to be stored. */
export interface DemoDocuments {
  /** When the demo was filled. */
  readonly now: Date;
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
    now,
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
