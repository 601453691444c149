import type { Database } from '@mini-crm/db';
import type { UserId } from '@mini-crm/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Lucia, TimeSpan } from 'lucia';
import type { Env } from '../env.ts';

/** Who a request comes from. */
export interface SignedIn {
  readonly sessionId: string;
  readonly user: { readonly id: UserId; readonly name: string; readonly email: string };
}

const createLucia = (database: Database, env: Env) =>
  new Lucia(database.accounts.sessionAdapter, {
    sessionExpiresIn: new TimeSpan(30, 'd'),
    sessionCookie: {
      name: 'mini_crm_session',
      attributes: { sameSite: 'lax', secure: env.publicUrl.startsWith('https:'), path: '/' },
    },
    getUserAttributes: ({ name, email }) => ({ name, email }),
    getSessionAttributes: ({ userAgent }) => ({ userAgent }),
  });

declare module 'lucia' {
  interface Register {
    Lucia: ReturnType<typeof createLucia>;
  }
}

/** Lucia over our sessions: a cookie that scripts can't read and other sites can't send. */
export function sessions(database: Database, env: Env) {
  const lucia = createLucia(database, env);
  const write = (reply: FastifyReply, cookie: ReturnType<typeof lucia.createSessionCookie>) =>
    reply.header('set-cookie', cookie.serialize());

  return {
    /** Reads the session of a request, and prolongs its cookie when it is half over. */
    async read(request: FastifyRequest, reply: FastifyReply): Promise<SignedIn | null> {
      const id = lucia.readSessionCookie(request.headers.cookie ?? '');
      if (!id) return null;
      const { session, user } = await lucia.validateSession(id);
      if (!session) {
        write(reply, lucia.createBlankSessionCookie());
        return null;
      }
      if (session.fresh) write(reply, lucia.createSessionCookie(session.id));
      return { sessionId: session.id, user: { id: user.id, name: user.name, email: user.email } };
    },
    /** Starts a session and writes its cookie. */
    async start(userId: UserId, request: FastifyRequest, reply: FastifyReply): Promise<void> {
      const userAgent = (request.headers['user-agent'] ?? '').slice(0, 300);
      const session = await lucia.createSession(userId, { userAgent });
      write(reply, lucia.createSessionCookie(session.id));
    },
    /** Ends a session and clears the cookie. */
    async end(sessionId: string, reply: FastifyReply): Promise<void> {
      await lucia.invalidateSession(sessionId);
      write(reply, lucia.createBlankSessionCookie());
    },
  };
}

export type Sessions = ReturnType<typeof sessions>;
