import type { CampaignId, CustomerId, OrganizationId, PageCounts, PageState, RunId } from '@mini-crm/domain';
import { Schema } from 'mongoose';

/**
 * The beginning of a page, up to `to`, may have been handed over to a sender that takes the same message twice without harm: it
 * goes again by that very sender and no other. Of no meaning once it is settled.
 */
export interface Again {
  /** The receiver behind the sender; null for the installation's own channel. */
  readonly by: string | null;
  readonly to: number;
  /** How often it was tried. */
  readonly tries: number;
}

/**
 * Up to a hundred recipients of a run, and how far they are. Recipients before `settled` have their outcome written down,
 * those from `settled` to `mark` may have been handed over, those from `mark` on surely were not.
 */
export interface PageDocument {
  _id: string;
  orgId: OrganizationId;
  runId: RunId;
  campaignId: CampaignId;
  customerIds: CustomerId[];
  /** For a page of retries, the page that they come from. */
  parent: string | null;
  /** Which attempt these recipients are at, from 1. */
  attempt: number;
  /** The zone in which all of its recipients live, where that decides when they are due. */
  zone?: string;
  /** Its recipients get a row that says that the time had passed in their zone, and no message. */
  passed?: boolean;
  dueAt: Date;
  state: PageState;
  /** Who holds the page; every change of a claimed page names it. */
  token: string | null;
  /** Moves with every sign of life of the holder; a page whose token and beat stand still is taken over. */
  beat: number;
  mark: number;
  settled: number;
  /** The receiver to which the group between `settled` and `mark` goes; null for the installation's own channel. */
  via?: string | null;
  again?: Again;
  counts: PageCounts;
}

export const pageSchema = new Schema<PageDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    runId: { type: String, required: true },
    campaignId: { type: String, required: true },
    customerIds: { type: [String], required: true },
    parent: { type: String, default: null },
    attempt: { type: Number, required: true },
    zone: String,
    passed: Boolean,
    dueAt: { type: Date, required: true },
    state: { type: String, required: true },
    token: { type: String, default: null },
    beat: { type: Number, required: true },
    mark: { type: Number, required: true },
    settled: { type: Number, required: true },
    via: String,
    again: Schema.Types.Mixed,
    counts: { type: Schema.Types.Mixed, required: true },
  },
  { collection: 'pages', versionKey: false, minimize: false },
);
pageSchema.index({ orgId: 1, runId: 1, state: 1, dueAt: 1 }); // claiming, the reaper's watch, is anything open, progress
pageSchema.index({ orgId: 1, runId: 1, parent: 1, _id: 1 }); // the builder's last page
