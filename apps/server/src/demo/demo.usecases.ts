import { type DemoMessage, demoDocuments, type OrganizationDocument } from '@mini-crm/db';
import {
  type DemoData,
  type DomainError,
  demoAttributes,
  demoData,
  err,
  fieldCatalogue,
  ok,
  type Result,
  type RuleNode,
  resolveRule,
  type Sender,
} from '@mini-crm/domain';
import { compileMessage } from '../content/compile.ts';
import type { OrganizationContext } from '../trpc.ts';

type Outcome<T> = Promise<Result<T, DomainError>>;

/** The same for everybody: two people who talk about the demo see the same. */
const seed = 20_261_122;

/**
 * Fills an organization that has no customers of its own with the demo. Again is no-op; what a crash left is cleaned away
 * first. `demo_not_empty` where there are customers, `demo_busy` while somebody else fills or removes.
 */
export async function fillDemo(ctx: OrganizationContext): Outcome<{ customers: number }> {
  const { demo } = ctx.db;
  if ((await demo.state()) === 'filled') return ok({ customers: await ctx.db.overview.customers() });
  if (await demo.hasOwnCustomers()) return err({ code: 'demo_not_empty' });
  const slug = await demo.clashingAttribute();
  if (slug !== null) return err({ code: 'attribute_exists', details: { slug } });
  const now = ctx.deps.now();
  const token = await demo.begin('filling', now);
  if (token === null) return err({ code: 'demo_busy' });
  try {
    await demo.remove();
    const { timeZone: zone, currency } = ctx.organization;
    const data = demoData({ seed, now: now.getTime(), zone, currency });
    const sendings = await compileSendings(data, ctx.organization, zone);
    const documents = demoDocuments(ctx.db.orgId, { data, createdBy: ctx.user.id, now, sendings });
    await demo.insert(documents);
    await demo.end(token, 'filled');
    return ok({ customers: documents.customers.length });
  } catch (error) {
    // Best effort: where this fails too, the next click finds the state and cleans up before it fills.
    await demo.remove().then(
      () => demo.end(token, 'removed'),
      () => undefined,
    );
    throw error;
  }
}

/** Removes what the demo made and nothing else. Again is no-op. */
export async function removeDemo(ctx: OrganizationContext): Outcome<{ removed: true }> {
  const { demo } = ctx.db;
  if ((await demo.state()) === 'removed') return ok({ removed: true });
  const token = await demo.begin('removing', ctx.deps.now());
  if (token === null) return err({ code: 'demo_busy' });
  await demo.remove();
  await demo.end(token, 'removed');
  return ok({ removed: true });
}

/** Compiles what the demo's campaigns sent, as a launch would. */
async function compileSendings(
  { campaigns, segments }: DemoData,
  organization: OrganizationDocument,
  zone: string,
): Promise<ReadonlyMap<string, DemoMessage>> {
  const fields = fieldCatalogue({ attributes: demoAttributes });
  const sender = senderFor(organization);
  const sendings = new Map<string, DemoMessage>();
  for (const { key, content, include, sending } of campaigns) {
    if (!sending) continue;
    const children = segments.filter((segment) => include.includes(segment.key)).map(({ rule }) => rule.root);
    const root: RuleNode = include === 'everyone' ? { type: 'everyone' } : { type: 'any', children };
    const rule = resolveRule({ version: 1, root }, { now: sending.launchedAt.getTime(), zone, fields });
    const compiled = await compileMessage(content, sender, 'marketing');
    if (!rule.ok || !compiled.ok) throw new Error(`the demo's campaign ${key} is faulty`);
    sendings.set(key, { content: compiled.value, rule: rule.value });
  }
  return sendings;
}

/** The organization's sender, and an example's where it has none yet. */
function senderFor({ name, sender }: OrganizationDocument): Sender {
  return {
    fromName: sender.fromName || name,
    fromEmail: sender.fromEmail || 'hello@roastery.example',
    replyTo: sender.replyTo,
    postalAddress: sender.postalAddress || '12 Roaster Lane, 12345 Exampleton',
  };
}
