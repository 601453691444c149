import { type AttributeValue, type CustomerFacts, type CustomerId, fold, type OrganizationId } from '@mini-crm/domain';
import { derivedFields, emptyRollups } from '../customers/customer.mapping.ts';
import type { Database } from '../database.ts';
import { newId } from '../ids/new-id.ts';
import type { SuppressionDocument } from '../suppressions/suppression.model.ts';
import { type AudienceCollections, audienceCollections } from './audience-collections.ts';
import { segmentMemberId } from './segment-member.model.ts';

/** An address that must not be written to, as far as reach asks. */
export type Suppressed = Pick<SuppressionDocument, 'channel' | 'address' | 'scope'>;

/** Stores customers and all that they did as they are, awkward or not, under an organization. */
export async function storeFacts(
  database: Database,
  orgId: OrganizationId,
  facts: readonly CustomerFacts[],
  suppressed: readonly Suppressed[] = [],
): Promise<AudienceCollections> {
  const collections = audienceCollections(database.models, orgId);
  const { customers, events, deliveries, segmentMembers, suppressions } = collections;
  await customers.insertMany(
    facts.map(({ id, events: _, deliveries: _messages, lists: _lists, attributes, ...fields }) => ({
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
  await deliveries.insertMany(
    facts.flatMap(({ id, deliveries: messages }) =>
      messages.map((message) => {
        const runId = newId('run');
        const customerId = id as CustomerId;
        const rest = {
          channel: 'email',
          address: '',
          foldedAddress: '',
          name: '',
          reason: null,
          detail: null,
        } as const;
        const counts = { attempt: 1, messageId: null, opens: 0, clicks: [] };
        return { _id: `${runId}:${id}`, runId, customerId, ...rest, ...counts, ...message };
      }),
    ),
  );
  await segmentMembers.insertMany(
    facts.flatMap(({ id, lists }) =>
      lists.map((segmentId) => {
        const customerId = id as CustomerId;
        return { _id: segmentMemberId(segmentId, customerId), segmentId, customerId, addedAt: new Date(0) };
      }),
    ),
  );
  await suppressions.insertMany(
    suppressed.map((entry) => ({ _id: newId('suppression'), ...entry, reason: 'manual' as const, at: new Date(0) })),
  );
  return collections;
}

/** Suppressions of some of these customers, the same for the same customers: of either scope, of both, of each channel, of strangers. */
export function awkwardSuppressions(facts: readonly CustomerFacts[]): Suppressed[] {
  const entries = facts.flatMap(({ email, phone }, i): Suppressed[] => {
    const scopes = i % 9 === 0 ? (['marketing', 'all'] as const) : ([i % 2 === 0 ? 'marketing' : 'all'] as const);
    return scopes.flatMap((scope): Suppressed[] => [
      ...(i % 3 === 0 && email !== null ? [{ channel: 'email', address: fold(email), scope } as const] : []),
      ...(i % 5 === 0 && phone !== null ? [{ channel: 'sms', address: fold(phone), scope } as const] : []),
      ...(i % 7 === 0 && email !== null ? [{ channel: 'sms', address: fold(email), scope } as const] : []),
    ]);
  });
  const stranger: Suppressed = { channel: 'email', address: 'nobody@example.com', scope: 'all' };
  const unique = new Map([...entries, stranger].map((entry) => [JSON.stringify(entry), entry]));
  return [...unique.values()];
}

function withoutNulls(attributes: CustomerFacts['attributes']): Record<string, AttributeValue> {
  const known: Record<string, AttributeValue> = {};
  for (const [slug, value] of Object.entries(attributes)) if (value !== null) known[slug] = value;
  return known;
}
