import type {
  ColumnTarget,
  CsvDelimiter,
  CustomerId,
  ErrorCode,
  Id,
  ImportCounts,
  ImportId,
  ImportKind,
  ImportOptions,
  ImportPhase,
  ImportState,
  OrganizationId,
  RowFault,
} from '@mini-crm/domain';
import type { Binary } from 'mongodb';
import { Schema } from 'mongoose';

/** Why a whole import failed: a refusal of its file, or what only a run can meet. */
export interface ImportFailure {
  readonly code: ErrorCode | 'upload_gone' | 'attribute_changed' | 'unexpected';
  readonly details: Readonly<Record<string, unknown>>;
}

/** An import: what was asked, and how far it is. Its batches are the record of what is done; the counts here follow them. */
export interface ImportDocument {
  _id: ImportId;
  orgId: OrganizationId;
  kind: ImportKind;
  uploadId: Id<'upload'>;
  fileName: string;
  fileSize: number;
  delimiter: CsvDelimiter;
  header: string[];
  columns: ColumnTarget[];
  options: ImportOptions;
  dryRun: boolean;
  state: ImportState;
  phase: ImportPhase | null;
  /** Set while it runs: an organization has one running import, so that two never decide about the same person at once. */
  active?: true;
  /** Who holds it; every change of a running import names it. */
  token: string | null;
  /** Moves with every sign of life of the holder; an import whose token and beat stand still is taken over. */
  beat: number;
  /** How often it was taken up without getting any further. */
  attempts: number;
  /** The sessions of its holder's transactions: what a killed holder left open would be in the way for a minute. */
  sessions: Binary[];
  cancelAsked: boolean;
  counts: ImportCounts;
  /** Rows of the file, known once it was checked whole. */
  rowsTotal: number | null;
  /** How far the phase is, from 0 to 1. */
  progress: number;
  failure: ImportFailure | null;
  createdBy: { id: string; name: string };
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

export const importSchema = new Schema<ImportDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    kind: { type: String, required: true },
    uploadId: { type: String, required: true },
    fileName: { type: String, required: true },
    fileSize: { type: Number, required: true },
    delimiter: { type: String, required: true },
    header: { type: [String], required: true },
    columns: { type: Schema.Types.Mixed, required: true },
    options: { type: Schema.Types.Mixed, required: true },
    dryRun: { type: Boolean, required: true },
    state: { type: String, required: true },
    phase: { type: String, default: null },
    active: Boolean,
    token: { type: String, default: null },
    beat: { type: Number, required: true },
    attempts: { type: Number, required: true },
    sessions: { type: Schema.Types.Mixed, required: true },
    cancelAsked: { type: Boolean, required: true },
    counts: { type: Schema.Types.Mixed, required: true },
    rowsTotal: { type: Number, default: null },
    progress: { type: Number, required: true },
    failure: { type: Schema.Types.Mixed, default: null },
    createdBy: { type: Schema.Types.Mixed, required: true },
    createdAt: { type: Date, required: true },
    startedAt: Date,
    finishedAt: Date,
  },
  { collection: 'imports', versionKey: false, minimize: false },
);
importSchema.index({ orgId: 1, active: 1 }, { unique: true, partialFilterExpression: { active: true } }); // one at a time
importSchema.index({ orgId: 1, createdAt: -1, _id: -1 }); // the history
importSchema.index({ state: 1, createdAt: 1, orgId: 1 }); // the worker's queue, across organizations
importSchema.index({ orgId: 1, startedAt: -1 }); // whose turn it is

/** A row that was refused, as it stood in the file. */
export interface RefusedRow {
  /** As a spreadsheet counts: the header is row 1. */
  readonly row: number;
  readonly fault: RowFault;
  readonly cells: readonly string[];
}

/**
 * What became of a stretch of rows; written in one transaction with the customers and events that came of it, so that a
 * batch is done wholly or not at all, and a resumed import knows by the batches that are there which ones are left.
 */
export interface ImportBatchDocument {
  _id: string;
  orgId: OrganizationId;
  importId: ImportId;
  number: number;
  counts: ImportCounts;
  refused: RefusedRow[];
  /** Customers whose roll-ups are due; gone once they are summed. */
  touched?: CustomerId[];
  /** What rows of later batches are compared with: contents of orders without an id; identities in a dry run. */
  keys?: string[];
}

export const importBatchSchema = new Schema<ImportBatchDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    importId: { type: String, required: true },
    number: { type: Number, required: true },
    counts: { type: Schema.Types.Mixed, required: true },
    refused: { type: Schema.Types.Mixed, required: true },
    touched: { type: [String], default: undefined },
    keys: { type: [String], default: undefined },
  },
  { collection: 'import_batches', versionKey: false, minimize: false },
);
importBatchSchema.index({ orgId: 1, importId: 1, number: 1 }, { unique: true }); // what is done, refused rows in order
importBatchSchema.index(
  { orgId: 1, importId: 1, keys: 1 },
  { partialFilterExpression: { 'keys.0': { $exists: true } } },
); // rows like this one in earlier batches

/** A file that was sent and not imported yet; its bytes are in GridFS under the same id. */
export interface UploadDocument {
  _id: Id<'upload'>;
  orgId: OrganizationId;
  name: string;
  /** In bytes; of one that is coming in, as many as it may have. */
  size: number;
  state: 'receiving' | 'ready';
  /** When bytes last came in, or when it was last used. */
  touchedAt: Date;
}

export const uploadSchema = new Schema<UploadDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    name: { type: String, required: true },
    size: { type: Number, required: true },
    state: { type: String, required: true },
    touchedAt: { type: Date, required: true },
  },
  { collection: 'uploads', versionKey: false },
);
uploadSchema.index({ orgId: 1, size: 1 }); // how much one organization keeps
uploadSchema.index({ state: 1, touchedAt: 1 }); // what nobody came back for
