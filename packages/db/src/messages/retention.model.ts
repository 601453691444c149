import type { OrganizationId } from '@mini-crm/domain';
import { Schema } from 'mongoose';

/** What was removed: rows of campaigns and of programs, whole campaigns, and messages of the outbox. */
export interface RemovedCounts {
  messages: number;
  campaigns: number;
  transactional: number;
  outbox: number;
}

/** One time that a worker removed what was too old; it has no end while it is at it. */
export interface RemovalRound extends RemovedCounts {
  startedAt: Date;
  finishedAt: Date | null;
  /** What is older than this went. */
  before: Date;
}

/** What a worker notes of an organization's retention; `_id` is the organization's. */
export interface RetentionDocument {
  _id: string;
  orgId: OrganizationId;
  /** Which worker is at it, and until when nobody else begins. */
  token: string | null;
  heldUntil: Date;
  /** The last rounds that removed anything, the newest first. */
  rounds: RemovalRound[];
}

export const retentionSchema = new Schema<RetentionDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    token: { type: String, default: null },
    heldUntil: { type: Date, required: true },
    rounds: { type: Schema.Types.Mixed, required: true },
  },
  { collection: 'retention', versionKey: false, minimize: false },
);
