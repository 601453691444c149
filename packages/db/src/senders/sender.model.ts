import type { DkimAlgorithm, OrganizationId, SenderId, SenderTrouble, SmtpTls, Throttle } from '@mini-crm/domain';
import { Schema } from 'mongoose';

/** A secret as it is stored: encrypted, so that a copy of the database alone is worth nothing. */
export type Sealed = string & { readonly __sealed: true };

/** How a stored sender signs. */
export interface StoredDkim {
  domain: string;
  selector: string;
  algorithm: DkimAlgorithm;
  privateKey: Sealed;
  /** In base64, as the DNS record has it. */
  publicKey: string;
}

export type StoredWay =
  | {
      type: 'smtp';
      host: string;
      port: number;
      tls: SmtpTls;
      user: string;
      password: Sealed | null;
      dkim: StoredDkim | null;
    }
  | { type: 'webhook'; url: string; secret: Sealed };

/** One of the ways out of an organization's messages. */
export interface SenderDocument {
  _id: SenderId;
  orgId: OrganizationId;
  name: string;
  /** Its place among the organization's senders, from 0. */
  order: number;
  enabled: boolean;
  way: StoredWay;
  throttle: Throttle;
  /** Moves with every change of what is above: whoever holds an older one opens the sender anew. */
  version: number;
  /** How often its receiver became another one, which does not know what an earlier one took. Absent for never. */
  moves?: number;
  /** What the worker that met a fault last says of it; cleared when messages go out again. */
  trouble: SenderTrouble | null;
  createdAt: Date;
  updatedAt: Date;
}

export const senderDocumentSchema = new Schema<SenderDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    name: { type: String, required: true },
    order: { type: Number, required: true },
    enabled: { type: Boolean, required: true },
    way: { type: Schema.Types.Mixed, required: true },
    throttle: { type: Schema.Types.Mixed, required: true },
    version: { type: Number, required: true },
    moves: Number,
    trouble: { type: Schema.Types.Mixed, default: null },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'senders', versionKey: false },
);
senderDocumentSchema.index({ orgId: 1, order: 1, _id: 1 }); // the list, and the route of the organization's messages

/** How many messages of a window of the clock are taken. */
export interface WindowUse {
  at: Date;
  used: number;
}

/** What a throttled sender was given lately; `_id` is the sender's. */
export interface SenderUseDocument {
  _id: SenderId;
  orgId: OrganizationId;
  perSecond: WindowUse;
  perMinute: WindowUse;
  perHour: WindowUse;
  /** What the last reservation got, and when it was, by the database's clock. */
  granted: number;
  askedAt: Date;
}

export const senderUseSchema = new Schema<SenderUseDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    perSecond: { type: Schema.Types.Mixed, required: true },
    perMinute: { type: Schema.Types.Mixed, required: true },
    perHour: { type: Schema.Types.Mixed, required: true },
    granted: { type: Number, required: true },
    askedAt: { type: Date, required: true },
  },
  { collection: 'senderUses', versionKey: false },
);
