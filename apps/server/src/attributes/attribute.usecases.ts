import {
  type Attribute,
  checkRule,
  customerFieldsOf,
  type DomainError,
  err,
  maximumAttributes,
  ok,
  type Result,
} from '@mini-crm/domain';
import { ruleContext } from '../segments/rule-context.ts';
import type { OrganizationContext } from '../trpc.ts';

const hasOptions = (attribute: Pick<Attribute, 'type'>) => attribute.type === 'enum' || attribute.type === 'enumList';

/** An attribute that is an enumeration has options, each once; the others have none. */
function checkOptions(attribute: Attribute): Result<Attribute, DomainError> {
  const options = [...new Set(attribute.options)];
  if (hasOptions(attribute) && options.length === 0) return err({ code: 'invalid_input', path: ['options'] });
  return ok({ ...attribute, options: hasOptions(attribute) ? options : [] });
}

/** Adds an attribute to the catalogue. */
export async function createAttribute(
  ctx: OrganizationContext,
  input: Attribute,
): Promise<Result<Attribute, DomainError>> {
  const attribute = checkOptions(input);
  if (!attribute.ok) return attribute;
  if ((await ctx.db.attributes.count()) >= maximumAttributes) {
    return err({ code: 'attribute_limit', details: { limit: maximumAttributes } });
  }
  const added = await ctx.db.attributes.insert(attribute.value);
  return added ? attribute : err({ code: 'attribute_exists', path: ['slug'] });
}

/** Changes label and options; slug and type are for ever. An option that customers have can't go. */
export async function updateAttribute(
  ctx: OrganizationContext,
  input: Pick<Attribute, 'slug' | 'label' | 'options'>,
): Promise<Result<Attribute, DomainError>> {
  const { slug, label, options } = input;
  const held = await ctx.db.attributes.get(slug);
  if (!held) return err({ code: 'not_found' });
  const attribute = checkOptions({ ...held, label, options });
  if (!attribute.ok) return attribute;
  for (const option of held.options.filter((one) => !attribute.value.options.includes(one))) {
    if (await ctx.db.customers.hasAttributeValue(slug, option)) {
      return err({ code: 'attribute_in_use', path: ['options'], details: { option, customers: true } });
    }
  }
  const segments = await brokenSegments(ctx, attribute.value);
  if (segments.length > 0) return err({ code: 'attribute_in_use', path: ['options'], details: { segments } });
  const saved = await ctx.db.attributes.replace(slug, attribute.value);
  return saved ? attribute : err({ code: 'not_found' });
}

/** The segments that ask for an option which an attribute is to lose. */
async function brokenSegments(ctx: OrganizationContext, { slug, options }: Attribute) {
  const context = await ruleContext(ctx, ctx.deps.now());
  const path = `attributes.${slug}`;
  const customer = context.fields.customer.map((field) => (field.path === path ? { ...field, options } : field));
  const after = { ...context, fields: { ...context.fields, customer } };
  return context.fields.segments
    .filter(({ id }) => {
      const rule = context.segments.get(id);
      return rule && customerFieldsOf(rule).includes(path) && checkRule(rule, context).ok && !checkRule(rule, after).ok;
    })
    .map(({ id, name }) => ({ id, name }));
}

/** Removes an attribute and its values from every customer; refused while a segment asks for it. */
export async function removeAttribute(ctx: OrganizationContext, slug: string): Promise<Result<null, DomainError>> {
  if (!(await ctx.db.attributes.get(slug))) return err({ code: 'not_found' });
  const users = (await ctx.db.segments.list()).filter(
    (segment) => segment.kind === 'dynamic' && customerFieldsOf(segment.rule).includes(`attributes.${slug}`),
  );
  if (users.length > 0) {
    return err({ code: 'attribute_in_use', details: { segments: users.map(({ id, name }) => ({ id, name })) } });
  }
  await ctx.db.customers.removeAttribute(slug);
  await ctx.db.attributes.remove(slug);
  // What an import wrote in between: nothing may be left that a new attribute of this name, but another type, would meet.
  await ctx.db.customers.removeAttribute(slug);
  ctx.log.info({ slug }, 'attribute removed');
  return ok(null);
}
