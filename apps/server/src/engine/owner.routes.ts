import { ownerPath, ownerRequestBytes } from '@mini-crm/db';
import type { FastifyRequest } from 'fastify';
import type { Routes } from '../http/routes.ts';

/**
 * Where API processes without columns ask the one that has them. Only the token of its lease opens it, which no browser has:
 * for everybody else there is nothing here.
 */
export const ownerRoutes: Routes = (app, { engine }) => {
  const tokenOf = (request: FastifyRequest) => /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  app.post(
    ownerPath,
    {
      bodyLimit: ownerRequestBytes,
      // Before the body is read: a stranger can't make us read eight megabytes.
      onRequest: async (request, reply) => {
        const token = tokenOf(request);
        if (token === undefined || !engine.opens(token)) return reply.callNotFound();
        return undefined;
      },
    },
    async (request, reply) => {
      const gone = new AbortController();
      reply.raw.on('close', () => gone.abort());
      const answer = await engine.forwarded(request.body, gone.signal);
      return answer ?? reply.status(400).send({ error: { code: 'invalid' } });
    },
  );
};
