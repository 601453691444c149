import { newId, type TemplateSummary } from '@mini-crm/db';
import {
  copyName,
  type DomainError,
  err,
  maximumTemplates,
  mayRename,
  ok,
  type Result,
  slugFrom,
  starters,
  type Template,
  type TemplateDraft,
  type TemplateId,
  type TemplateState,
  templateState,
  trackedByDefault,
} from '@mini-crm/domain';
import type { OrganizationContext } from '../trpc.ts';

type Outcome<T> = Promise<Result<T, DomainError>>;

/** All templates, the newest first, each with its state. */
export async function listTemplates(
  ctx: OrganizationContext,
): Promise<(TemplateSummary & { readonly state: TemplateState })[]> {
  const found = await ctx.db.templates.list();
  return found.map((template) => ({ ...template, state: templateState(template) }));
}

/** One template as it stands in the editor. */
export async function getTemplate(
  ctx: OrganizationContext,
  { id }: { id: TemplateId },
): Outcome<Template & { readonly state: TemplateState }> {
  const template = await ctx.db.templates.get(id);
  return template ? ok({ ...template, state: templateState(template) }) : err({ code: 'not_found' });
}

const firstContent = {
  subject: 'Your order {{ data.order.number }}',
  preheader: '',
  mjml: `<mjml>
  <mj-body background-color="#f4f5f7">
    <mj-section background-color="#ffffff" padding="32px 24px">
      <mj-column>
        <mj-text font-size="20px" font-weight="600">Thank you, {{ customer.firstName | default: "and welcome" }}!</mj-text>
        <mj-text font-size="15px" line-height="1.5">We have your order {{ data.order.number }}. It comes to {{ data.order.total }}.</mj-text>
        <mj-button href="{{ data.order.url }}" background-color="#2f5bea">See your order</mj-button>
      </mj-column>
    </mj-section>
    <mj-section padding="16px 24px">
      <mj-column>
        <mj-text font-size="12px" color="#6b7280">You get this message because you ordered at {{ organization.name }}.</mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`,
  text: null,
};

const firstSample = { order: { number: '1042', total: 'USD 48.00', url: 'https://shop.example/orders/1042' } };

/** A new draft: a service message about an order, or a marketing one with the first starter's message. */
export async function createTemplate(
  ctx: OrganizationContext,
  { name, purpose }: Pick<TemplateDraft, 'name' | 'purpose'>,
): Outcome<{ id: TemplateId }> {
  const { subject, preheader, mjml } = starters[0];
  const marketing = purpose === 'marketing';
  return insert(ctx, {
    name,
    purpose,
    tracked: trackedByDefault(purpose),
    content: marketing ? { subject, preheader, mjml, text: null } : firstContent,
    sender: null,
    sample: marketing ? {} : firstSample,
  });
}

/** A new draft with everything of another template but its name and slug. */
export async function duplicateTemplate(
  ctx: OrganizationContext,
  { id }: { id: TemplateId },
): Outcome<{ id: TemplateId }> {
  const original = await ctx.db.templates.get(id);
  if (!original) return err({ code: 'not_found' });
  const { purpose, tracked, content, sender, sample } = original;
  const names = (await ctx.db.templates.list()).map((template) => template.name);
  return insert(ctx, { name: copyName(original.name, names), purpose, tracked, content, sender, sample });
}

async function insert(ctx: OrganizationContext, draft: Omit<TemplateDraft, 'slug'>): Outcome<{ id: TemplateId }> {
  const { templates } = ctx.db;
  if ((await templates.count()) >= maximumTemplates) {
    return err({ code: 'template_limit', details: { limit: maximumTemplates } });
  }
  const now = ctx.deps.now();
  const wanted = slugFrom(draft.name).replace(/-{2,}/g, '-');
  const slugs = [wanted, ...Array.from({ length: 20 }, (_, i) => `${wanted}-${i + 2}`)];
  const taken = new Set(await templates.slugsTaken(slugs));
  const free = slugs.filter((slug) => !taken.has(slug));
  const id = newId('template');
  // Somebody else may take one at the same moment; nobody takes the last one, which is the id's own.
  for (const slug of [...free.slice(0, 2), `${wanted.slice(0, 30)}-${id.slice(4)}`]) {
    const stamps = {
      version: 1,
      published: null,
      archivedAt: null,
      createdBy: ctx.user.id,
      createdAt: now,
      updatedAt: now,
    };
    if (await templates.insert({ id, slug, ...draft, ...stamps })) return ok({ id });
  }
  return err({ code: 'template_slug_taken', path: ['slug'] });
}

/** Saves a draft over the version that its author saw. What is published goes on going out as it was. */
export async function saveTemplate(
  ctx: OrganizationContext,
  { id, version, draft }: { id: TemplateId; version: number; draft: TemplateDraft },
): Outcome<{ version: number; updatedAt: Date }> {
  const current = await ctx.db.templates.get(id);
  if (!current) return err({ code: 'not_found' });
  if (draft.slug !== current.slug && !mayRename(current)) return err({ code: 'template_slug_fixed', path: ['slug'] });
  const now = ctx.deps.now();
  const saved = await ctx.db.templates.replace(id, version, draft, now);
  if (saved === 'taken') return err({ code: 'template_slug_taken', path: ['slug'] });
  if (saved === null) return err({ code: 'stale', details: { version: current.version } });
  return ok({ version: saved, updatedAt: now });
}

/** Takes a template out of use: nothing can be sent by it, and its messages stay in the log. Or back into use. */
export async function archiveTemplate(
  ctx: OrganizationContext,
  { id }: { id: TemplateId },
  archived: boolean,
): Outcome<{ done: true }> {
  const done = await ctx.db.templates.setArchived(id, archived ? ctx.deps.now() : null);
  return done ? ok({ done: true }) : err({ code: 'not_found' });
}

/** Deletes a template by which nothing was ever sent. */
export async function removeTemplate(ctx: OrganizationContext, { id }: { id: TemplateId }): Outcome<{ removed: true }> {
  if (await ctx.db.templates.remove(id)) return ok({ removed: true });
  return err({ code: (await ctx.db.templates.get(id)) ? 'template_published' : 'not_found' });
}
