import { type CustomerId, idSchema, type OrganizationId, type RunId } from '../ids/id.ts';

/** What a tracking URL is for. A signature is over the kind too, so that a token for one kind is none for another. */
export const trackingKinds = ['open', 'click', 'unsubscribe'] as const;
export type TrackingKind = (typeof trackingKinds)[number];

/** Which message a tracking URL belongs to; `link` only for clicks. */
export interface TrackedMessage {
  readonly orgId: OrganizationId;
  readonly runId: RunId;
  readonly customerId: CustomerId;
  readonly link: number | null;
}

const idLength = 26;
/** Characters of the signature at the end of a token: 128 bits in base64url. */
export const signatureLength = 22;

/** Characters of the ids at the beginning of a payload. */
export const payloadIdsLength = 3 * idLength;

const organization = idSchema('organization');
const run = idSchema('run');
const customer = idSchema('customer');

const tail = (id: string) => id.slice(-idLength);

/** What is signed into a URL: the three ids without their prefixes and the link's number. */
export function trackingPayload({ orgId, runId, customerId, link }: TrackedMessage): string {
  return tail(orgId) + tail(runId) + tail(customerId) + (link === null ? '' : link.toString(36));
}

/** The message of a payload whose signature was checked; null where it is malformed. */
export function parseTrackingPayload(kind: TrackingKind, payload: string): TrackedMessage | null {
  const part = (i: number) => payload.slice(i * idLength, (i + 1) * idLength);
  const orgId = organization.safeParse(`org_${part(0)}`);
  const runId = run.safeParse(`run_${part(1)}`);
  const customerId = customer.safeParse(`cus_${part(2)}`);
  if (!orgId.success || !runId.success || !customerId.success) return null;
  const rest = payload.slice(payloadIdsLength);
  if (kind === 'click' ? !/^(0|[1-9a-z][0-9a-z]{0,2})$/.test(rest) : rest !== '') return null;
  const link = kind === 'click' ? Number.parseInt(rest, 36) : null;
  return { orgId: orgId.data, runId: runId.data, customerId: customerId.data, link };
}
