import type {
  CampaignPurpose,
  CampaignSender,
  OrganizationId,
  RunContent,
  Template,
  TemplateId,
  UserId,
} from '@mini-crm/domain';
import { Schema } from 'mongoose';

/** A template as stored. */
export interface TemplateDocument extends Omit<Template, 'id' | 'sample'> {
  _id: TemplateId;
  orgId: OrganizationId;
  /** As JSON: names of a database's own kind, such as `$set` or `a.b`, are plain names there. */
  sample: string;
}

export const templateDocumentSchema = new Schema<TemplateDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    name: { type: String, required: true },
    slug: { type: String, required: true },
    purpose: { type: String, required: true },
    tracked: { type: Boolean, required: true },
    content: { type: Schema.Types.Mixed, required: true },
    sender: { type: Schema.Types.Mixed, default: null },
    sample: { type: String, required: true },
    version: { type: Number, required: true },
    published: { type: Schema.Types.Mixed, default: null },
    archivedAt: { type: Date, default: null },
    createdBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'templates', versionKey: false, minimize: false },
);
templateDocumentSchema.index({ orgId: 1, slug: 1 }, { unique: true }); // a message by its template's slug
templateDocumentSchema.index({ orgId: 1, _id: -1 }); // the list

/** A template as it was published: compiled once, never changed after. `_id` is `templateId:number`. */
export interface TemplateVersionDocument {
  _id: string;
  orgId: OrganizationId;
  templateId: TemplateId;
  number: number;
  /** MJML is HTML now, Liquid is still in, links are numbered. Its sender and postal address are looked up when it is sent. */
  content: Omit<RunContent, 'sender'>;
  purpose: CampaignPurpose;
  tracked: boolean;
  sender: CampaignSender | null;
  publishedAt: Date;
  publishedBy: UserId;
}

export const templateVersionSchema = new Schema<TemplateVersionDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    templateId: { type: String, required: true },
    number: { type: Number, required: true },
    content: { type: Schema.Types.Mixed, required: true },
    purpose: { type: String, required: true },
    tracked: { type: Boolean, required: true },
    sender: { type: Schema.Types.Mixed, default: null },
    publishedAt: { type: Date, required: true },
    publishedBy: { type: String, required: true },
  },
  { collection: 'templateVersions', versionKey: false, minimize: false },
);
