import { type Action, idSchema, permissions } from '@mini-crm/domain';
import { TRPCError } from '@trpc/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sessions } from '../accounts/sessions.ts';
import type { ApiDeps } from '../deps.ts';
import { publicError, refusal } from '../errors.ts';
import { type OrganizationContext, organizationContext } from '../trpc.ts';
import { isOwnOrigin } from './origin.ts';

/** A plain HTTP route of an organization, for what is a stream: uploads and CSV files. */
export interface OrganizationRoute {
  readonly method: 'GET' | 'PUT' | 'POST';
  /** Starts with `/api/o/:orgId/`. */
  readonly url: `/api/o/:orgId/${string}`;
  /** The line of the permission table that says who may. */
  readonly action: Action;
  readonly bodyLimit?: number;
}

const registered = new WeakMap<ApiDeps, OrganizationRoute[]>();

/** The routes of this kind that the server of some deps has, so that a test can walk over all of them. */
export const organizationRoutesOf = (deps: ApiDeps): readonly OrganizationRoute[] => registered.get(deps) ?? [];

type Handler = (ctx: OrganizationContext, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** Registers a route that is authorized exactly like a procedure: same session, same table, same refusals. */
export function organizationRoute(
  app: FastifyInstance,
  deps: ApiDeps,
  route: OrganizationRoute,
  handler: Handler,
): void {
  const reader = sessions(deps.database, deps.env);
  const { method, url, action, bodyLimit } = route;
  registered.set(deps, [...organizationRoutesOf(deps), route]);
  app.route({
    method,
    url,
    ...(bodyLimit ? { bodyLimit } : {}),
    async handler(request, reply) {
      try {
        if (method !== 'GET' && !isOwnOrigin(request, deps.env)) throw refusal({ code: 'wrong_origin' });
        const orgId = idSchema('organization').safeParse((request.params as { orgId: string }).orgId);
        if (!orgId.success) throw refusal({ code: 'not_found' });
        const signedIn = await reader.read(request, reply);
        const context = { deps, signedIn, log: request.log as OrganizationContext['log'], requestId: request.id };
        return await handler(await organizationContext(context, orgId.data, permissions[action]), request, reply);
      } catch (error) {
        return refuse(error, request, reply);
      }
    },
  });
}

const statuses: Partial<Record<TRPCError['code'], number>> = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  PRECONDITION_FAILED: 412,
  PAYLOAD_TOO_LARGE: 413,
  UNPROCESSABLE_CONTENT: 422,
  TOO_MANY_REQUESTS: 429,
};

/** The status of a refusal on a plain route. */
export const statusOf = ({ code }: TRPCError): number => statuses[code] ?? 500;

/** Answers an error as the RPC does: a code with its facts, or nothing but the request's id for a bug. */
function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const known = error instanceof TRPCError ? publicError(error) : null;
  if (!known) request.log.error({ err: error }, 'request failed');
  const status = error instanceof TRPCError ? statusOf(error) : 500;
  return reply.status(status).send({ error: known, requestId: request.id });
}
