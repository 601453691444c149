import { type NewMessage, newId, type SendableTemplate } from '@mini-crm/db';
import {
  type AcceptedMessage,
  type DomainError,
  err,
  idempotencyKeyPattern,
  ok,
  type Result,
  type SendMessage,
  senderOf,
} from '@mini-crm/domain';
import type { IngestContext } from '../ingest/ingest-context.ts';
import { findRecipient } from './recipient.ts';
import { renderPatiently } from './render-template.ts';
import { templatesInMemory } from './templates-in-memory.ts';
import { type Once, withIdempotency } from './with-idempotency.ts';

type Outcome<T> = Promise<Result<T, DomainError>>;

const ready = templatesInMemory();

/**
 * Accepts one message to one recipient by a published template; a worker sends it. What can be known of its failure is
 * known now: it is rendered once for its refusals. With a key the same request again gets the same answer for a day, and
 * no second message.
 */
export async function sendMessage(
  ctx: IngestContext,
  request: SendMessage,
  key: string | null,
): Outcome<{ readonly answer: AcceptedMessage; readonly replayed: boolean }> {
  const { database, now } = ctx.deps;
  if (key !== null && !idempotencyKeyPattern.test(key))
    return err({ code: 'invalid_input', path: ['Idempotency-Key'] });
  if (key === null) {
    const once = await accept(ctx, request);
    if (!once.ok) return once;
    await ctx.db.transactionalMessages.enqueue(once.value.message);
    return ok({ answer: once.value.answer, replayed: false });
  }
  const parts = { db: ctx.db, transaction: database.transaction, now };
  return withIdempotency(parts, { holder: ctx.holder, key, body: request }, () => accept(ctx, request));
}

async function accept(
  ctx: IngestContext,
  request: SendMessage,
): Outcome<Once<AcceptedMessage> & { readonly message: NewMessage }> {
  const { db, organization } = ctx;
  const [template, recipient] = await Promise.all([templateOf(ctx, request), findRecipient(db, request.to)]);
  if (!template.ok) return template;
  if (!recipient.ok) return recipient;
  const { id: templateId, number } = template.value;
  const version = await ready.of(db, templateId, number);
  if (!version) throw new Error(`version ${number} of ${templateId} is missing`);
  const sender = senderOf(version.version.sender, organization.sender);
  if (sender.fromEmail === '') return err({ code: 'from_address_missing' });
  const { customer, address, name } = recipient.value;
  const rendered = renderPatiently(version.open, {
    customer,
    address,
    name,
    data: request.data,
    organization: { name: organization.name, postalAddress: sender.postalAddress },
    links: null,
    unsubscribeUrl: '#',
    pixelUrl: null,
  });
  if (!rendered.ok) return rendered;
  const message: NewMessage = {
    _id: newId('message'),
    templateId,
    templateVersion: number,
    purpose: version.version.purpose,
    customerId: customer?.id ?? null,
    address,
    name,
    data: JSON.stringify(request.data),
    replyTo: request.replyTo ?? null,
    createdAt: ctx.deps.now(),
  };
  const answer = {
    id: message._id,
    state: 'queued',
    templateId,
    templateVersion: number,
    customerId: message.customerId,
    to: address,
  } as const;
  return ok({ answer, message, write: (session) => db.transactionalMessages.enqueue(message, session) });
}

/** The published version of the template that a request names in one of two ways. */
async function templateOf(
  { db }: IngestContext,
  { templateId, templateSlug }: SendMessage,
): Outcome<{ id: SendableTemplate['id']; number: number }> {
  const path = [templateId === undefined ? 'templateSlug' : 'templateId'];
  if ((templateId === undefined) === (templateSlug === undefined)) return err({ code: 'invalid_input', path });
  const template = await db.templates.sendable(templateId ? { id: templateId } : { slug: templateSlug ?? '' });
  if (!template) return err({ code: 'template_unknown', path });
  if (!template.published || template.archivedAt) return err({ code: 'template_not_published', path });
  return ok({ id: template.id, number: template.published.number });
}
