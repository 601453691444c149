import type { CampaignId, OrganizationId, SuppressionReason, SuppressionScope } from '@mini-crm/domain';
import { Schema } from 'mongoose';

/** An address that must not be written to. It outlives the customer, and no import takes it back. */
export interface SuppressionDocument {
  _id: string;
  orgId: OrganizationId;
  channel: string;
  /** The address as domain's `fold` folds it. */
  address: string;
  /** `marketing` stops campaigns; `all` stops every message (a hard bounce, a complaint). */
  scope: SuppressionScope;
  reason: SuppressionReason;
  at: Date;
  campaignId?: CampaignId;
  /** What the receiving server said. */
  detail?: string;
}

export const suppressionSchema = new Schema<SuppressionDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    channel: { type: String, required: true },
    address: { type: String, required: true },
    scope: { type: String, required: true },
    reason: { type: String, required: true },
    at: { type: Date, required: true },
    campaignId: String,
    detail: String,
  },
  { collection: 'suppressions', versionKey: false },
);
suppressionSchema.index({ orgId: 1, channel: 1, address: 1, scope: 1 }, { unique: true }); // the check before every hand-over
suppressionSchema.index({ orgId: 1, at: -1 }); // the list
