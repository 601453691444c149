import type { OrganizationDatabase, OrganizationDocument } from '@mini-crm/db';
import { type Access, type ApiScope, accessTo, idSchema, type Role, type UserId } from '@mini-crm/domain';
import { initTRPC } from '@trpc/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { SignedIn } from './accounts/sessions.ts';
import { admitKey, hasKey } from './api-keys/admit-key.ts';
import type { ApiDeps } from './deps.ts';
import { publicError, refusal } from './errors.ts';
import { contextOfKey, contextOfPerson, type IngestContext } from './ingest/ingest-context.ts';

/** What every procedure is given: the parts of the server and who asks. */
export interface RequestContext {
  readonly deps: ApiDeps;
  readonly signedIn: SignedIn | null;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly requestId: string;
  readonly log: Logger;
}

/** What a use case of an organization is given. Everything it can read or write goes through `db`. */
export interface OrganizationContext {
  readonly deps: ApiDeps;
  readonly user: { readonly id: UserId; readonly name: string; readonly email: string };
  readonly role: Role;
  readonly organization: OrganizationDocument;
  readonly db: OrganizationDatabase;
  readonly log: Logger;
  readonly requestId: string;
}

const t = initTRPC.context<RequestContext>().create({
  isDev: false,
  sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
  errorFormatter({ shape, error, ctx }) {
    const { stack: _stack, ...data } = shape.data;
    const known = publicError(error);
    return {
      ...shape,
      message: known?.code ?? 'internal_error',
      data: { ...data, error: known, requestId: ctx?.requestId ?? null },
    };
  },
});

export const { router, createCallerFactory } = t;

/** The access of a procedure, of the kind that its builder stands for. What the table doesn't list is refused: fail closed. */
function accessOf(path: string, fits: (access: Access) => boolean): Access {
  const access = accessTo(path);
  if (access === null || !fits(access)) throw refusal({ code: 'not_permitted' });
  return access;
}

/** A procedure that anybody may call. */
export const publicProcedure = t.procedure.use(({ path, next }) => {
  accessOf(path, (access) => access === 'public');
  return next();
});

/** A procedure of a person, whatever their organizations. */
export const signedInProcedure = t.procedure.use(({ ctx, path, next }) => {
  accessOf(path, (access) => access === 'signed-in');
  if (!ctx.signedIn) throw refusal({ code: 'not_signed_in' });
  return next({ ctx: { signedIn: ctx.signedIn } });
});

export const organizationInput = z.object({ orgId: idSchema('organization') });

/** A procedure of the organization that its input names, for the roles that the permission table names. */
export const organizationProcedure = t.procedure.input(organizationInput).use(async ({ ctx, path, input, next }) => {
  const allowed = accessOf(path, (access) => typeof access !== 'string');
  return next({ ctx: await organizationContext(ctx, input.orgId, allowed) });
});

/**
 * A procedure for programs too: called with an API key of this scope, whose organization it is then, or by a person of the
 * organization that the input names, for the roles that the permission table names.
 */
export const ingestProcedure = (scope: ApiScope) =>
  t.procedure.input(organizationInput.partial()).use(async ({ ctx, path, input: { orgId }, next }) => {
    const allowed = accessOf(path, (access) => typeof access !== 'string');
    return next({ ctx: { ingest: await ingestContext(ctx, orgId, scope, allowed) } });
  });

async function ingestContext(
  ctx: RequestContext,
  orgId: OrganizationDocument['_id'] | undefined,
  scope: ApiScope,
  allowed: Access,
): Promise<IngestContext> {
  if (hasKey(ctx.request)) {
    const holder = await admitKey(ctx.deps, ctx.request, ctx.reply, scope);
    if (orgId !== undefined && orgId !== holder.organization._id) throw refusal({ code: 'not_found' });
    return contextOfKey(ctx.deps, holder, ctx.log);
  }
  if (!ctx.signedIn) throw refusal({ code: 'not_signed_in' });
  if (orgId === undefined) throw refusal({ code: 'invalid_input', path: ['orgId'] });
  return contextOfPerson(await organizationContext(ctx, orgId, allowed));
}

/**
 * Finds what a signed-in person may do in an organization. Somebody else's organization is not found; a role that the
 * access doesn't name is not permitted.
 */
export async function organizationContext(
  context: Pick<RequestContext, 'deps' | 'signedIn' | 'log' | 'requestId'>,
  orgId: OrganizationDocument['_id'],
  allowed: Access,
): Promise<OrganizationContext> {
  const { deps, signedIn, log, requestId } = context;
  if (!signedIn) throw refusal({ code: 'not_signed_in' });
  const { accounts } = deps.database;
  const [membership, organization] = await Promise.all([
    accounts.membership(orgId, signedIn.user.id),
    accounts.organization(orgId),
  ]);
  if (!membership || !organization) throw refusal({ code: 'not_found' });
  if (typeof allowed === 'string' || !allowed.includes(membership.role)) throw refusal({ code: 'not_permitted' });
  return {
    deps,
    user: signedIn.user,
    role: membership.role,
    organization,
    db: deps.database.forOrganization(orgId),
    log: log.child({ orgId }),
    requestId,
  };
}
