import { type DomainError, ingestLimits } from '@mini-crm/domain';
import { TRPCError } from '@trpc/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { admitKey, type KeyHolder } from '../../api-keys/admit-key.ts';
import type { ApiDeps } from '../../deps.ts';
import { publicError, refusal } from '../../errors.ts';
import { contextOfKey } from '../../ingest/ingest-context.ts';
import { statusOf } from '../organization-route.ts';
import { openApiDocument } from './document.ts';
import { type Endpoint, endpoints } from './endpoints.ts';

/** The REST API for programs, by API key: the use cases of the typed procedures, at addresses of their own. */
export function restRoutes(app: FastifyInstance, deps: ApiDeps): void {
  app.register(
    async (rest) => {
      // Our own reader of bodies: the default one ends a whole batch for one name such as __proto__, which here is an
      // item's fault, and our items are read by their own names only.
      rest.removeContentTypeParser('application/json');
      rest.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
        try {
          done(null, JSON.parse(body as string));
        } catch {
          done(refusal({ code: 'body_not_json' }), undefined);
        }
      });
      rest.setErrorHandler((error, request, reply) => refuse(error, request, reply));
      const text = JSON.stringify(openApiDocument(deps.env.publicUrl));
      rest.get('/openapi.json', (_request, reply) => reply.type('application/json').send(text));
      for (const endpoint of endpoints) register(rest, deps, endpoint);
    },
    { prefix: '/api/v1' },
  );
}

/** So many keys may be used to their limit from one address. */
const keysAtOneAddress = 10;
const noHeaders = { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false };
/** Headers say the limit of the key, and not that of the address too. */
const unsaid = { addHeaders: { ...noHeaders, 'retry-after': true }, addHeadersOnExceeding: noHeaders };

function register(rest: FastifyInstance, deps: ApiDeps, endpoint: Endpoint): void {
  const holders = new WeakMap<FastifyRequest, KeyHolder>();
  rest.route({
    method: endpoint.method,
    url: endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1'),
    bodyLimit: ingestLimits.bytes,
    // A key has a limit of its own, counted over all processes; this one keeps a flood without a key from the database.
    config: { rateLimit: { max: deps.env.API_REQUESTS_PER_MINUTE * keysAtOneAddress, ...unsaid } },
    // Before the body is read: who may not ask is not listened to.
    preParsing: async (request, reply, payload) => {
      holders.set(request, await admitKey(deps, request, reply, endpoint.scope));
      return payload;
    },
    handler: async (request, reply) => {
      const holder = holders.get(request) as KeyHolder;
      reply.status(endpoint.status ?? 200);
      return endpoint.run(contextOfKey(deps, holder, request.log as unknown as Logger), {
        items: endpoint.items ? itemsOf(request.body, endpoint.items.name) : [],
        body: endpoint.body ? read(endpoint.body, request.body, 'invalid_input') : {},
        params: read(endpoint.params, request.params, 'not_found'),
        query: read(endpoint.query, request.query, 'invalid_input'),
        header: (name) => {
          const value = request.headers[name];
          return typeof value === 'string' ? value : undefined;
        },
        say: (name, value) => void reply.header(name, value),
      });
    },
  });
}

function itemsOf(body: unknown, name: string): readonly unknown[] {
  const items = typeof body === 'object' && body !== null && Object.hasOwn(body, name) ? Reflect.get(body, name) : null;
  if (!Array.isArray(items)) throw refusal({ code: 'invalid_input', path: [name] });
  return items;
}

function read(schema: z.ZodObject | undefined, given: unknown, code: 'not_found' | 'invalid_input') {
  if (!schema) return {};
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  if (code === 'not_found') throw refusal({ code });
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? []).map((part) => (typeof part === 'number' ? part : String(part)));
  throw refusal({ code, path, details: { problem: (issue?.message ?? '').slice(0, 200) } });
}

/** What Fastify itself refuses, in our words. */
const bodyRefusals: Readonly<Record<string, DomainError & { readonly status: number }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { status: 413, code: 'body_too_large', details: { limit: ingestLimits.bytes } },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { status: 415, code: 'body_not_json' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { status: 400, code: 'body_not_json' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { status: 400, code: 'body_not_json' },
};

function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const known = error instanceof TRPCError ? publicError(error) : null;
  if (known) return reply.status(statusOf(error as TRPCError)).send({ error: known, requestId: request.id });
  const refused = bodyRefusals[(error as { code?: string }).code ?? ''];
  if (refused) {
    const { status, ...body } = refused;
    return reply.status(status).send({ error: body, requestId: request.id });
  }
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  // The limit of an address, and other faults of a request that Fastify finds.
  if (status === 429) return reply.status(status).send({ error: { code: 'too_many_requests' }, requestId: request.id });
  if (status >= 400 && status < 500) {
    return reply.status(status).send({ error: { code: 'invalid_input' }, requestId: request.id });
  }
  request.log.error({ err: error }, 'request failed');
  return reply.status(500).send({ error: { code: 'internal_error' }, requestId: request.id });
}
