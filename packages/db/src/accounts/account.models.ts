import type { OrganizationId, OrganizationSettings, Retention, Role, SendingSettings, UserId } from '@mini-crm/domain';
import { Schema } from 'mongoose';

// Accounts stand above organizations: a person may belong to several, so these collections are not bound to one.

export interface UserDocument {
  _id: UserId;
  name: string;
  email: string;
  foldedEmail: string;
  passwordHash: string;
  createdAt: Date;
}
export const userSchema = new Schema<UserDocument>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    email: { type: String, required: true },
    foldedEmail: { type: String, required: true },
    passwordHash: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'users', versionKey: false },
);
userSchema.index({ foldedEmail: 1 }, { unique: true }); // sign in

export interface SessionDocument {
  _id: string;
  userId: UserId;
  expiresAt: Date;
  createdAt: Date;
  userAgent: string;
}
export const sessionSchema = new Schema<SessionDocument>(
  {
    _id: { type: String, required: true },
    userId: { type: String, required: true },
    expiresAt: { type: Date, required: true },
    createdAt: { type: Date, required: true },
    userAgent: { type: String },
  },
  { collection: 'sessions', versionKey: false },
);
sessionSchema.index({ userId: 1 }); // a person's sessions
sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export interface OrganizationDocument extends OrganizationSettings {
  _id: OrganizationId;
  slug: string;
  createdAt: Date;
  /** What it asks of all its marketing; missing where nothing was set. */
  sending?: SendingSettings;
  /** How long messages are kept; missing is for ever. */
  retention?: Retention;
}
export const organizationSchema = new Schema<OrganizationDocument>(
  {
    _id: { type: String, required: true },
    slug: { type: String, required: true },
    name: { type: String, required: true },
    timeZone: { type: String, required: true },
    currency: { type: String, required: true },
    sender: {
      fromName: { type: String, default: '' },
      fromEmail: { type: String, default: '' },
      replyTo: { type: String, default: '' },
      postalAddress: { type: String, default: '' },
    },
    createdAt: { type: Date, required: true },
    sending: { type: Schema.Types.Mixed, default: undefined },
    retention: { type: Schema.Types.Mixed, default: undefined },
  },
  { collection: 'organizations', versionKey: false, minimize: false },
);
organizationSchema.index({ slug: 1 }, { unique: true }); // the organization of a URL

export interface MembershipDocument {
  _id: string;
  orgId: OrganizationId;
  userId: UserId;
  role: Role;
  createdAt: Date;
}
export const membershipSchema = new Schema<MembershipDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    userId: { type: String, required: true },
    role: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'memberships', versionKey: false },
);
membershipSchema.index({ orgId: 1, userId: 1 }, { unique: true }); // every request of a member
membershipSchema.index({ userId: 1 }); // a person's organizations

export interface InvitationDocument {
  _id: string;
  orgId: OrganizationId;
  email: string;
  foldedEmail: string;
  role: Role;
  tokenHash: string;
  invitedBy: UserId;
  createdAt: Date;
  expiresAt: Date;
}
export const invitationSchema = new Schema<InvitationDocument>(
  {
    _id: { type: String, required: true },
    orgId: { type: String, required: true },
    email: { type: String, required: true },
    foldedEmail: { type: String, required: true },
    role: { type: String, required: true },
    tokenHash: { type: String, required: true },
    invitedBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'invitations', versionKey: false },
);
invitationSchema.index({ tokenHash: 1 }, { unique: true }); // opening the link
invitationSchema.index({ orgId: 1, foldedEmail: 1 }, { unique: true }); // the list; inviting again replaces
invitationSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export interface PasswordResetDocument {
  _id: string;
  userId: UserId;
  tokenHash: string;
  expiresAt: Date;
}
export const passwordResetSchema = new Schema<PasswordResetDocument>(
  {
    _id: { type: String, required: true },
    userId: { type: String, required: true },
    tokenHash: { type: String, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'passwordResets', versionKey: false },
);
passwordResetSchema.index({ tokenHash: 1 }, { unique: true }); // opening the link
passwordResetSchema.index({ userId: 1 }); // a new link ends the older ones
passwordResetSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export interface RateLimitDocument {
  _id: string;
  count: number;
  expiresAt: Date;
}
export const rateLimitSchema = new Schema<RateLimitDocument>(
  {
    _id: { type: String, required: true },
    count: { type: Number, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'rateLimits', versionKey: false },
);
rateLimitSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
