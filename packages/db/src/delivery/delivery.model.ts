import type {
  CampaignId,
  CustomerId,
  DeliveryFields,
  OrganizationId,
  RunId,
  TemplateId,
  TransactionalDelivery,
  Visit,
} from '@mini-crm/domain';
import { Schema } from 'mongoose';
import { declareIndexes } from './delivery-indexes.ts';

/**
 * A row of the communication log. A campaign's has no `kind`, and `_id` is `runId:customerId`; a transactional one's `_id` is
 * the message's, its run and campaign are null.
 */
export interface DeliveryDocument extends DeliveryFields {
  _id: string;
  orgId: OrganizationId;
  kind?: TransactionalDelivery['kind'];
  runId: RunId | null;
  campaignId: CampaignId | null;
  customerId: CustomerId | null;
  templateId?: TemplateId;
  templateVersion?: number;
  /** The address as domain's `fold` folds it: what the log compares. */
  foldedAddress: string;
  /** What clients did lately that may still turn out to be machines, and which write noted the last reaction. */
  visits?: Visit[];
  reactedBy?: string | null;
  /** The run that sends it again to this person. */
  againBy?: RunId;
  /** Made by the demo, and removed with it. */
  demo?: boolean;
}

/** The rows of campaigns, among those of transactional messages. */
export const ofCampaigns = { campaignId: { $ne: null } };

/** The row of a campaign's message: what segments, reports of campaigns and the columns read. */
export interface CampaignDeliveryDocument extends DeliveryDocument {
  kind?: never;
  runId: RunId;
  campaignId: CampaignId;
  customerId: CustomerId;
}

/** What is counted from an index of its own. */
export type Countable =
  | 'openedAt'
  | 'clickedAt'
  | 'unsubscribedAt'
  | 'bouncedAt'
  | 'machineOpenedAt'
  | 'machineClickedAt';

/** The name of that index. */
export const countIndex = (field: Countable): string => `count ${field}`;

export const deliverySchema = new Schema<DeliveryDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    kind: String,
    runId: { type: String, default: null },
    campaignId: { type: String, default: null },
    customerId: { type: String, default: null },
    templateId: String,
    templateVersion: Number,
    channel: { type: String, required: true },
    address: { type: String },
    foldedAddress: { type: String },
    name: { type: String },
    state: { type: String, required: true },
    reason: { type: String, default: null },
    detail: { type: String, default: null },
    attempt: { type: Number, required: true },
    messageId: { type: String, default: null },
    senderId: String,
    at: { type: Date, required: true },
    deliveredAt: Date,
    bouncedAt: Date,
    softBouncedAt: Date,
    complainedAt: Date,
    openedAt: Date,
    opens: { type: Number, required: true },
    clickedAt: Date,
    clicks: { type: Schema.Types.Mixed, required: true },
    machineOpenedAt: Date,
    machineClickedAt: Date,
    machineOpens: Number,
    machineClicks: Number,
    visits: { type: Schema.Types.Mixed, default: undefined },
    reactedBy: String,
    againBy: String,
    unsubscribedAt: Date,
    demo: Boolean,
  },
  { collection: 'deliveries', versionKey: false, minimize: false },
);
declareIndexes(deliverySchema as never);
// Counting those who answered without touching a row: people, machines, and who is both. See reports/response-counts.repository.ts.
const counted: readonly [Countable, ...Countable[]][] = [
  ['openedAt'],
  ['clickedAt'],
  ['unsubscribedAt'],
  ['bouncedAt'],
  ['machineOpenedAt', 'openedAt'],
  ['machineClickedAt', 'clickedAt'],
];
for (const [field, ...more] of counted) {
  const fields = Object.fromEntries([field, ...more].map((name) => [name, 1 as const]));
  const partialFilterExpression = { [field]: { $exists: true } };
  deliverySchema.index({ orgId: 1, campaignId: 1, ...fields }, { name: countIndex(field), partialFilterExpression });
}
