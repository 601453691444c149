import type { Collection, Document } from 'mongodb';
import type { Connection, Schema } from 'mongoose';
import {
  invitationSchema,
  membershipSchema,
  organizationSchema,
  passwordResetSchema,
  rateLimitSchema,
  sessionSchema,
  userSchema,
} from './accounts/account.models.ts';
import { apiKeySchema } from './api-keys/api-key.model.ts';
import { attributeDocumentSchema } from './attributes/attribute.model.ts';
import { campaignDocumentSchema } from './campaigns/campaign.model.ts';
import { runDocumentSchema } from './campaigns/run.model.ts';
import { customerDocumentSchema } from './customers/customer.model.ts';
import { capReservationSchema } from './delivery/cap-reservation.model.ts';
import { deliverySchema } from './delivery/delivery.model.ts';
import { pageSchema } from './delivery/page.model.ts';
import { demoSchema } from './demo/demo.model.ts';
import { eventTypesDocumentSchema } from './event-types/event-types.model.ts';
import { eventDocumentSchema } from './events/event.model.ts';
import { importBatchSchema, importSchema, uploadSchema } from './imports/import.model.ts';
import { retentionSchema } from './messages/retention.model.ts';
import { outboxMessageSchema } from './outbox/outbox-message.model.ts';
import { segmentDocumentSchema } from './segments/segment.model.ts';
import { segmentMemberSchema } from './segments/segment-member.model.ts';
import { segmentSizeSchema } from './segments/segment-size.model.ts';
import { senderDocumentSchema, senderUseSchema } from './senders/sender.model.ts';
import { settingSchema } from './settings/setting.model.ts';
import { suppressionSchema } from './suppressions/suppression.model.ts';
import { idempotencySchema } from './transactional/idempotency.model.ts';
import { messageDocumentSchema } from './transactional/message.model.ts';
import { templateDocumentSchema, templateVersionSchema } from './transactional/template.model.ts';

/** What a Mongoose model is used for: its indexes, and the driver's collection, typed by what it stores. */
export interface Stored<T extends Document> {
  readonly collection: Collection<T>;
  createCollection(): Promise<unknown>;
  createIndexes(): Promise<unknown>;
}

/** The models of a connection: what each collection stores and its indexes. One line a collection. */
export function defineModels(connection: Connection) {
  const stored = <T extends Document>(name: string, schema: Schema<T>): Stored<T> =>
    connection.model(name, schema) as unknown as Stored<T>;
  return {
    users: stored('User', userSchema),
    sessions: stored('Session', sessionSchema),
    organizations: stored('Organization', organizationSchema),
    memberships: stored('Membership', membershipSchema),
    invitations: stored('Invitation', invitationSchema),
    passwordResets: stored('PasswordReset', passwordResetSchema),
    rateLimits: stored('RateLimit', rateLimitSchema),
    apiKeys: stored('ApiKey', apiKeySchema),
    attributes: stored('Attribute', attributeDocumentSchema),
    customers: stored('Customer', customerDocumentSchema),
    events: stored('Event', eventDocumentSchema),
    eventTypes: stored('EventTypes', eventTypesDocumentSchema),
    segments: stored('Segment', segmentDocumentSchema),
    segmentMembers: stored('SegmentMember', segmentMemberSchema),
    segmentSizes: stored('SegmentSize', segmentSizeSchema),
    campaigns: stored('Campaign', campaignDocumentSchema),
    runs: stored('Run', runDocumentSchema),
    pages: stored('Page', pageSchema),
    capReservations: stored('CapReservation', capReservationSchema),
    deliveries: stored('Delivery', deliverySchema),
    retention: stored('Retention', retentionSchema),
    outbox: stored('OutboxMessage', outboxMessageSchema),
    senders: stored('Sender', senderDocumentSchema),
    senderUses: stored('SenderUse', senderUseSchema),
    settings: stored('Setting', settingSchema),
    imports: stored('Import', importSchema),
    importBatches: stored('ImportBatch', importBatchSchema),
    uploads: stored('Upload', uploadSchema),
    suppressions: stored('Suppression', suppressionSchema),
    templates: stored('Template', templateDocumentSchema),
    templateVersions: stored('TemplateVersion', templateVersionSchema),
    messages: stored('Message', messageDocumentSchema),
    idempotencyKeys: stored('IdempotencyKey', idempotencySchema),
    demos: stored('Demo', demoSchema),
  };
}

export interface Models extends ReturnType<typeof defineModels> {}
