import {
  type CustomerEvent,
  type CustomerId,
  interactionTypes,
  type OrganizationId,
  type UserId,
} from '@mini-crm/domain';
import { Schema } from 'mongoose';

/** An event as stored: `_id` is `orgId:eventId`, so that the same event again is a no-op. */
export interface EventDocument extends Omit<CustomerEvent, 'lines'> {
  _id: string;
  orgId: OrganizationId;
  customerId: CustomerId;
  lines?: CustomerEvent['lines'];
  /** A digest of the body: another body under the same id is a clash, not a no-op. */
  digest: string;
  /** What told us: `import`, `user`, `demo`. */
  source: string;
  createdAt: Date;
  createdBy?: UserId;
}

export const eventDocumentSchema = new Schema<EventDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    eventId: { type: String, required: true },
    customerId: { type: String, required: true },
    type: { type: String, required: true },
    at: { type: Date, required: true },
    currency: { type: String, default: null },
    total: { type: Number, default: null },
    lines: { type: Schema.Types.Mixed },
    properties: { type: Schema.Types.Mixed, required: true },
    digest: { type: String, required: true },
    source: { type: String, required: true },
    createdAt: { type: Date, required: true },
    createdBy: String,
  },
  { collection: 'events', versionKey: false, minimize: false },
);
eventDocumentSchema.index({ orgId: 1, customerId: 1, at: -1, _id: -1 }); // a customer's timeline; roll-ups
eventDocumentSchema.index({ orgId: 1, type: 1, at: 1, customerId: 1, currency: 1, total: 1 }); // behaviour in a window; revenue over time
/** The interactions of the communication log, the newest first; nothing else is in it, so that other events cost nothing. */
export const interactionsIndex = 'interactions';
eventDocumentSchema.index(
  { orgId: 1, type: 1, at: -1, _id: -1 },
  { name: interactionsIndex, partialFilterExpression: { type: { $in: [...interactionTypes] } } },
);
