import type { EventCatalogue, OrganizationId } from '@mini-crm/domain';
import { Schema } from 'mongoose';

/**
 * The event catalogue of an organization, one document: so its limits hold exactly, and a property can't get two types
 * from two processes. `_id` is the organization's id.
 */
export interface EventTypesDocument extends EventCatalogue {
  _id: OrganizationId;
  orgId: OrganizationId;
  /** Counted up by every change; who writes names the one that was read. */
  version: number;
}

export const eventTypesDocumentSchema = new Schema<EventTypesDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    types: { type: Schema.Types.Mixed, required: true },
    properties: { type: Schema.Types.Mixed, required: true },
    version: { type: Number, required: true },
  },
  { collection: 'eventTypes', versionKey: false },
);
// No index but `_id`: there is one document an organization, and it is read by that.
