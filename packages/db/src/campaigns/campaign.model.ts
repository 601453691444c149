import type { Campaign, CampaignId, OrganizationId } from '@mini-crm/domain';
import { Schema } from 'mongoose';

/** A campaign as stored: the entity itself, with its organization. */
export interface CampaignDocument extends Omit<Campaign, 'id'> {
  _id: CampaignId;
  orgId: OrganizationId;
  /** The name as domain's `fold` folds it, for the search of the list. */
  foldedName: string;
  /** Made by the demo, and removed with it. */
  demo?: boolean;
}

const date = { type: Date, default: null };

export const campaignDocumentSchema = new Schema<CampaignDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    name: { type: String, required: true },
    foldedName: { type: String, required: true },
    channel: { type: String, required: true },
    purpose: { type: String, required: true },
    audience: { type: Schema.Types.Mixed, required: true },
    content: { type: Schema.Types.Mixed, required: true },
    sender: { type: Schema.Types.Mixed, default: null },
    schedule: { type: Schema.Types.Mixed, required: true },
    state: { type: String, required: true },
    version: { type: Number, required: true },
    runId: { type: String, default: null },
    createdBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    launchedAt: date,
    finishedAt: date,
    failure: { type: Schema.Types.Mixed, default: null },
    toleratedBounces: Number,
    again: { type: Schema.Types.Mixed, default: undefined },
    demo: Boolean,
  },
  { collection: 'campaigns', versionKey: false, minimize: false },
);
campaignDocumentSchema.index({ orgId: 1, _id: -1 }); // the list
campaignDocumentSchema.index({ orgId: 1, launchedAt: -1, _id: 1, name: 1 }); // the names that rules can ask about, at each preview
campaignDocumentSchema.index({ orgId: 1, state: 1, _id: -1 }); // the list by state; what is running
// The one index that does not start with the organization: the worker asks for what is due in any of them.
campaignDocumentSchema.index({ state: 1, 'schedule.at': 1 }, { partialFilterExpression: { state: 'scheduled' } });
// Of each campaign, one at most goes out again to each kind of those who did not get it, however often and by whom it is asked for.
campaignDocumentSchema.index(
  { orgId: 1, 'again.campaignId': 1, 'again.kinds': 1 },
  { unique: true, partialFilterExpression: { 'again.campaignId': { $exists: true } } },
);
