import type { Routes } from './routes.ts';

/** `/healthz`: the process lives. `/readyz`: it can do its work, that is, the database answers. */
export const healthRoutes: Routes = (app, deps) => {
  const quiet = { logLevel: 'warn' as const, config: { rateLimit: false } };
  app.get('/healthz', quiet, async () => ({ status: 'ok' }));
  app.get('/readyz', quiet, async (_request, reply) => {
    try {
      await deps.database.ping();
      return { status: 'ok' };
    } catch (error) {
      deps.log.warn({ err: error }, 'not ready');
      return reply.status(503).send({ status: 'database_unreachable' });
    }
  });
};
