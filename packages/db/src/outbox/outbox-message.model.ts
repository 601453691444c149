import type { CampaignId, CustomerId, OrganizationId } from '@mini-crm/domain';
import { Schema } from 'mongoose';

/** A message that would have gone out by e-mail, kept for the inbox because no SMTP server is configured. */
export interface OutboxMessageDocument {
  /** The message's Message-ID without its brackets for campaigns (the same message again is the same document), `msg_...` for tests. */
  _id: string;
  orgId: OrganizationId;
  kind: 'campaign' | 'transactional' | 'test';
  to: string;
  from: string;
  replyTo: string;
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
  at: Date;
  campaignId?: CampaignId;
  customerId?: CustomerId;
}

export const outboxMessageSchema = new Schema<OutboxMessageDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    kind: { type: String, required: true },
    to: { type: String, required: true },
    from: { type: String, required: true },
    replyTo: { type: String },
    subject: { type: String },
    html: { type: String },
    text: { type: String },
    headers: { type: Schema.Types.Mixed, required: true },
    at: { type: Date, required: true },
    campaignId: String,
    customerId: String,
  },
  { collection: 'outbox', versionKey: false, minimize: false },
);
outboxMessageSchema.index({ orgId: 1, at: -1, _id: -1 }); // the inbox
outboxMessageSchema.index({ orgId: 1, campaignId: 1, at: -1, _id: -1 }); // the inbox of one campaign
