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
      const session = await sessions.findOne({ _id: sessionId });
      const user = session && (await users.findOne({ _id: session.userId }, { projection: { name: 1, email: 1 } }));
      return session && user ? [toSession(session), toUser(user)] : [null, null];
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
