import type { Database } from '@mini-crm/db';
import {
  type CustomerId,
  fold,
  type Reaction,
  type RunId,
  type TrackedMessage,
  trackedDeliveryId,
} from '@mini-crm/domain';
import { linkTarget, type OpenMessage, openMessage } from '../content/render.ts';
import type { TemplateCustomer } from '../content/template-scope.ts';
import { transactionalLinks } from '../transactional/link-target.ts';
import type { EarlyResponses } from './early-responses.ts';
import type { ReactionBuffer } from './reaction-buffer.ts';
import type { SignedMessage, TrackingUrls } from './tracking-urls.ts';

/** What answering a mail's links needs. */
export interface TrackingContext {
  readonly database: Database;
  readonly urls: TrackingUrls;
  readonly now: () => Date;
  readonly responses: EarlyResponses;
  readonly reactions: ReactionBuffer;
}

/** Who asked: `nobody` where the response is not to be noted. */
export interface Responder {
  readonly by: 'person' | 'machine' | 'nobody';
  /** Tells one asker of a message from another, see `Reaction`. */
  readonly client: string;
}

/** Notes that a message was opened, or that somebody followed the link in it that no person sees. */
export function recordOpen(ctx: TrackingContext, message: TrackedMessage, by: Responder, kind: 'open' | 'trap'): void {
  if (by.by !== 'nobody' || kind === 'trap') note(ctx, message, by, { kind, link: null });
}

function note(ctx: TrackingContext, message: TrackedMessage, by: Responder, what: Pick<Reaction, 'kind' | 'link'>) {
  ctx.reactions.add({
    orgId: message.orgId,
    deliveryId: trackedDeliveryId(message),
    runId: message.runId ?? null,
    reaction: { ...what, at: ctx.now(), client: by.client, machine: by.by === 'machine' },
  });
}

const maximumTemplates = 50;

/** Finds where links lead; keeps the templates of the last runs, because a mailing's clicks come together. */
export function clicks(ctx: TrackingContext) {
  const templates = new Map<RunId, OpenMessage>();
  const ofMessage = transactionalLinks(ctx);

  async function templateOf({ orgId, runId }: TrackedMessage): Promise<OpenMessage | null> {
    if (runId === undefined) return null;
    const known = templates.get(runId);
    if (known) return known;
    const run = await ctx.database.forOrganization(orgId).runs.get(runId);
    if (!run) return null;
    const template = openMessage(run.content);
    const [oldest] = templates.keys();
    if (templates.size >= maximumTemplates && oldest) templates.delete(oldest);
    templates.set(runId, template);
    return template;
  }

  async function ofRun(message: TrackedMessage, link: number): Promise<string | null> {
    const template = await templateOf(message);
    if (!template) return null;
    return isPlain(template, link) ? linkTarget(template, link, noRecipient) : personalTarget(message, template, link);
  }

  async function personalTarget(message: TrackedMessage, template: OpenMessage, link: number): Promise<string | null> {
    const { orgId, customerId } = message;
    if (customerId === undefined) return null;
    const [organization, customer] = await Promise.all([
      ctx.database.accounts.organization(orgId),
      ctx.database.forOrganization(orgId).customers.get(customerId),
    ]);
    if (!organization) return null;
    const { postalAddress } = template.content.sender;
    return linkTarget(template, link, {
      customer: customer ?? nobody(customerId),
      organization: { name: organization.name, postalAddress },
      unsubscribeUrl: ctx.urls.unsubscribeUrl(message, customer?.email ?? null),
    });
  }

  return {
    /** The address of a link of a message, as it was rendered for its recipient; null where there is no such link. Notes the click. */
    async follow(message: TrackedMessage, by: Responder): Promise<string | null> {
      const { link } = message;
      if (link === null) return null;
      const target = message.messageId
        ? await ofMessage(message.orgId, message.messageId, link)
        : await ofRun(message, link);
      if (target && by.by !== 'nobody') note(ctx, message, by, { kind: 'click', link });
      return target;
    },
  };
}

