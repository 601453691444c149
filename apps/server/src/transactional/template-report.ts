import { type Attribute, type CampaignFault, isLaunchable, type Sender, type TemplateDraft } from '@mini-crm/domain';
import { reportOf } from '../content/check-message.ts';
import { type Compiled, compileMessage } from '../content/compile.ts';
import type { RenderedMessage } from '../content/render.ts';
import type { TemplateCustomer } from '../content/template-scope.ts';
import { openTemplate, variablesOf } from './open-template.ts';
import { preheaderOf, renderTemplate } from './render-template.ts';

/** A value that a template asks of the programs that send by it. */
export interface TemplateField {
  /** Below `data`, such as `order.number`. */
  readonly name: string;
  /** Whether a message fails that comes without it, as far as the sample tells. */
  readonly required: boolean;
}

export interface TemplateReport {
  readonly faults: readonly CampaignFault[];
  readonly compiled: Compiled;
  readonly fields: readonly TemplateField[];
  /** The message with the sample's data; null while faults keep it from being rendered. */
  readonly message: RenderedMessage | null;
  /** As an inbox shows it. */
  readonly preheader: string;
}

interface Setting {
  readonly sender: Sender;
  readonly organizationName: string;
  readonly attributes: readonly Pick<Attribute, 'slug'>[];
  /** As whom to see it; null for somebody of whom only the address is known. */
  readonly customer: TemplateCustomer | null;
  readonly address: string;
  readonly unsubscribeUrl: string;
}

/** Everything that compiling a draft and rendering it with its sample brings to light. */
export async function templateReport(draft: TemplateDraft, setting: Setting): Promise<TemplateReport> {
  const { content, purpose, sample } = draft;
  const { sender, attributes, customer, address, unsubscribeUrl } = setting;
  const compiled = await compileMessage(content, sender, purpose);
  const found = reportOf(content, compiled, attributes);
  const faults: CampaignFault[] = [
    ...emptyParts(draft),
    ...found.faults.filter(({ code, details }) => code !== 'variable_unknown' || !isData(details?.name)),
  ];
  if (!compiled.ok || content.mjml.trim() === '') return { faults, compiled, fields: [], message: null, preheader: '' };
  if (purpose === 'marketing' && !found.unsubscribe.html) {
    faults.push({ code: 'unsubscribe_missing', path: ['content', 'mjml'] });
  } else if (purpose === 'marketing' && !found.unsubscribe.text) {
    faults.push({ code: 'unsubscribe_missing', path: ['content', 'text'] });
  }
  const open = openTemplate(compiled.value);
  const facts = {
    ...{ customer, address, name: '', unsubscribeUrl, links: null, pixelUrl: null },
    organization: { name: setting.organizationName, postalAddress: sender.postalAddress },
  };
  const rendered = renderTemplate(open, { ...facts, data: sample });
  const names = variablesOf(compiled.value).flatMap(([root, ...rest]) =>
    root === 'data' && rest.length > 0 ? [rest] : [],
  );
  const fields = names.map((path) => {
    const without = renderTemplate(open, { ...facts, data: lacking(sample, path) });
    return { name: path.join('.'), required: !without.ok && without.error.code === 'variable_missing' };
  });
  const preheader = preheaderOf(open, { ...facts, data: sample });
  if (rendered.ok) return { faults, compiled, fields, message: rendered.value, preheader };
  const { code, details = {} } = rendered.error;
  // A name that nobody has was said above.
  if (code !== 'variable_missing') faults.push({ code: 'template_faulty', path: ['content', 'mjml'], details });
  else if (isData(details.variable) || faults.length === 0) {
    const message = `${String(details.variable)} is not in the sample data`;
    faults.push({ code: 'template_faulty', path: ['sample'], details: { message, line: null } });
  }
  return { faults, compiled, fields, message: null, preheader };
}

/** Whether a draft may be published: nothing is wrong but what its sample lacks. */
export const isPublishable = ({ compiled, faults }: TemplateReport): boolean =>
  compiled.ok && isLaunchable(faults.filter(({ path }) => path[0] !== 'sample'));

function* emptyParts({ content }: TemplateDraft): Generator<CampaignFault> {
  if (content.subject.trim() === '') yield { code: 'subject_missing', path: ['content', 'subject'] };
  if (content.mjml.trim() === '') yield { code: 'message_missing', path: ['content', 'mjml'] };
}

const isData = (name: unknown) => typeof name === 'string' && (name === 'data' || name.startsWith('data.'));

/** Data without the value at a path. */
function lacking(data: unknown, [name, ...rest]: readonly string[]): Record<string, unknown> {
  if (name === undefined || data === null || typeof data !== 'object' || Array.isArray(data)) return {};
  const { [name]: value, ...others } = data as Record<string, unknown>;
  return rest.length === 0 || value === undefined ? others : { ...others, [name]: lacking(value, rest) };
}
