import type {
  Attribute,
  CampaignFault,
  CampaignPurpose,
  MessageContent,
  MessageReport,
  Sender,
} from '@mini-crm/domain';
import { type Compiled, compileMessage } from './compile.ts';
import { textEngine } from './liquid-engines.ts';
import { openMessage, type RenderedMessage, renderMessage } from './render.ts';
import { knownVariables } from './template-scope.ts';
import { withoutComments } from './without-comments.ts';

// Nobody could write these by chance, so finding them in a rendered part means that its template puts them there.
const unsubscribeMark = 'https://unsubscribe.invalid/7c1b3f';
const addressMark = 'postal-address-7c1b3f';

/** Everything that compiling a message and rendering it for someone of whom nothing is known brings to light. */
export async function checkMessage(
  content: MessageContent,
  sender: Sender,
  purpose: CampaignPurpose,
  attributes: readonly Pick<Attribute, 'slug'>[],
): Promise<MessageReport> {
  return reportOf(content, await compileMessage(content, sender, purpose), attributes);
}

/** The same of a message that is compiled already. */
export function reportOf(
  content: MessageContent,
  compiled: Compiled,
  attributes: readonly Pick<Attribute, 'slug'>[],
): MessageReport {
  if (content.mjml.trim() === '') return report([], null);
  if (!compiled.ok) return report(compiled.faults, null);
  const unknown = unknownVariables(content, knownVariables(attributes));
  const rendered = renderMessage(openMessage(compiled.value), {
    customer: {
      id: 'cus_00000000000000000000000000' as never,
      firstName: null,
      lastName: null,
      email: 'nobody@example.com',
      phone: null,
      externalId: null,
      locale: null,
      timeZone: null,
      attributes: {},
    },
    organization: { name: 'Organization', postalAddress: addressMark },
    links: null,
    unsubscribeUrl: unsubscribeMark,
    pixelUrl: null,
  });
  if (rendered.ok) return report(unknown, rendered.value);
  return report(
    [...unknown, { code: 'template_faulty', path: ['content', 'mjml'], ...detailsOf(rendered.error) }],
    null,
  );
}

const detailsOf = ({ details }: { details?: Readonly<Record<string, unknown>> }) => (details ? { details } : {});

function report(faults: readonly CampaignFault[], rendered: RenderedMessage | null): MessageReport {
  const shown = withoutComments(rendered?.html ?? '');
  const anchors = shown.match(/<a\b[^<>]*>/gi) ?? [];
  return {
    faults,
    unsubscribe: {
      html: anchors.some((anchor) => anchor.includes(unsubscribeMark)),
      text: rendered?.text.includes(unsubscribeMark) ?? false,
    },
    showsPostalAddress: shown.includes(addressMark),
  };
}

/** Names that a template asks for and nobody has, such as `customer.fristName`: they would come out empty for everybody. */
function unknownVariables(content: MessageContent, known: ReadonlySet<string>): CampaignFault[] {
  const parts = {
    subject: content.subject,
    preheader: content.preheader,
    mjml: content.mjml,
    text: content.text ?? '',
  };
  const faults: CampaignFault[] = [];
  for (const [part, source] of Object.entries(parts)) {
    const names = new Set<string>();
    for (const segments of textEngine.globalVariableSegmentsSync(source)) {
      const name = variableName(segments);
      if (!known.has(name)) names.add(name);
    }
    for (const name of names) faults.push({ code: 'variable_unknown', path: ['content', part], details: { name } });
  }
  return faults;
}

function variableName(segments: readonly unknown[]): string {
  const depth =
    segments[0] === 'customer' && segments[1] === 'attributes' ? 3 : segments[0] === 'unsubscribeUrl' ? 1 : 2;
  return segments
    .slice(0, depth)
    .map((segment) => (typeof segment === 'string' ? segment : '…'))
    .join('.');
}
