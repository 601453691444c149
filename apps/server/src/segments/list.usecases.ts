import { bindRule, newId } from '@mini-crm/db';
import {
  type Customer,
  type CustomerId,
  type DomainError,
  err,
  ok,
  type Result,
  type Segment,
  type SegmentFields,
  type SegmentId,
  type StaticSegment,
} from '@mini-crm/domain';
import type { OrganizationContext } from '../trpc.ts';
import { type ListUpload, readListFile } from './list-upload.ts';
import { ruleContext } from './rule-context.ts';
import { recountToday } from './segment-history.usecases.ts';
import { checkSegmentLimit } from './segment-limit.ts';
import { inTime, usableSegment } from './segment-size.usecases.ts';

type Outcome<T> = Promise<Result<T, DomainError>>;

const batchSize = 1000;

/** A customer on a list, as its table shows them. */
export type MemberView = Pick<Customer, 'id' | 'externalId' | 'email' | 'phone' | 'firstName' | 'lastName'> & {
  readonly addedAt: Date;
};

/** Makes a list of some customers. It appears when all of them are on it. */
export async function createList(
  ctx: OrganizationContext,
  { name, description }: SegmentFields,
  customerIds: readonly CustomerId[],
): Outcome<{ segment: Segment; added: number }> {
  const made = await makeList(ctx, { name, description }, async (id) => ok(await addExisting(ctx, id, customerIds)));
  return made.ok ? ok({ segment: made.value.segment, added: made.value.answer }) : made;
}

/** Makes a list of the people of a CSV file. It appears when the whole file is read. */
export async function createListOfFile(
  ctx: OrganizationContext,
  { name, description }: SegmentFields,
  pieces: AsyncIterable<Uint8Array>,
): Outcome<ListUpload & { segmentId: SegmentId }> {
  const made = await makeList(ctx, { name, description }, (id) =>
    readListFile(ctx, pieces, (ids) => ctx.db.segmentMembers.add(id, ids, ctx.deps.now())),
  );
  return made.ok ? ok({ ...made.value.answer, segmentId: made.value.segment.id }) : made;
}

/** Members first, then the segment that names them: what is cut off in between is no list, and is swept away. */
async function makeList<T>(
  ctx: OrganizationContext,
  fields: SegmentFields,
  fill: (id: SegmentId) => Outcome<T>,
): Outcome<{ segment: Segment; answer: T }> {
  const room = await checkSegmentLimit(ctx);
  if (!room.ok) return room;
  if (await ctx.db.segments.isNameTaken(fields.name)) return err({ code: 'segment_name_taken', path: ['name'] });
  const id = newId('segment');
  let kept = false;
  try {
    const filled = await fill(id);
    if (!filled.ok) return filled;
    const segment = await ctx.db.segments.insert(id, { ...fields, kind: 'static' }, ctx.deps.now());
    if (!segment.ok) return segment;
    kept = true;
    return ok({ segment: segment.value, answer: filled.value });
  } finally {
    if (!kept) await ctx.db.segmentMembers.removeList(id);
  }
}

/**
 * Makes a list of everybody who is in a segment at this moment. A worker fills it; it can be used when all are on it, also
 * where the worker was stopped in between.
 */
export async function startSnapshot(
  ctx: OrganizationContext,
  from: SegmentId,
  { name, description }: SegmentFields,
): Outcome<Segment> {
  const now = ctx.deps.now();
  const found = await usableSegment(ctx, from);
  if (!found.ok) return found;
  const room = await checkSegmentLimit(ctx);
  if (!room.ok) return room;
  const context = await ruleContext(ctx, now);
  // By the truth: the list is kept, whatever the columns come to say later.
  const rule = await inTime(undefined, (limits) => bindRule(ctx.db.audience, found.value.rule, context, limits));
  if (!rule.ok) return rule;
  const filling = {
    from: { id: from, name: found.value.segment.name },
    startedAt: now,
    added: 0,
    rule: rule.value,
    after: null,
    heldUntil: now,
    token: null,
  };
  return ctx.db.segments.insert(newId('segment'), { name, description, kind: 'static', filling }, now);
}

/** Puts customers on a list; those who do not exist are left out. */
export async function addMembers(
  ctx: OrganizationContext,
  id: SegmentId,
  customerIds: readonly CustomerId[],
): Outcome<{ added: number }> {
  const list = await usableList(ctx, id);
  if (!list.ok) return list;
  const added = await addExisting(ctx, id, customerIds);
  await changed(ctx, id);
  return ok({ added });
}

/** Puts the people of a CSV file on a list. Where the file breaks off, those who were read before are on it. */
export async function addFile(
  ctx: OrganizationContext,
  id: SegmentId,
  pieces: AsyncIterable<Uint8Array>,
): Outcome<ListUpload> {
  const list = await usableList(ctx, id);
  if (!list.ok) return list;
  try {
    return await readListFile(ctx, pieces, (ids) => ctx.db.segmentMembers.add(id, ids, ctx.deps.now()));
  } finally {
    await changed(ctx, id);
  }
}

/** Takes customers off a list. */
export async function removeMembers(
  ctx: OrganizationContext,
  id: SegmentId,
  customerIds: readonly CustomerId[],
): Outcome<{ removed: number }> {
  const list = await usableList(ctx, id);
  if (!list.ok) return list;
  const removed = await ctx.db.segmentMembers.remove(id, customerIds);
  await changed(ctx, id);
  return ok({ removed });
}

/** A page of the people on a list. */
export async function listMembers(
  ctx: OrganizationContext,
  id: SegmentId,
  page: { readonly cursor: CustomerId | null; readonly limit: number },
): Outcome<{ items: MemberView[]; next: CustomerId | null }> {
  const list = await usableList(ctx, id);
  if (!list.ok) return list;
  const { items, next } = await ctx.db.segmentMembers.page(id, page.cursor, page.limit);
  const found = await ctx.db.customers.many(items.map(({ customerId }) => customerId));
  const byId = new Map(found.map((customer) => [customer.id, customer]));
  return ok({
    items: items.flatMap(({ customerId, addedAt }) => {
      const customer = byId.get(customerId);
      if (!customer) return [];
      const { externalId, email, phone, firstName, lastName } = customer;
      return [{ id: customerId, externalId, email, phone, firstName, lastName, addedAt }];
    }),
    next,
  });
}

/** A list that can be read and changed; `segment_kind` for a segment with a rule. */
async function usableList(ctx: OrganizationContext, id: SegmentId): Outcome<StaticSegment> {
  const found = await usableSegment(ctx, id);
  if (!found.ok) return found;
  const { segment } = found.value;
  return segment.kind === 'static' ? ok(segment) : err({ code: 'segment_kind' });
}

async function addExisting(
  ctx: OrganizationContext,
  id: SegmentId,
  customerIds: readonly CustomerId[],
): Promise<number> {
  const asked = [...new Set(customerIds)];
  let added = 0;
  for (let from = 0; from < asked.length; from += batchSize) {
    const existing = await ctx.db.customers.existing(asked.slice(from, from + batchSize));
    added += await ctx.db.segmentMembers.add(id, [...existing], ctx.deps.now());
  }
  return added;
}

/** Notes that other people are on a list; today's size is counted anew. */
async function changed(ctx: OrganizationContext, id: SegmentId): Promise<void> {
  await ctx.db.segments.touch(id, ctx.deps.now());
  await recountToday(ctx, id);
}
