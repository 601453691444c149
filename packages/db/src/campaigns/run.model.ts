import type { ChannelFault, OrganizationId, PageCounts, ResponseCounts, Run, RunId } from '@mini-crm/domain';
import { Schema } from 'mongoose';
import type { RunSummary } from '../reports/kept-reports.repository.ts';

/** A run as stored: the entity itself, with its organization. */
export interface RunDocument extends Omit<Run, 'id'> {
  _id: RunId;
  orgId: OrganizationId;
  /** Who writes the pages of the audience, and their last sign of life; see delivery/run-work.repository.ts. */
  builder?: { token: string; beat: number } | null;
  /** Why messages wait although nobody paused: the channel is out of order. Null again with the next message that goes out. */
  trouble?: RunTrouble | null;
  /** When everybody in the audience had a row and the worker was through with the run, however it ended. */
  settledAt?: Date | null;
  /** What its pages came to, written down with `settledAt`; missing where that is to be counted. */
  totals?: PageCounts;
  /** When somebody last reacted to one of its messages (at least: noted now and then), and what was counted of that. */
  respondedAt?: Date;
  responses?: CountedResponses;
  /** What its report came to, written down before its rows are removed. */
  summary?: RunSummary;
  /** When the last of its rows and pages was removed. */
  removedAt?: Date | null;
  demo?: boolean;
}

/** Who answered, as it was counted at an instant; counting took so long. */
export interface CountedResponses extends ResponseCounts {
  countedAt: Date;
  tookMs: number;
}

export interface RunTrouble {
  fault: ChannelFault;
  detail: string | null;
  since: Date;
}

const date = { type: Date, default: null };

export const runDocumentSchema = new Schema<RunDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    campaignId: { type: String, required: true },
    state: { type: String, required: true },
    boundAt: { type: Date, required: true },
    rule: { type: Schema.Types.Mixed, required: true },
    content: { type: Schema.Types.Mixed, required: true },
    segments: { type: Schema.Types.Mixed, required: true },
    waterfall: { type: Schema.Types.Mixed, required: true },
    planned: { type: Number, default: null },
    createdAt: { type: Date, required: true },
    builtAt: date,
    finishedAt: date,
    builder: Schema.Types.Mixed,
    trouble: Schema.Types.Mixed,
    settledAt: Date,
    totals: { type: Schema.Types.Mixed, default: undefined },
    again: { type: Schema.Types.Mixed, default: undefined },
    respondedAt: Date,
    responses: { type: Schema.Types.Mixed, default: undefined },
    summary: { type: Schema.Types.Mixed, default: undefined },
    removedAt: Date,
    demo: Boolean,
  },
  { collection: 'runs', versionKey: false, minimize: false },
);
runDocumentSchema.index({ orgId: 1, removedAt: 1, settledAt: 1 }); // what is older than the organization keeps
runDocumentSchema.index({ orgId: 1, campaignId: 1, _id: 1 }); // the runs of a campaign
// Runs that the worker still has to do with: also cancelled ones, until everybody in them has a row.
runDocumentSchema.index({ settledAt: 1, state: 1, builtAt: 1 });
