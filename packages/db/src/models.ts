import type { Connection } from 'mongoose';
import {
  invitationSchema,
  membershipSchema,
  organizationSchema,
  passwordResetSchema,
  rateLimitSchema,
  sessionSchema,
  userSchema,
} from './accounts/account.models.ts';
import { attributeDocumentSchema } from './attributes/attribute.model.ts';
import { campaignDocumentSchema } from './campaigns/campaign.model.ts';
import { runDocumentSchema } from './campaigns/run.model.ts';
import { customerDocumentSchema } from './customers/customer.model.ts';
import { deliverySchema } from './delivery/delivery.model.ts';
import { pageSchema } from './delivery/page.model.ts';
import { eventDocumentSchema } from './events/event.model.ts';
import { outboxMessageSchema } from './outbox/outbox-message.model.ts';
import { settingSchema } from './settings/setting.model.ts';
import { suppressionSchema } from './suppressions/suppression.model.ts';

/** The models of a connection: what each collection stores and its indexes. One line a collection. */
export function defineModels(connection: Connection) {
  return {
    users: connection.model('User', userSchema),
    sessions: connection.model('Session', sessionSchema),
    organizations: connection.model('Organization', organizationSchema),
    memberships: connection.model('Membership', membershipSchema),
    invitations: connection.model('Invitation', invitationSchema),
    passwordResets: connection.model('PasswordReset', passwordResetSchema),
    rateLimits: connection.model('RateLimit', rateLimitSchema),
    attributes: connection.model('Attribute', attributeDocumentSchema),
    customers: connection.model('Customer', customerDocumentSchema),
    events: connection.model('Event', eventDocumentSchema),
    campaigns: connection.model('Campaign', campaignDocumentSchema),
    runs: connection.model('Run', runDocumentSchema),
    pages: connection.model('Page', pageSchema),
    deliveries: connection.model('Delivery', deliverySchema),
    outbox: connection.model('OutboxMessage', outboxMessageSchema),
    settings: connection.model('Setting', settingSchema),
    suppressions: connection.model('Suppression', suppressionSchema),
  };
}

export type Models = ReturnType<typeof defineModels>;
