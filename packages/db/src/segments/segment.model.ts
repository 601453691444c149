import type {
  ListFilling,
  OrganizationId,
  ResolvedRule,
  Rule,
  Segment,
  SegmentFields,
  SegmentId,
  StarterKey,
} from '@mini-crm/domain';
import { Schema } from 'mongoose';

/** The work of a list that a worker is still filling: who is to be on it, and how far it has come. */
export interface FillingDocument extends ListFilling {
  /** Bound when the list was asked for, so that a worker that takes over goes on with the same people. */
  rule: ResolvedRule;
  /** The last customer who was put on it. */
  after: string | null;
  /** A worker's claim ends then; free where it is past. */
  heldUntil: Date;
  token: string | null;
}

/** A segment as stored. The rule carries its own version. */
export interface SegmentDocument extends SegmentFields {
  _id: SegmentId;
  orgId: OrganizationId;
  /** Absent in segments that are older than lists: those have a rule. */
  kind?: Segment['kind'];
  /** Absent in a static segment. */
  rule?: Rule;
  /** Only in a list that is not whole yet. */
  filling?: FillingDocument | null;
  archivedAt?: Date | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  /** The name as domain's `fold` folds it: no two segments have the same. */
  foldedName: string;
  /** Which of the segments that are there from the first day it was made as. */
  starter?: StarterKey;
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
    filling: { type: Schema.Types.Mixed },
    archivedAt: Date,
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    starter: String,
    demo: Boolean,
  },
  { collection: 'segments', versionKey: false, minimize: false },
);
segmentDocumentSchema.index({ orgId: 1, updatedAt: -1, _id: 1 }); // the list, last edited first
segmentDocumentSchema.index({ orgId: 1, foldedName: 1 }, { unique: true }); // names are unique
// The one index that does not start with the organization: workers ask for lists to fill in any of them.
segmentDocumentSchema.index(
  { 'filling.heldUntil': 1 },
  { partialFilterExpression: { 'filling.heldUntil': { $exists: true } } },
);
