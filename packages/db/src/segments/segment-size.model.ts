import type { OrganizationId, SegmentId } from '@mini-crm/domain';
import { Schema } from 'mongoose';

/** How many people a segment had on a day of its organization's calendar. */
export interface SegmentSizeDocument {
  /** `<segmentId>:<date>` */
  _id: string;
  orgId: OrganizationId;
  segmentId: SegmentId;
  /** `2026-06-17` */
  date: string;
  /** Null while a worker counts; two workers never count the same. */
  size: number | null;
  /** All customers at that moment. */
  total: number | null;
  /** When it was counted, or when the counting began. */
  at: Date;
}

// A little over two years: the chart compares with the year before.
const keptSeconds = 800 * 86_400;

export const segmentSizeSchema = new Schema<SegmentSizeDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    segmentId: { type: String, required: true },
    date: { type: String, required: true },
    size: { type: Number, default: null },
    total: { type: Number, default: null },
    at: { type: Date, required: true },
  },
  { collection: 'segmentSizes', versionKey: false },
);
segmentSizeSchema.index({ orgId: 1, segmentId: 1, date: 1 }); // the chart of a segment
segmentSizeSchema.index({ at: 1 }, { expireAfterSeconds: keptSeconds });
