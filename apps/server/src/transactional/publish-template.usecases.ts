import {
  type DomainError,
  err,
  ok,
  type PublishedVersion,
  type Result,
  senderOf,
  type TemplateId,
} from '@mini-crm/domain';
import type { OrganizationContext } from '../trpc.ts';
import { isPublishable, templateReport } from './template-report.ts';

/**
 * Makes the draft that its author saw what goes out from now on: compiled once, as a version that never changes. Messages
 * that are in the queue go out by the version that they were accepted with.
 */
export async function publishTemplate(
  ctx: OrganizationContext,
  { id, version }: { id: TemplateId; version: number },
): Promise<Result<{ number: number }, DomainError>> {
  const template = await ctx.db.templates.get(id);
  if (!template) return err({ code: 'not_found' });
  const stale = err({ code: 'stale' as const, details: { version: template.version } });
  if (template.version !== version) return stale;
  const { organization, deps, user } = ctx;
  const sender = senderOf(template.sender, organization.sender);
  const report = await templateReport(template, {
    ...{ sender, organizationName: organization.name, attributes: await ctx.db.attributes.list() },
    ...{ customer: null, address: user.email, unsubscribeUrl: '#' },
  });
  const { compiled, faults } = report;
  if (!compiled.ok || !isPublishable(report))
    return err({ code: 'template_not_ready', details: { faults: faults.filter(({ path }) => path[0] !== 'sample') } });
  const { sender: _, ...content } = compiled.value;
  const published: PublishedVersion = {
    number: (template.published?.number ?? 0) + 1,
    draft: version,
    at: deps.now(),
    by: user.id,
  };
  const { purpose, tracked, sender: own } = template;
  const done = await deps.database.transaction((session) =>
    ctx.db.templates.publish(id, published, { content, purpose, tracked, sender: own }, session),
  );
  if (!done) return stale;
  ctx.log.info({ templateId: id, number: published.number }, 'template published');
  return ok({ number: published.number });
}
