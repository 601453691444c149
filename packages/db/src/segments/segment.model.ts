import type { OrganizationId, Rule, Segment, SegmentFields, SegmentId } from '@mini-crm/domain';
import { Schema } from 'mongoose';

/** A segment as stored. The rule carries its own version. */
export interface SegmentDocument extends SegmentFields {
  _id: SegmentId;
  orgId: OrganizationId;
  /** Absent in segments that are older than lists: those have a rule. */
  kind?: Segment['kind'];
  /** Absent in a static segment. */
  rule?: Rule;
  archivedAt?: Date | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
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
    kind: String,
    rule: { type: Schema.Types.Mixed },
    archivedAt: Date,
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    demo: Boolean,
  },
  { collection: 'segments', versionKey: false, minimize: false },
);
segmentDocumentSchema.index({ orgId: 1, updatedAt: -1, _id: 1 }); // the list, last edited first
