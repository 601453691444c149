import { newId, type SenderDocument } from '@mini-crm/db';
import {
  channelFaults,
  type DomainError,
  err,
  maximumSenders,
  ok,
  type Result,
  type SenderId,
  type SenderInput,
} from '@mini-crm/domain';
import type { OrganizationContext } from '../trpc.ts';
import { sealWay } from './seal-way.ts';
import { openSecretBox } from './secret-box.ts';
import { senderView } from './sender.dto.ts';

type Outcome<T> = Promise<Result<T, DomainError>>;
type Saved = { sender: ReturnType<typeof senderView>; newSecret: string | null };

/** The senders in their order, and what messages go out by where there is none. */
export async function listSenders(ctx: OrganizationContext) {
  const senders = await ctx.db.senders.list();
  const { SMTP_URL, ALLOW_PRIVATE_SENDERS } = ctx.deps.env;
  return {
    senders: senders.map(senderView),
    installation: SMTP_URL ? ('smtp' as const) : ('outbox' as const),
    allowPrivate: ALLOW_PRIVATE_SENDERS,
  };
}

/** Adds a sender behind the others. A secret that is made for it is answered this once. */
export async function createSender(ctx: OrganizationContext, input: SenderInput): Outcome<Saved> {
  if ((await ctx.db.senders.count()) >= maximumSenders) {
    return err({ code: 'sender_limit', details: { limit: maximumSenders } });
  }
  const id = newId('sender');
  const sealed = await seal(ctx, id, input, null);
  if (!sealed.ok) return sealed;
  const { name, enabled, throttle } = input;
  await ctx.db.senders.insert(id, { name, enabled, throttle, way: sealed.value.way }, ctx.deps.now());
  ctx.log.info({ senderId: id, type: input.way.type }, 'sender created');
  return saved(ctx, id, sealed.value.newSecret);
}

/** Changes a sender that is still as its author saw it; workers take it up within a second. */
export async function updateSender(
  ctx: OrganizationContext,
  id: SenderId,
  version: number,
  input: SenderInput,
): Outcome<Saved> {
  const before = await ctx.db.senders.get(id);
  if (!before) return err({ code: 'not_found' });
  const sealed = await seal(ctx, id, input, before.way);
  if (!sealed.ok) return sealed;
  const { name, enabled, throttle } = input;
  const change = { name, enabled, throttle, way: sealed.value.way };
  if (!(await ctx.db.senders.change(id, version, change, ctx.deps.now()))) return err({ code: 'stale' });
  ctx.log.info({ senderId: id }, 'sender changed');
  return saved(ctx, id, sealed.value.newSecret);
}

/** Removes a sender; what is on its way by it is finished. */
export async function removeSender(ctx: OrganizationContext, id: SenderId): Outcome<null> {
  if (!(await ctx.db.senders.remove(id))) return err({ code: 'not_found' });
  ctx.log.info({ senderId: id }, 'sender removed');
  return ok(null);
}

/** Puts the senders in another order. Refuses where these are not all of them. */
export async function reorderSenders(ctx: OrganizationContext, ids: readonly SenderId[]): Outcome<null> {
  const done = await ctx.deps.database.transaction((session) => ctx.db.senders.reorder(ids, session));
  return done ? ok(null) : err({ code: 'sender_order' });
}

/** The campaigns that wait for somebody to change a setting, for the notice above the pages. */
export async function listNotices(ctx: OrganizationContext) {
  const paused = await ctx.db.campaigns.list({ states: ['paused'], limit: 100 });
  return paused.flatMap(({ id, name, failure }) => {
    const fault = channelFaults.find((known) => known === failure?.code);
    if (!fault) return [];
    const detail = failure?.details.detail;
    return [{ campaignId: id, name, fault, detail: typeof detail === 'string' ? detail : null }];
  });
}

async function seal(ctx: OrganizationContext, _id: SenderId, input: SenderInput, before: SenderDocument['way'] | null) {
  const deps = { box: await openSecretBox(ctx.deps), allowPrivate: ctx.deps.env.ALLOW_PRIVATE_SENDERS };
  return sealWay(deps, { _id, orgId: ctx.db.orgId }, input.way, before);
}

async function saved(ctx: OrganizationContext, id: SenderId, newSecret: string | null): Outcome<Saved> {
  const sender = await ctx.db.senders.get(id);
  return sender ? ok({ sender: senderView(sender), newSecret }) : err({ code: 'not_found' });
}
