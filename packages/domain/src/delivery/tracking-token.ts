import { type CustomerId, idPrefixes, idSchema, type MessageId, type OrganizationId, type RunId } from '../ids/id.ts';
import { deliveryId } from './delivery.ts';

/** What a tracking URL is for. A signature is over the kind too, so that a token for one kind is none for another. */
export const trackingKinds = ['open', 'click', 'unsubscribe'] as const;
export type TrackingKind = (typeof trackingKinds)[number];

/** Which message a tracking URL belongs to; `link` only for clicks. */
export type TrackedMessage = TrackedOrganization & (TrackedCampaignMessage | TrackedTransactionalMessage);

interface TrackedOrganization {
  readonly orgId: OrganizationId;
  readonly link: number | null;
}

/** A run's message to a customer. */
interface TrackedCampaignMessage {
  readonly runId: RunId;
  readonly customerId: CustomerId;
  readonly messageId?: never;
}

/** A message that a program asked for; to whom it went is in its row. */
interface TrackedTransactionalMessage {
  readonly messageId: MessageId;
  readonly runId?: never;
  readonly customerId?: never;
}

/** Which message it is, whatever the link. */
export type MessageOfLink = Omit<TrackedOrganization, 'link'> & (TrackedCampaignMessage | TrackedTransactionalMessage);

/** The row of the log that a tracked message has. */
export const trackedDeliveryId = (message: TrackedCampaignMessage | TrackedTransactionalMessage): string =>
  message.messageId ?? deliveryId(message.runId, message.customerId);

const idLength = 26;
/** Characters of the signature at the end of a token: 128 bits in base64url. */
export const signatureLength = 22;

/** Characters of the ids at the beginning of a payload. */
export const payloadIdsLength = 3 * idLength;

const organization = idSchema('organization');
const run = idSchema('run');
const customer = idSchema('customer');
const message = idSchema('message');

const tail = (id: string) => id.slice(-idLength);

/** Stands where a run would: ids begin with their time, so that no run has this one. */
const noRun = '0'.repeat(idLength);

/** What is signed into a URL: the ids without their prefixes and the link's number. */
export function trackingPayload(tracked: TrackedMessage): string {
  const { orgId, link } = tracked;
  const ids =
    tracked.messageId === undefined ? tail(tracked.runId) + tail(tracked.customerId) : noRun + tail(tracked.messageId);
  return tail(orgId) + ids + (link === null ? '' : link.toString(36));
}

/** The message of a payload whose signature was checked; null where it is malformed. */
export function parseTrackingPayload(kind: TrackingKind, payload: string): TrackedMessage | null {
  const part = (i: number) => payload.slice(i * idLength, (i + 1) * idLength);
  const orgId = organization.safeParse(`org_${part(0)}`);
  if (!orgId.success) return null;
  const rest = payload.slice(payloadIdsLength);
  if (kind === 'click' ? !/^(0|[1-9a-z][0-9a-z]{0,2})$/.test(rest) : rest !== '') return null;
  const link = kind === 'click' ? Number.parseInt(rest, 36) : null;
  if (part(1) === noRun) {
    const messageId = message.safeParse(`${idPrefixes.message}_${part(2)}`);
    return messageId.success ? { orgId: orgId.data, messageId: messageId.data, link } : null;
  }
  const runId = run.safeParse(`run_${part(1)}`);
  const customerId = customer.safeParse(`cus_${part(2)}`);
  if (!runId.success || !customerId.success) return null;
  return { orgId: orgId.data, runId: runId.data, customerId: customerId.data, link };
}
