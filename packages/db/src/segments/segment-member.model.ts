import type { CustomerId, OrganizationId, SegmentId } from '@mini-crm/domain';
import { Schema } from 'mongoose';

/** That a customer is on the list of a static segment; `_id` is `segmentId:customerId`. */
export interface SegmentMemberDocument {
  _id: string;
  orgId: OrganizationId;
  segmentId: SegmentId;
  customerId: CustomerId;
  addedAt: Date;
}

/** The id of somebody's place on a list: nobody is on it twice. */
export const segmentMemberId = (segmentId: SegmentId, customerId: CustomerId): string => `${segmentId}:${customerId}`;

export const segmentMemberSchema = new Schema<SegmentMemberDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    segmentId: { type: String, required: true },
    customerId: { type: String, required: true },
    addedAt: { type: Date, required: true },
  },
  { collection: 'segmentMembers', versionKey: false },
);
segmentMemberSchema.index({ orgId: 1, segmentId: 1, customerId: 1 }); // who is on a list, in the order of ids
segmentMemberSchema.index({ orgId: 1, customerId: 1 }); // the lists that somebody is on
