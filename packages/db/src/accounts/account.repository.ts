import { randomBytes } from 'node:crypto';
import {
  type OrganizationId,
  type OrganizationSettings,
  type Retention,
  type Role,
  roles,
  type SendingSettings,
  type UserId,
} from '@mini-crm/domain';
import type { ClientSession, Collection } from 'mongodb';
import { newId } from '../ids/new-id.ts';
import type { Models } from '../models.ts';
import type {
  InvitationDocument,
  MembershipDocument,
  OrganizationDocument,
  PasswordResetDocument,
  RateLimitDocument,
  SessionDocument,
  UserDocument,
} from './account.models.ts';
import { luciaAdapter } from './lucia-adapter.ts';

/**
 * People, organizations and what joins them. The only repository above organizations: it is asked before it is known
 * which organization a request is for.
 */
export function accountsRepository(models: Models) {
  const users = models.users.collection as unknown as Collection<UserDocument>;
  const sessions = models.sessions.collection as unknown as Collection<SessionDocument>;
  const organizations = models.organizations.collection as unknown as Collection<OrganizationDocument>;
  const memberships = models.memberships.collection as unknown as Collection<MembershipDocument>;
  const invitations = models.invitations.collection as unknown as Collection<InvitationDocument>;
  const resets = models.passwordResets.collection as unknown as Collection<PasswordResetDocument>;
  const limits = models.rateLimits.collection as unknown as Collection<RateLimitDocument>;

  return {
    sessionAdapter: luciaAdapter(users, sessions),

    user: (id: UserId) => users.findOne({ _id: id }),
    userByEmail: (foldedEmail: string) => users.findOne({ foldedEmail }),
    users: (ids: UserId[]) => users.find({ _id: { $in: ids } }).toArray(),
    async insertUser(user: Omit<UserDocument, '_id' | 'createdAt'>, session: ClientSession): Promise<UserId> {
      const _id = newId('user');
      await users.insertOne({ _id, ...user, createdAt: new Date() }, { session });
      return _id;
    },
    async updateUser(id: UserId, change: Partial<Pick<UserDocument, 'name' | 'passwordHash'>>) {
      await users.updateOne({ _id: id }, { $set: change });
    },

    sessionsOf: (userId: UserId) =>
      sessions
        .find({ userId, expiresAt: { $gt: new Date() } })
        .sort({ createdAt: -1 })
        .toArray(),
    async removeSessions(userId: UserId, except?: string) {
      await sessions.deleteMany(except ? { userId, _id: { $ne: except } } : { userId });
    },

    organization: (id: OrganizationId) => organizations.findOne({ _id: id }),
    organizationIds: async () =>
      (await organizations.find({}, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id),
    slugTaken: async (slug: string) => (await organizations.countDocuments({ slug }, { limit: 1 })) > 0,
    async insertOrganization(
      slug: string,
      settings: OrganizationSettings,
      session: ClientSession,
    ): Promise<OrganizationId> {
      const _id = newId('organization');
      await organizations.insertOne({ _id, slug, ...settings, createdAt: new Date() }, { session });
      return _id;
    },
    async updateOrganization(id: OrganizationId, settings: OrganizationSettings) {
      await organizations.updateOne({ _id: id }, { $set: settings });
    },
    async setRetention(id: OrganizationId, retention: Retention) {
      await organizations.updateOne({ _id: id }, { $set: { retention } });
    },
    /** The organizations that do not keep their messages for ever. */
    organizationsWithRetention: () => organizations.find({ 'retention.messagesDays': { $type: 'number' } }).toArray(),
    async updateSending(id: OrganizationId, sending: SendingSettings) {
      await organizations.updateOne({ _id: id }, { $set: { sending } });
    },

    membership: (orgId: OrganizationId, userId: UserId) => memberships.findOne({ orgId, userId }),
    membershipsOf: (userId: UserId) => memberships.find({ userId }).sort({ createdAt: 1 }).toArray(),
    members: (orgId: OrganizationId) => memberships.find({ orgId }).sort({ createdAt: 1 }).toArray(),
    async insertMembership(orgId: OrganizationId, userId: UserId, role: Role, session?: ClientSession) {
      const _id = newId('membership');
      await memberships.insertOne({ _id, orgId, userId, role, createdAt: new Date() }, session ? { session } : {});
    },
    async changeRole(orgId: OrganizationId, userId: UserId, role: Role, session: ClientSession) {
      await memberships.updateOne({ orgId, userId }, { $set: { role } }, { session });
    },
    async removeMembership(orgId: OrganizationId, userId: UserId, session: ClientSession) {
      await memberships.deleteOne({ orgId, userId }, { session });
    },
    /** How many owners an organization has, read so that two transactions which both rely on it conflict. */
    async countOwners(orgId: OrganizationId, session: ClientSession): Promise<number> {
      await organizations.updateOne({ _id: orgId }, { $currentDate: { membersCheckedAt: true } } as never, { session });
      return memberships.countDocuments({ orgId, role: roles[0] }, { session });
    },
    organizationsOf: async (ids: OrganizationId[]) => organizations.find({ _id: { $in: ids } }).toArray(),

    /** Replaces an earlier invitation of the same address. */
    async putInvitation(invitation: Omit<InvitationDocument, '_id' | 'createdAt'>) {
      const { orgId, foldedEmail, ...rest } = invitation;
      await invitations.updateOne(
        { orgId, foldedEmail },
        { $set: { ...rest, createdAt: new Date() }, $setOnInsert: { _id: newId('invitation') } },
        { upsert: true },
      );
    },
    invitations: (orgId: OrganizationId) =>
      invitations
        .find({ orgId, expiresAt: { $gt: new Date() } })
        .sort({ createdAt: -1 })
        .toArray(),
    invitationByHash: (tokenHash: string) => invitations.findOne({ tokenHash, expiresAt: { $gt: new Date() } }),
    removeInvitation: async (orgId: OrganizationId, id: string) =>
      (await invitations.deleteOne({ orgId, _id: id })).deletedCount === 1,
    /** Takes an invitation, once: false where somebody was faster. */
    takeInvitation: async (tokenHash: string, session: ClientSession) =>
      (await invitations.deleteOne({ tokenHash, expiresAt: { $gt: new Date() } }, { session })).deletedCount === 1,

    /** Stores a reset token and ends the user's older ones. */
    async putPasswordReset(userId: UserId, tokenHash: string, expiresAt: Date) {
      await resets.deleteMany({ userId });
      await resets.insertOne({ _id: randomBytes(12).toString('hex'), userId, tokenHash, expiresAt });
    },
    /** Takes a reset token, once. */
    takePasswordReset: (tokenHash: string) => resets.findOneAndDelete({ tokenHash, expiresAt: { $gt: new Date() } }),

    /** Counts one more use of `key` in a window of `seconds`; answers how many there were. Shared by all processes. */
    async countUse(key: string, seconds: number): Promise<number> {
      const now = Date.now();
      const _id = `${key}:${Math.floor(now / (seconds * 1000))}`;
      const after = await limits.findOneAndUpdate(
        { _id },
        { $inc: { count: 1 }, $setOnInsert: { expiresAt: new Date(now + seconds * 1000) } },
        { upsert: true, returnDocument: 'after' },
      );
      return after?.count ?? 1;
    },
  };
}

export type AccountsRepository = ReturnType<typeof accountsRepository>;
