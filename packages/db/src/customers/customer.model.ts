import type {
  AttributeValue,
  Channel,
  Consent,
  Consents,
  CustomerFields,
  CustomerId,
  CustomerRollups,
  OrganizationId,
} from '@mini-crm/domain';
import { Schema } from 'mongoose';

/** A customer as stored. `folded...` and `search` are derived by `customer.mapping.ts` on every write and never written by themselves. */
export interface CustomerDocument extends CustomerFields {
  _id: CustomerId;
  orgId: OrganizationId;
  attributes: Record<string, AttributeValue>;
  consents: Consents;
  /** Consents that a later one replaced, oldest first, at most `maximumConsentHistory`. The one that holds is in `consents`. */
  consentHistory?: PastConsent[];
  rollups: CustomerRollups;
  /** The texts of a customer as domain's `fold` folds them, null where there is none: databases fold differently. */
  folded: FoldedFields;
  /** The folded values of `string`, `enum` and list attributes. */
  foldedAttributes: Record<string, string | string[]>;
  /** Folded words of the names, the address and the digits of the phone, for prefix search. */
  search: string[];
  /** What the list sorts by when it sorts by name: folded last name, first name, address. */
  sortName: string;
  /** Made by the demo, and removed with it. */
  demo?: boolean;
  createdAt: Date;
  updatedAt: Date;
  version: number;
}

/** A consent that was replaced. */
export interface PastConsent extends Consent {
  channel: Channel;
}

export const maximumConsentHistory = 100;

export interface FoldedFields {
  externalId: string | null;
  email: string | null;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
  timeZone: string | null;
  locale: string | null;
}

const text = { type: String, default: null };

export const customerDocumentSchema = new Schema<CustomerDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    externalId: text,
    email: text,
    phone: text,
    firstName: text,
    lastName: text,
    timeZone: text,
    locale: text,
    attributes: { type: Schema.Types.Mixed, required: true },
    consents: { type: Schema.Types.Mixed, required: true },
    consentHistory: { type: Schema.Types.Mixed },
    rollups: { type: Schema.Types.Mixed, required: true },
    folded: { type: Schema.Types.Mixed, required: true },
    foldedAttributes: { type: Schema.Types.Mixed, required: true },
    search: { type: [String], required: true },
    sortName: { type: String },
    demo: Boolean,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    version: { type: Number, required: true },
  },
  { collection: 'customers', versionKey: false, minimize: false },
);

const present = { $type: 'string' };
customerDocumentSchema.index(
  { orgId: 1, externalId: 1 },
  { unique: true, partialFilterExpression: { externalId: present } },
); // import
customerDocumentSchema.index(
  { orgId: 1, 'folded.email': 1 },
  { unique: true, partialFilterExpression: { 'folded.email': present } },
); // import
// The list by consent to SMS, which is rare; partial, so that an import of customers without them writes nothing here.
customerDocumentSchema.index(
  { orgId: 1, 'consents.sms.state': 1, createdAt: -1, _id: -1 },
  { partialFilterExpression: { 'consents.sms.state': present } },
);
// The list by consent to e-mail, newest first, also of those whose consent nobody knows; and how many can be reached: the
// address at its end is what makes that a count without documents.
customerDocumentSchema.index({ orgId: 1, 'consents.email.state': 1, createdAt: -1, _id: -1, 'folded.email': 1 });
customerDocumentSchema.index({ orgId: 1, _id: 1 }); // audiences and exports, in the order of ids
customerDocumentSchema.index({ orgId: 1, search: 1 }); // search by prefix
customerDocumentSchema.index({ orgId: 1, sortName: 1, _id: 1 }); // the list by name
customerDocumentSchema.index({ orgId: 1, createdAt: 1, _id: 1 }); // the list by date, new customers over time
customerDocumentSchema.index({ orgId: 1, 'rollups.lastOrderAt': 1, _id: 1 }); // the list by last order
customerDocumentSchema.index({ orgId: 1, 'rollups.orderCount': 1, _id: 1 }); // the list by orders
customerDocumentSchema.index({ orgId: 1, 'rollups.revenue': 1, _id: 1 }); // the list by revenue
