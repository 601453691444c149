import type { Attribute, OrganizationId } from '@mini-crm/domain';
import { Schema } from 'mongoose';

export interface AttributeDocument extends Attribute {
  _id: string;
  orgId: OrganizationId;
  createdAt: Date;
  /** Made by the demo, and removed with it. */
  demo?: boolean;
}

export const attributeDocumentSchema = new Schema<AttributeDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    slug: { type: String, required: true },
    label: { type: String, required: true },
    type: { type: String, required: true },
    options: { type: [String], required: true },
    createdAt: { type: Date, required: true },
    demo: Boolean,
  },
  { collection: 'attributes', versionKey: false },
);
attributeDocumentSchema.index({ orgId: 1, slug: 1 }, { unique: true }); // the catalogue; a slug is immutable
