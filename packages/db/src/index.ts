export type {
  InvitationDocument,
  MembershipDocument,
  OrganizationDocument,
  SessionDocument,
  UserDocument,
} from './accounts/account.models.ts';
export type { AccountsRepository } from './accounts/account.repository.ts';
// Exported for its module augmentation, which types Lucia's users and sessions.
export { luciaAdapter } from './accounts/lucia-adapter.ts';
export type { AttributesRepository } from './attributes/attribute.repository.ts';
export type { CampaignDocument } from './campaigns/campaign.model.ts';
export type { CampaignListQuery, CampaignSummary, CampaignsRepository } from './campaigns/campaign.repository.ts';
export type { CampaignQueue } from './campaigns/campaign-queue.ts';
export type { RunDocument } from './campaigns/run.model.ts';
export type { RunsRepository } from './campaigns/run.repository.ts';
export { derivedFields, emptyRollups, splitWords, toCustomer } from './customers/customer.mapping.ts';
export type { CustomerDocument } from './customers/customer.model.ts';
export { type ConnectOptions, connect, type Database } from './database.ts';
export type { EventDocument } from './events/event.model.ts';
export { type Change, type ChangeFeed, changeFeed, type Topic } from './live/change-feed.ts';
export { newId } from './ids/new-id.ts';
export type { Models } from './models.ts';
export type { Bound, OwnedDocument, Unowned } from './organization/bound.ts';
export type { OrganizationDatabase } from './organization/organization-database.ts';
export type { SuppressionDocument } from './suppressions/suppression.model.ts';