/** Who a message went to, for the page that asks whether to unsubscribe. */
export interface Subscription {
  readonly organizationName: string;
  readonly address: string;
  /** Whether nothing is left to unsubscribe from. */
  readonly unsubscribed: boolean;
}

/** What the unsubscribe page says; changes nothing. Null where nothing is known that could be unsubscribed. */
export async function subscriptionOf(ctx: TrackingContext, message: SignedMessage): Promise<Subscription | null> {
  const found = await recipientOf(ctx, message);
  if (!found) return null;
  const { organizationName, address, db, customer } = found;
  const suppressed = address !== '' && (await db.suppressions.of('email', [fold(address)])).size > 0;
  const unsubscribed = suppressed && customer?.consents.email?.state !== 'granted';
  return { organizationName, address, unsubscribed };
}

/**
 * Unsubscribes who a message went to: the address is suppressed for marketing, the consent withdrawn, the row notes it. The
 * same again changes nothing. The suppression comes first: what fails behind it fails towards silence. Null where there is
 * neither an address nor a customer to write it down for.
 */
export async function unsubscribe(ctx: TrackingContext, message: SignedMessage): Promise<Subscription | null> {
  const found = await recipientOf(ctx, message);
  if (!found) return null;
  const { organizationName, address, campaignId, db, customer } = found;
  const at = ctx.now();
  if (address !== '') {
    await db.suppressions.add({
      channel: 'email',
      address,
      scope: 'marketing',
      reason: 'unsubscribed',
      at,
      ...(campaignId ? { campaignId } : {}),
    });
  }
  if (customer && customer.consents.email?.state !== 'withdrawn') {
    const consent = {
      state: 'withdrawn',
      at,
      how: 'clicked unsubscribe in a message',
      source: 'unsubscribe link',
    } as const;
    await db.customers.setConsent(customer.id, 'email', consent);
  }
  if (message.runId) await db.responseCounts.touch([message.runId], at);
  await ctx.responses.note(() => db.deliveries.recordUnsubscribe(trackedDeliveryId(message), at));
  return { organizationName, address, unsubscribed: true };
}

async function recipientOf({ database }: TrackingContext, message: SignedMessage) {
  const { orgId } = message;
  const db = database.forOrganization(orgId);
  const [organization, delivery] = await Promise.all([
    database.accounts.organization(orgId),
    db.deliveries.get(trackedDeliveryId(message)),
  ]);
  // A quick reader answers before the row of a transactional message is written.
  const asked = message.messageId && !delivery ? await db.transactionalMessages.get(message.messageId) : null;
  const customerId = message.customerId ?? delivery?.customerId ?? asked?.customerId ?? null;
  const customer = customerId && (await db.customers.get(customerId));
  // The address that was written to, which is not the customer's any more where that was changed. Tokens of older messages
  // don't say it, and the row of a customer who was deleted has none.
  const address = message.address || delivery?.address || customer?.email || '';
  if (!organization || (address === '' && !customer)) return null;
  return {
    db,
    customer,
    organizationName: organization.name,
    address,
    campaignId: delivery?.campaignId ?? null,
  };
}

/** Whether a link is the same for everybody: then nobody has to be read to follow it. */
const isPlain = ({ content }: OpenMessage, link: number): boolean => !/\{[{%]/.test(content.links[link] ?? '');

/** A customer who was deleted since: links that name nobody still work. */
const nobody = (id: CustomerId): TemplateCustomer => ({
  id,
  firstName: null,
  lastName: null,
  email: null,
  phone: null,
  externalId: null,
  locale: null,
  timeZone: null,
  attributes: {},
});

const noRecipient = {
  customer: nobody('' as CustomerId),
  organization: { name: '', postalAddress: '' },
  unsubscribeUrl: '',
};
