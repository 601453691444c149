import type { ApiKeyId, ApiScope, OrganizationId, UserId } from '@mini-crm/domain';
import { Schema } from 'mongoose';

/** A key of an organization's programs. The key itself is nowhere: only its hash is, and its beginning, for people. */
export interface ApiKeyDocument {
  _id: ApiKeyId;
  orgId: OrganizationId;
  name: string;
  scopes: ApiScope[];
  /** The first characters of the key. */
  prefix: string;
  /** SHA-256 of the key, in hex: right for 256 random bits, which nobody can guess. */
  hash: string;
  createdBy: { id: UserId; name: string };
  createdAt: Date;
  /** Written at most once a minute. */
  lastUsedAt: Date | null;
}

export const apiKeySchema = new Schema<ApiKeyDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    name: { type: String, required: true },
    scopes: { type: [String], required: true },
    prefix: { type: String, required: true },
    hash: { type: String, required: true },
    createdBy: { type: Schema.Types.Mixed, required: true },
    createdAt: { type: Date, required: true },
    lastUsedAt: { type: Date, default: null },
  },
  { collection: 'apiKeys', versionKey: false },
);
apiKeySchema.index({ hash: 1 }, { unique: true }); // a request with a key, before its organization is known
apiKeySchema.index({ orgId: 1, createdAt: -1 }); // the list
