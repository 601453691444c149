import type { CustomerDocument } from '../../customers/customer.model.ts';
import type { CampaignDeliveryDocument } from '../../delivery/delivery.model.ts';
import type { EventDocument } from '../../events/event.model.ts';
import type { SegmentMemberDocument } from '../../segments/segment-member.model.ts';
import type { SuppressionDocument } from '../../suppressions/suppression.model.ts';

/** What the projection reads of each document; anything else may be missing. */
export type CustomerRow = Pick<
  CustomerDocument,
  | '_id'
  | 'externalId'
  | 'email'
  | 'phone'
  | 'firstName'
  | 'lastName'
  | 'timeZone'
  | 'locale'
  | 'attributes'
  | 'consents'
  | 'createdAt'
>;
export type EventRow = Pick<
  EventDocument,
  'eventId' | 'customerId' | 'type' | 'at' | 'currency' | 'total' | 'lines' | 'properties'
>;
/** Of the communication log only what campaigns sent: rules ask for nothing else. */
export type DeliveryRow = Pick<
  CampaignDeliveryDocument,
  | '_id'
  | 'customerId'
  | 'campaignId'
  | 'state'
  | 'at'
  | 'deliveredAt'
  | 'bouncedAt'
  | 'openedAt'
  | 'clickedAt'
  | 'machineOpenedAt'
  | 'machineClickedAt'
  | 'unsubscribedAt'
>;
export type SuppressionRow = Pick<SuppressionDocument, '_id' | 'channel' | 'address' | 'scope'>;
export type MemberRow = Pick<SegmentMemberDocument, '_id' | 'segmentId' | 'customerId'>;

/** Up to where the projection has followed the change stream. */
export interface SavedPosition {
  /** The stream's resume token, as JSON or whatever the caller made of it. */
  readonly token: string;
  /** Every write before this instant is in. */
  readonly asOf: Date;
}

/**
 * Writes rows inside one transaction. Documents are whole documents as MongoDB has them (`CustomerRow` and so on); what is
 * written about customers who are not there is left out, so customers come before what they did.
 */
export interface ProjectionWriter {
  upsertCustomers(documents: readonly CustomerRow[]): Promise<void>;
  /** Customers that are surely not there yet: what an `insert` of the change stream says, once. Nobody has to be looked for. */
  insertCustomers(documents: readonly CustomerRow[]): Promise<void>;
  /** With all that they did, got and are listed on. */
  removeCustomers(ids: readonly string[]): Promise<void>;
  /** Events that are surely not there yet: what an `insert` of the change stream says, once. Far faster than `replaceEvents`. */
  insertEvents(documents: readonly EventRow[]): Promise<void>;
  /** Events that may be there already, with this or another customer, type or total. */
  replaceEvents(documents: readonly EventRow[]): Promise<void>;
  /** By `_id` of the events collection, `orgId:eventId`. */
  removeEvents(ids: readonly string[]): Promise<void>;
  upsertDeliveries(documents: readonly DeliveryRow[]): Promise<void>;
  removeDeliveries(ids: readonly string[]): Promise<void>;
  upsertSuppressions(documents: readonly SuppressionRow[]): Promise<void>;
  removeSuppressions(ids: readonly string[]): Promise<void>;
  upsertMembers(documents: readonly MemberRow[]): Promise<void>;
  removeMembers(ids: readonly string[]): Promise<void>;
  savePosition(position: SavedPosition): Promise<void>;
}

/**
 * Fills an empty projection: first all customers, then the rest in any order, then `finish`. Each call takes some thousands
 * of documents. Nothing is read until `finish` has written the position; a load that broke off is thrown away with its file.
 */
export interface ProjectionLoader {
  customers(documents: readonly CustomerRow[]): Promise<void>;
  events(documents: readonly EventRow[]): Promise<void>;
  /** The same for events as they are stored, several times faster. */
  storedEvents(documents: readonly Buffer[]): Promise<void>;
  deliveries(documents: readonly DeliveryRow[]): Promise<void>;
  suppressions(documents: readonly SuppressionRow[]): Promise<void>;
  members(documents: readonly MemberRow[]): Promise<void>;
  /** Sorts, adds up and saves the position. */
  finish(position: SavedPosition): Promise<void>;
}

/** The columns of one organization in an attached DuckDB database (`catalog`). One writes at a time; any number read. */
export interface Projection {
  readonly catalog: string;
  /** Where it stands; null while it was never loaded to the end. */
  position(): Promise<SavedPosition | null>;
  /** Runs `work` in one transaction: all of it is there afterwards, or, when it throws, nothing. */
  write(work: (writer: ProjectionWriter) => Promise<void>): Promise<void>;
  load(): ProjectionLoader;
}
