import type { CustomerFacts, CustomerId, DeliveryFacts, EventFacts, SegmentId } from '@mini-crm/domain';
import type { CustomerDocument } from '../customers/customer.model.ts';
import { type CampaignDeliveryDocument, type DeliveryDocument, ofCampaigns } from '../delivery/delivery.model.ts';
import type { EventDocument } from '../events/event.model.ts';
import type { Bound } from '../organization/bound.ts';
import type { FactsNeeded } from './facts-needed.ts';
import type { SegmentMemberDocument } from './segment-member.model.ts';

/** Where what rules can know of customers is stored. */
export interface FactCollections {
  readonly customers: Bound<CustomerDocument>;
  readonly events: Bound<EventDocument>;
  readonly deliveries: Bound<DeliveryDocument>;
  readonly segmentMembers: Bound<SegmentMemberDocument>;
}

const customerFields = {
  externalId: 1,
  email: 1,
  phone: 1,
  firstName: 1,
  lastName: 1,
  timeZone: 1,
  locale: 1,
  createdAt: 1,
  attributes: 1,
  consents: 1,
} as const;

const eventFields = {
  eventId: 1,
  customerId: 1,
  type: 1,
  at: 1,
  currency: 1,
  total: 1,
  lines: 1,
  properties: 1,
} as const;

const deliveryFields = {
  _id: 0,
  customerId: 1,
  campaignId: 1,
  state: 1,
  at: 1,
  deliveredAt: 1,
  bouncedAt: 1,
  openedAt: 1,
  clickedAt: 1,
  machineOpenedAt: 1,
  machineClickedAt: 1,
  unsubscribedAt: 1,
} as const;

const everything: FactsNeeded = { eventTypes: null, deliveries: true, lists: true };

/**
 * What rules can know of the given customers, in the order of their ids; who does not exist is left out. `needed` leaves
 * unread what one rule does not ask.
 */
export async function readFacts(
  { customers, events, deliveries, segmentMembers }: FactCollections,
  ids: readonly CustomerId[],
  { eventTypes, deliveries: asksDeliveries, lists: asksLists }: FactsNeeded = everything,
): Promise<CustomerFacts[]> {
  const theirs = { customerId: { $in: [...ids] } };
  const ofTypes = eventTypes === null ? theirs : { ...theirs, type: { $in: [...eventTypes] } };
  const [people, deeds, messages, places] = await Promise.all([
    customers
      .find({ _id: { $in: [...ids] } }, { projection: customerFields })
      .sort({ _id: 1 })
      .toArray(),
    eventTypes?.length === 0 ? [] : events.find(ofTypes, { projection: eventFields }).toArray(),
    asksDeliveries ? deliveries.find({ ...theirs, ...ofCampaigns }, { projection: deliveryFields }).toArray() : [],
    asksLists ? segmentMembers.find(theirs, { projection: { customerId: 1, segmentId: 1 } }).toArray() : [],
  ]);
  const eventsOf = grouped<EventFacts>();
  for (const { customerId, lines = [], ...event } of deeds) eventsOf.add(customerId, { ...event, lines });
  const deliveriesOf = grouped<DeliveryFacts>();
  for (const { customerId, ...message } of messages as unknown as CampaignDeliveryDocument[])
    deliveriesOf.add(customerId, message);
  const listsOf = grouped<SegmentId>();
  for (const { customerId, segmentId } of places) listsOf.add(customerId, segmentId);
  return people.map(({ _id, ...customer }) => ({
    ...customer,
    id: _id,
    events: eventsOf.of(_id),
    deliveries: deliveriesOf.of(_id),
    lists: listsOf.of(_id),
  }));
}

function grouped<T>() {
  const groups = new Map<string, T[]>();
  return {
    add(key: string, value: T): void {
      const group = groups.get(key);
      if (group) group.push(value);
      else groups.set(key, [value]);
    },
    of: (key: string): readonly T[] => groups.get(key) ?? [],
  };
}
