import type { UserId as OurUserId } from '@mini-crm/domain';
import type { Adapter, DatabaseSession, DatabaseUser } from 'lucia';
import type { Collection } from 'mongodb';
import type { SessionDocument, UserDocument } from './account.models.ts';

/** Lucia's sessions in MongoDB. The official adapter's types clash with driver 7, and it is no shorter. */
export function luciaAdapter(users: Collection<UserDocument>, sessions: Collection<SessionDocument>): Adapter {
  const toSession = ({ _id, userId, expiresAt, userAgent }: SessionDocument): DatabaseSession => ({
    id: _id,
    userId,
    expiresAt,
    attributes: { userAgent },
  });
  const toUser = ({ _id, name, email }: UserDocument): DatabaseUser => ({ id: _id, attributes: { name, email } });
  return {
    async getSessionAndUser(sessionId) {
      // One question and not two: every request of a person waits for it.
      const [found] = await sessions
        .aggregate<SessionDocument & { users: UserDocument[] }>([
          { $match: { _id: sessionId } },
          { $lookup: { from: users.collectionName, localField: 'userId', foreignField: '_id', as: 'users' } },
          { $unset: 'users.passwordHash' },
        ])
        .toArray();
      const user = found?.users[0];
      return found && user ? [toSession(found), toUser(user)] : [null, null];
    },
    async getUserSessions(userId) {
      return (await sessions.find({ userId: userId as OurUserId }).toArray()).map(toSession);
    },
    async setSession({ id, userId, expiresAt, attributes }) {
      await sessions.insertOne({
        _id: id,
        userId: userId as OurUserId,
        expiresAt,
        createdAt: new Date(),
        userAgent: attributes.userAgent,
      });
    },
    async updateSessionExpiration(sessionId, expiresAt) {
      await sessions.updateOne({ _id: sessionId }, { $set: { expiresAt } });
    },
    async deleteSession(sessionId) {
      await sessions.deleteOne({ _id: sessionId });
    },
    async deleteUserSessions(userId) {
      await sessions.deleteMany({ userId: userId as OurUserId });
    },
    async deleteExpiredSessions() {
      await sessions.deleteMany({ expiresAt: { $lte: new Date() } });
    },
  };
}

declare module 'lucia' {
  interface Register {
    UserId: OurUserId;
    DatabaseUserAttributes: { name: string; email: string };
    DatabaseSessionAttributes: { userAgent: string };
  }
}
