import { type Database, newId } from '@mini-crm/db';
import type { CampaignPurpose, MessageId, OrganizationId, TemplateId } from '@mini-crm/domain';
import { compileMessage } from '../../content/compile.ts';

const mjml = `<mjml><mj-body><mj-section><mj-column>
  <mj-text>Hello {{ customer.name | default: "there" }}, your order {{ data.order }} is here.</mj-text>
  <mj-button href="https://shop.example/orders/{{ data.order }}">See it</mj-button>
  <mj-text>{{ organization.postalAddress }} <a href="{{ unsubscribeUrl }}">Unsubscribe</a></mj-text>
</mj-column></mj-section></mj-body></mjml>`;

/** A template with one version, published past its checks: for tests of sending. */
export async function publishedTemplate(
  database: Database,
  orgId: OrganizationId,
  { purpose = 'service', tracked = false }: { purpose?: CampaignPurpose; tracked?: boolean } = {},
): Promise<TemplateId> {
  const id = newId('template');
  const by = newId('user');
  const at = new Date();
  const content = { subject: 'Order {{ data.order }}', preheader: '', mjml, text: null };
  const { templates } = database.forOrganization(orgId);
  const compiled = await compileMessage(
    content,
    { fromName: '', fromEmail: '', replyTo: '', postalAddress: '' },
    purpose,
  );
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.faults));
  const { sender: _, ...ready } = compiled.value;
  await templates.insert({
    ...{ id, name: 'Receipt', slug: `receipt-${id.slice(4)}`, purpose, tracked, content, sender: null, sample: {} },
    ...{ version: 1, published: null, archivedAt: null, createdBy: by, createdAt: at, updatedAt: at },
  });
  await database.transaction((session) =>
    templates.publish(id, { number: 1, draft: 1, at, by }, { content: ready, purpose, tracked, sender: null }, session),
  );
  return id;
}

/** Puts a message of order `order` into the queue, as an accepted request does. */
export async function enqueueMessage(
  database: Database,
  orgId: OrganizationId,
  templateId: TemplateId,
  message: { order: string; address: string; purpose?: CampaignPurpose; customerId?: string; createdAt?: Date },
): Promise<MessageId> {
  const { order, address, purpose = 'service', customerId = null, createdAt = new Date() } = message;
  const _id = newId('message');
  await database.forOrganization(orgId).transactionalMessages.enqueue({
    ...{ _id, templateId, templateVersion: 1, purpose, customerId: customerId as never, address, name: '' },
    ...{ data: JSON.stringify({ order }), replyTo: null, createdAt },
  });
  return _id;
}
