export type {
  InvitationDocument,
  MembershipDocument,
  OrganizationDocument,
  SessionDocument,
  UserDocument,
} from './accounts/account.models.ts';
export type { AccountsRepository } from './accounts/account.repository.ts';
export type { AttributesRepository } from './attributes/attribute.repository.ts';
export { derivedFields, emptyRollups, splitWords, toCustomer } from './customers/customer.mapping.ts';
export type { CustomerDocument } from './customers/customer.model.ts';
export { type ConnectOptions, connect, type Database } from './database.ts';
export type { EventDocument } from './events/event.model.ts';
export { newId } from './ids/new-id.ts';
export type { Models } from './models.ts';
export type { Bound, OwnedDocument, Unowned } from './organization/bound.ts';
export type { OrganizationDatabase } from './organization/organization-database.ts';
export type { SuppressionDocument } from './suppressions/suppression.model.ts';
