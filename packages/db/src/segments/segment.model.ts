import type { OrganizationId, Segment, SegmentId } from '@mini-crm/domain';
import { Schema } from 'mongoose';

/** A segment as stored. The rule carries its own version. */
export interface SegmentDocument extends Omit<Segment, 'id'> {
  _id: SegmentId;
  orgId: OrganizationId;
  /** The name as domain's `fold` folds it, for the search of the list. */
  foldedName: string;
  /** Made by the demo, and removed with it. */
  demo?: boolean;
}

export const segmentDocumentSchema = new Schema<SegmentDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    name: { type: String, required: true },
    foldedName: { type: String, required: true },
    description: { type: String, default: '' },
    rule: { type: Schema.Types.Mixed, required: true },
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    demo: Boolean,
  },
  { collection: 'segments', versionKey: false, minimize: false },
);
segmentDocumentSchema.index({ orgId: 1, updatedAt: -1, _id: 1 }); // the list, last edited first
