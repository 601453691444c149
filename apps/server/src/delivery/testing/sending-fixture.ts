import { type Database, derivedFields, emptyRollups, newId } from '@mini-crm/db';
import {
  type Campaign,
  type CampaignId,
  type CustomerFields,
  type CustomerId,
  emptyWaterfall,
  type OrganizationId,
  type PageCounts,
  type Run,
  type RunId,
} from '@mini-crm/domain';
import { compileMessage } from '../../content/compile.ts';

const mjml = `<mjml><mj-body><mj-section><mj-column>
  <mj-text>Hello {{ customer.firstName | default: "there" }}</mj-text>
  <mj-button href="https://shop.example/new?for={{ customer.externalId }}">See what is new</mj-button>
  <mj-text>{{ organization.postalAddress }} <a href="{{ unsubscribeUrl }}">Unsubscribe</a></mj-text>
</mj-column></mj-section></mj-body></mjml>`;

const sender = {
  fromName: 'The Shop',
  fromEmail: 'shop@example.com',
  replyTo: 'help@example.com',
  postalAddress: '1 Main Street\nSpringfield',
};

/** An organization with customers c0@test.example, c1@... who all consented, and a campaign to all of them that was just launched. */
export interface Sending {
  readonly orgId: OrganizationId;
  readonly campaignId: CampaignId;
  readonly runId: RunId;
  readonly customerIds: readonly CustomerId[];
  readonly email: (i: number) => string;
}

export async function launchSending(
  database: Database,
  size: number,
  options: { purpose?: 'marketing' | 'service'; mjml?: string; orgId?: OrganizationId; domain?: string } = {},
): Promise<Sending> {
  const orgId = options.orgId ?? newId('organization');
  const now = new Date();
  const purpose = options.purpose ?? 'marketing';
  if (!options.orgId)
    await database.models.organizations.collection.insertOne({
      _id: orgId as never,
      slug: orgId,
      name: 'The Shop',
      timeZone: 'UTC',
      currency: 'USD',
      sender,
      createdAt: now,
    });
  const email = (i: number) => `c${i}@${options.domain ?? 'test.example'}`;
  const customerIds = Array.from({ length: size }, () => newId('customer')).sort();
  for (let from = 0; from < size; from += 5_000) {
    const part = customerIds.slice(from, from + 5_000);
    const documents = part.map((id, i) => customerDocument(orgId, id, from + i, email(from + i), now));
    await database.models.customers.collection.insertMany(documents as never[]);
  }
  const content = {
    subject: 'News for {{ customer.firstName }}',
    preheader: '',
    mjml: options.mjml ?? mjml,
    text: null,
  };
  const compiled = await compileMessage(content, sender, purpose);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.faults));
  const campaignId = newId('campaign');
  const runId = newId('run');
  const db = database.forOrganization(orgId);
  const campaign: Campaign = {
    id: campaignId,
    name: 'News',
    channel: 'email',
    purpose,
    audience: { include: 'everyone', exclude: [] },
    content,
    sender: null,
    schedule: { type: 'now' },
    state: 'sending',
    version: 1,
    runId,
    createdBy: newId('user'),
    createdAt: now,
    updatedAt: now,
    launchedAt: now,
    finishedAt: null,
    failure: null,
  };
  const run: Run = {
    id: runId,
    campaignId,
    state: 'building',
    boundAt: now,
    rule: { now: now.getTime(), zone: 'UTC', root: { type: 'everyone' } },
    content: compiled.value,
    segments: { include: 'everyone', exclude: [] },
    waterfall: emptyWaterfall,
    planned: null,
    createdAt: now,
    builtAt: null,
    finishedAt: null,
  };
  await db.campaigns.insert(campaign);
  await db.runs.insert(run);
  return { orgId, campaignId, runId, customerIds, email };
}

function customerDocument(orgId: OrganizationId, id: CustomerId, i: number, email: string, now: Date) {
  const fields: CustomerFields = {
    externalId: `x${i}`,
    email,
    phone: null,
    firstName: `Ann${i}`,
    lastName: null,
    timeZone: null,
    locale: null,
  };
  return {
    _id: id,
    orgId,
    ...fields,
    attributes: {},
    consents: { email: { state: 'granted', at: now, how: 'in the shop', source: 'test' } },
    rollups: emptyRollups,
    ...derivedFields(fields, {}),
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
}

/** Waits until the worker is through with a run; throws when it is not in time. */
export async function waitForEnd(database: Database, sending: Sending, timeoutMs = 30_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const run = await database.models.runs.collection.findOne({ _id: sending.runId as never });
    if (run?.settledAt) return;
    if (Date.now() > deadline) throw new Error(`run is ${run?.state} after ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Waits until a condition holds. */
export async function until(holds: () => boolean | Promise<boolean>, timeoutMs = 20_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/**
 * The invariant of the log against the receiving side: everybody has one row; `sent` is exactly one message, `skipped`
 * and `failed` none, `unknown` none or one; and the counts of the pages say the same. Returns the counts.
 */
export async function checkInvariant(
  database: Database,
  { orgId, runId, customerIds, email }: Sending,
  messagesFor: (address: string) => number,
): Promise<PageCounts> {
  const rows = await database.models.deliveries.collection.find({ orgId, runId }).toArray();
  const byCustomer = new Map(rows.map((row) => [row.customerId as string, row]));
  const wrong: string[] = [];
  const counts = { sent: 0, failed: 0, skipped: 0, unknown: 0 };
  for (const [i, id] of customerIds.entries()) {
    const row = byCustomer.get(id);
    const messages = messagesFor(email(i));
    const state = row?.state as keyof PageCounts | undefined;
    const fits = state === 'sent' ? messages === 1 : state === 'unknown' ? messages <= 1 : state && messages === 0;
    if (!fits) wrong.push(`${email(i)}: ${state ?? 'missing'}, ${messages} messages`);
    if (state) counts[state]++;
  }
  if (wrong.length > 0) throw new Error(`${wrong.length} wrong: ${wrong.slice(0, 10).join('; ')}`);
  if (rows.length !== customerIds.length) throw new Error(`${rows.length} rows for ${customerIds.length} people`);
  const counted = await database.forOrganization(orgId).pages.counts(runId);
  if (JSON.stringify(counted) !== JSON.stringify(counts)) {
    throw new Error(`pages count ${JSON.stringify(counted)}, rows ${JSON.stringify(counts)}`);
  }
  return counts;
}
