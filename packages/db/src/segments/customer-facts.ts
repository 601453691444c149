import type { CustomerFacts, CustomerId, EventFacts } from '@mini-crm/domain';
import type { CustomerDocument } from '../customers/customer.model.ts';
import type { EventDocument } from '../events/event.model.ts';
import type { Bound } from '../organization/bound.ts';

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

/** All that rules can know of the given customers, in the order of their ids; who does not exist is left out. */
export async function readFacts(
  customers: Bound<CustomerDocument>,
  events: Bound<EventDocument>,
  ids: readonly CustomerId[],
): Promise<CustomerFacts[]> {
  const [people, deeds] = await Promise.all([
    customers
      .find({ _id: { $in: [...ids] } }, { projection: customerFields })
      .sort({ _id: 1 })
      .toArray(),
    events.find({ customerId: { $in: [...ids] } }, { projection: eventFields }).toArray(),
  ]);
  const byCustomer = new Map<string, EventFacts[]>();
  for (const { customerId, lines = [], ...event } of deeds) {
    const list = byCustomer.get(customerId);
    if (list) list.push({ ...event, lines });
    else byCustomer.set(customerId, [{ ...event, lines }]);
  }
  return people.map(({ _id, ...customer }) => ({ ...customer, id: _id, events: byCustomer.get(_id) ?? [] }));
}
