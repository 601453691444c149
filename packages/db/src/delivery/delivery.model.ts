import type { Delivery, OrganizationId } from '@mini-crm/domain';
import { Schema } from 'mongoose';

/** A row of the communication log; `_id` is `runId:customerId`. */
export interface DeliveryDocument extends Omit<Delivery, 'id'> {
  _id: string;
  orgId: OrganizationId;
  /** The address as domain's `fold` folds it: what the log searches by. */
  foldedAddress: string;
  /** Made by the demo, and removed with it. */
  demo?: boolean;
}

export const deliverySchema = new Schema<DeliveryDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    runId: { type: String, required: true },
    campaignId: { type: String, required: true },
    customerId: { type: String, required: true },
    channel: { type: String, required: true },
    address: { type: String },
    foldedAddress: { type: String },
    name: { type: String },
    state: { type: String, required: true },
    reason: { type: String, default: null },
    detail: { type: String, default: null },
    attempt: { type: Number, required: true },
    messageId: { type: String, default: null },
    at: { type: Date, required: true },
    deliveredAt: Date,
    bouncedAt: Date,
    complainedAt: Date,
    openedAt: Date,
    opens: { type: Number, required: true },
    clickedAt: Date,
    clicks: { type: Schema.Types.Mixed, required: true },
    machineOpenedAt: Date,
    machineClickedAt: Date,
    unsubscribedAt: Date,
    demo: Boolean,
  },
  { collection: 'deliveries', versionKey: false, minimize: false },
);
deliverySchema.index({ orgId: 1, at: -1, _id: -1 }); // the log, the newest first
deliverySchema.index({ orgId: 1, state: 1, at: -1, _id: -1 }); // the log of one state
deliverySchema.index({ orgId: 1, campaignId: 1, at: -1, _id: -1 }); // the log of one campaign, the report over time
deliverySchema.index({ orgId: 1, campaignId: 1, state: 1, at: -1, _id: -1 }); // the log of one campaign and state
deliverySchema.index({ orgId: 1, customerId: 1, at: -1, _id: -1 }); // a customer's timeline
deliverySchema.index({ orgId: 1, foldedAddress: 1, at: -1, _id: -1 }); // the log by recipient's address
// The log and the report of those who answered, of one campaign and over all: only they are in these indexes, so that nobody
// has to be looked for among all rows, and none when a row is inserted.
for (const response of ['opened', 'clicked', 'unsubscribed']) {
  const partialFilterExpression = { [`${response}At`]: { $exists: true } };
  deliverySchema.index(
    { orgId: 1, campaignId: 1, at: -1, _id: -1 },
    { name: `of campaign ${response}`, partialFilterExpression },
  );
  deliverySchema.index({ orgId: 1, at: -1, _id: -1 }, { name: response, partialFilterExpression });
}
