import type { OrganizationId, StoredKey } from '@mini-crm/domain';
import { Schema } from 'mongoose';

/** A key with which a program may ask the same twice. `_id` is made of organization, program and key. */
export interface IdempotencyDocument extends Omit<StoredKey<string>, 'answer'> {
  _id: string;
  orgId: OrganizationId;
  /** The answer as JSON; null while the request is on its way. */
  answer: string | null;
  /** Which request has the key. */
  token: string;
}

export const idempotencySchema = new Schema<IdempotencyDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    digest: { type: String, required: true },
    answer: { type: String, default: null },
    token: { type: String, required: true },
    until: { type: Date, required: true },
  },
  { collection: 'idempotencyKeys', versionKey: false },
);
idempotencySchema.index({ until: 1 }, { expireAfterSeconds: 0 }); // MongoDB itself removes what nobody may ask any more
