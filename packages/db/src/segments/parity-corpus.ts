import type { AttributeValue, CustomerFacts, CustomerId, OrganizationId } from '@mini-crm/domain';
import { derivedFields, emptyRollups } from '../customers/customer.mapping.ts';
import type { CustomerDocument } from '../customers/customer.model.ts';
import type { Database } from '../database.ts';
import type { EventDocument } from '../events/event.model.ts';
import { bound } from '../organization/bound.ts';

/** Stores customers and all that they did as they are, awkward or not, under an organization. */
export async function storeFacts(database: Database, orgId: OrganizationId, facts: readonly CustomerFacts[]) {
  const customers = bound<CustomerDocument>(database.models.customers.collection as never, orgId);
  const events = bound<EventDocument>(database.models.events.collection as never, orgId);
  await customers.insertMany(
    facts.map(({ id, events: _, attributes, ...fields }) => ({
      _id: id as CustomerId,
      ...fields,
      attributes: attributes as Record<string, AttributeValue>,
      rollups: emptyRollups,
      ...derivedFields(fields, withoutNulls(attributes)),
      updatedAt: fields.createdAt,
      version: 1,
    })),
  );
  await events.insertMany(
    facts.flatMap(({ id, events: deeds }) =>
      deeds.map(({ lines, ...event }) => ({
        _id: `${orgId}:${event.eventId}`,
        ...event,
        ...(lines.length > 0 ? { lines } : {}),
        customerId: id as CustomerId,
        digest: '',
        source: 'parity',
        createdAt: event.at,
      })),
    ),
  );
  return { customers, events };
}

function withoutNulls(attributes: CustomerFacts['attributes']): Record<string, AttributeValue> {
  const known: Record<string, AttributeValue> = {};
  for (const [slug, value] of Object.entries(attributes)) if (value !== null) known[slug] = value;
  return known;
}
