import type { CampaignPurpose, CustomerId, MessageId, OrganizationId, TemplateId } from '@mini-crm/domain';
import { Schema } from 'mongoose';

/** The one receiver to which a message may go again without harm; null for the installation's own channel. */
export interface RepeatBy {
  readonly by: string | null;
  readonly tries: number;
}

/**
 * A message that a program asked for: what it is made of, for as long as its row of the log is there, and until that row is
 * written where it is in the queue. Its row has the same id.
 */
export interface MessageDocument {
  _id: MessageId;
  orgId: OrganizationId;
  templateId: TemplateId;
  templateVersion: number;
  purpose: CampaignPurpose;
  customerId: CustomerId | null;
  address: string;
  name: string;
  /** As JSON, see the template's sample. */
  data: string;
  replyTo: string | null;
  state: 'queued' | 'claimed' | 'done';
  /** When its next attempt is due; only while it is in the queue. */
  dueAt?: Date;
  /** Which attempt it is at, from 1. */
  attempt: number;
  /** Who has it in hand. */
  token: string | null;
  /** Moves with every sign of life of the holder. */
  beat: number;
  /** Whether the holder may have handed it over: written before it does. */
  marked: boolean;
  /** By which sender (null for the installation's own) it may have been handed over before, and how often: it goes by no other. */
  again: RepeatBy | null;
  createdAt: Date;
}

export const messageDocumentSchema = new Schema<MessageDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    templateId: { type: String, required: true },
    templateVersion: { type: Number, required: true },
    purpose: { type: String, required: true },
    customerId: { type: String, default: null },
    address: { type: String, required: true },
    name: { type: String },
    data: { type: String, required: true },
    replyTo: { type: String, default: null },
    state: { type: String, required: true },
    dueAt: Date,
    attempt: { type: Number, required: true },
    token: { type: String, default: null },
    beat: { type: Number, required: true },
    marked: { type: Boolean, required: true },
    again: { type: Schema.Types.Mixed, default: null },
    createdAt: { type: Date, required: true },
  },
  { collection: 'messages', versionKey: false, minimize: false },
);
// The one index that does not start with the organization: a worker asks for what is due in any of them. What is through is not in it.
messageDocumentSchema.index({ state: 1, dueAt: 1 }, { partialFilterExpression: { dueAt: { $exists: true } } });
messageDocumentSchema.index({ orgId: 1, customerId: 1 }); // forgetting a customer
messageDocumentSchema.index({ orgId: 1, createdAt: 1 }); // what is older than the log is kept
