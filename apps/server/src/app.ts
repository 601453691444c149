import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { type CreateFastifyContextOptions, fastifyTRPCPlugin } from '@trpc/server/adapters/fastify';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import { sessions } from './accounts/sessions.ts';
import type { ApiDeps } from './deps.ts';
import { publicError, refusal } from './errors.ts';
import { healthRoutes } from './http/health.ts';
import { isOwnOrigin } from './http/origin.ts';
import { routes } from './http/routes.ts';
import { webApp } from './http/web-app.ts';
import { appRouter } from './router.ts';
import type { RequestContext } from './trpc.ts';

/** Builds the HTTP server: RPC, streams, tracking and the built web app. Does not listen. */
export async function buildApp(deps: ApiDeps): Promise<FastifyInstance> {
  const { env, log } = deps;
  const app = Fastify({
    loggerInstance: log as never,
    genReqId: () => `req_${randomUUID()}`,
    // Our own hook below writes one line a request, with what a reader looks for.
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: (_address, hop) => hop < env.TRUSTED_PROXIES,
    bodyLimit: 2 * 1024 * 1024,
    // Streams to browsers never end by themselves.
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 5000 },
  }) as unknown as FastifyInstance;

  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    // The route, never the address itself: paths of pages and queries hold tokens and search words.
    const path = request.routeOptions.url ?? '(page)';
    request.log.info(
      { method: request.method, path, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'request',
    );
  });

  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        // Mantine writes its style variables into style elements; previews of mails show remote pictures.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'https:', 'http:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        frameSrc: ["'self'", 'blob:', 'data:'],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: env.publicUrl.startsWith('https:') ? [] : null,
      },
    },
    strictTransportSecurity: env.publicUrl.startsWith('https:'),
    crossOriginEmbedderPolicy: false,
  });
  await app.register(rateLimit, {
    max: env.RATE_LIMIT_PER_MINUTE,
    timeWindow: '1 minute',
    allowList: (request) =>
      !request.url.startsWith('/api/') && !request.url.startsWith('/u/') && !request.url.startsWith('/t/'),
    errorResponseBuilder: (request) => ({
      statusCode: 429,
      error: { code: 'too_many_requests' },
      requestId: request.id,
    }),
  });

  healthRoutes(app, deps);
  await app.register(rpc, deps);
  for (const register of routes) register(app, deps);
  await webApp(app, env);
  return app;
}

/** The typed RPC under `/api/trpc`. Every mutation must come from our own origin. */
async function rpc(app: FastifyInstance, deps: ApiDeps): Promise<void> {
  const reader = sessions(deps.database, deps.env);
  await app.register(fastifyTRPCPlugin, {
    prefix: '/api/trpc',
    trpcOptions: {
      router: appRouter,
      createContext: async ({ req, res, info }: CreateFastifyContextOptions): Promise<RequestContext> => {
        const changes = info.calls.some((call) => call.procedure?._def.type === 'mutation') || req.method !== 'GET';
        if (changes && !isOwnOrigin(req, deps.env)) throw refusal({ code: 'wrong_origin' });
        const signedIn = await reader.read(req, res);
        return { deps, signedIn, request: req, reply: res, requestId: req.id, log: req.log as unknown as Logger };
      },
      onError: ({
        error,
        path,
        ctx,
      }: {
        error: Parameters<typeof publicError>[0];
        path?: string | undefined;
        ctx?: RequestContext | undefined;
      }) => {
        const log = ctx?.log ?? deps.log;
        if (publicError(error)) log.debug({ path, code: error.message }, 'refused');
        else log.error({ path, err: error.cause ?? error, requestId: ctx?.requestId }, 'procedure failed');
      },
    },
  });
}
