import { type DomainError, err, ok, type Result, type RunContent } from '@mini-crm/domain';
import type { Template } from 'liquidjs';
import { quotedPrintablePiece } from '../delivery/channels/quoted-printable.ts';
import { liquidErrorDetails } from './compile.ts';
import { htmlEngine, liquidLimits, textEngine } from './liquid-engines.ts';
import { liquidEscape, type QuickTemplate, quickTemplate } from './quick-template.ts';
import { customerScope, onOneLine, type TemplateCustomer, type TemplateOrganization } from './template-scope.ts';

/** A message whose templates are parsed: make it once a run, render it once a recipient. Lives in memory only. */
export interface OpenMessage {
  readonly content: RunContent;
  readonly subject: Template[];
  readonly html: Template[];
  readonly text: Template[];
  readonly links: readonly Template[][];
  /** The same templates as functions, where they are simple enough. */
  readonly quick: {
    readonly subject: QuickTemplate | null;
    readonly html: QuickTemplate | null;
    readonly text: QuickTemplate | null;
  };
  /** Bodies as quoted-printable, whose texts were encoded once for all recipients; the subject as above. */
  readonly encoded: {
    readonly html: QuickTemplate;
    readonly text: QuickTemplate;
    readonly subject: QuickTemplate;
  } | null;
}

/** Everything about one recipient that a message shows. */
export interface Recipient {
  readonly customer: TemplateCustomer;
  readonly organization: TemplateOrganization;
  /** The tracking address of the link of a number; null puts the link itself there, as in a preview. */
  readonly links: ((index: number) => string) | null;
  readonly unsubscribeUrl: string;
  readonly pixelUrl: string | null;
}

export interface RenderedMessage {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** Parses the templates of a compiled message. Throws where they don't parse: compileMessage has refused those. */
export function openMessage(content: RunContent): OpenMessage {
  const subject = quickTemplate(content.subject, itself);
  const html = quickTemplate(content.html, (text) => quotedPrintablePiece(liquidEscape(text)), quotedPrintablePiece);
  const text = quickTemplate(content.text, quotedPrintablePiece, quotedPrintablePiece);
  return {
    content,
    subject: textEngine.parse(content.subject),
    html: htmlEngine.parse(content.html),
    text: textEngine.parse(content.text),
    links: content.links.map((link) => textEngine.parse(link)),
    quick: {
      subject,
      html: quickTemplate(content.html, liquidEscape),
      text: quickTemplate(content.text, itself),
    },
    encoded: subject && html && text ? { subject, html, text } : null,
  };
}

const itself = (text: string) => text;

/** The message of one recipient, or `template_faulty` when it fails or outgrows its limits for this one. */
export function renderMessage(message: OpenMessage, recipient: Recipient): Result<RenderedMessage, DomainError> {
  const { organization, unsubscribeUrl, pixelUrl } = recipient;
  try {
    const oneLine = { ...messageScope(recipient), unsubscribeUrl, pixelUrl };
    const time = deadline();
    const address = recipient.links ?? ((index: number) => linkAddress(message.links[index], oneLine, time));
    const links = message.links.map((_link, index) => address(index));
    const htmlScope = { ...oneLine, links };
    const textScope = { ...htmlScope, organization };
    const { quick } = message;
    return ok({
      subject: headerText(bounded(quick.subject?.(oneLine) ?? textEngine.renderSync(message.subject, oneLine, time()))),
      html: bounded(quick.html?.(htmlScope) ?? htmlEngine.renderSync(message.html, htmlScope, time())),
      text: bounded(quick.text?.(textScope) ?? textEngine.renderSync(message.text, textScope, time())),
    });
  } catch (error) {
    return err({ code: 'template_faulty', details: liquidErrorDetails(error) });
  }
}

/**
 * The message of one recipient with its bodies as quoted-printable, at a tenth of the cost of rendering and encoding it; null
 * where it takes Liquid to render it.
 */
export function renderEncoded({ encoded, links }: OpenMessage, recipient: Recipient): RenderedMessage | null {
  if (!encoded || !recipient.links) return null;
  const { organization, unsubscribeUrl, pixelUrl } = recipient;
  const scope = {
    ...messageScope(recipient),
    unsubscribeUrl,
    pixelUrl,
    links: links.map((_link, i) => recipient.links?.(i)),
  };
  const subject = encoded.subject(scope);
  const html = encoded.html(scope);
  const text = encoded.text({ ...scope, organization });
  if (subject === null || html === null || text === null) return null;
  const most = Math.max(subject.length, html.length, text.length);
  return most > liquidLimits.output ? null : { subject: headerText(subject), html, text };
}

/** The preheader of one recipient, for showing it as an inbox does; empty where it can't be rendered. */
export function renderPreheader(content: RunContent, recipient: Pick<Recipient, 'customer' | 'organization'>): string {
  try {
    return headerText(bounded(textEngine.parseAndRenderSync(content.preheader, messageScope(recipient))));
  } catch {
    return '';
  }
}

/**
 * Where a click on a link of a message leads a customer: the link's own template rendered for them. Null for a number that
 * the message doesn't have, and for what is no web address.
 */
export function linkTarget(
  message: OpenMessage,
  index: number,
  recipient: Pick<Recipient, 'customer' | 'organization' | 'unsubscribeUrl'>,
): string | null {
  const { customer, organization, unsubscribeUrl } = recipient;
  const link = message.links[index];
  if (!link) return null;
  try {
    const scope = { customer: customerScope(customer), organization, unsubscribeUrl };
    const url = new URL(linkAddress(link, scope, deadline()));
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}

/** Customer and organization, its address on one line. */
const messageScope = ({ customer, organization }: Pick<Recipient, 'customer' | 'organization'>) => ({
  customer: customerScope(customer),
  organization: { ...organization, postalAddress: onOneLine(organization.postalAddress) },
});

/** All parts of a message share one time: each gets what those before it left. Throws when nothing is left. */
function deadline(): () => { renderLimit: number } {
  const end = performance.now() + liquidLimits.milliseconds;
  return () => {
    const renderLimit = end - performance.now();
    if (renderLimit <= 0) throw new Error('template render limit exceeded');
    return { renderLimit };
  };
}

const linkAddress = (link: Template[] | undefined, scope: object, time: ReturnType<typeof deadline>): string =>
  link
    ? bounded(textEngine.renderSync(link, scope, time()))
        .replace(/\s+/g, ' ')
        .trim()
    : '';

function bounded(output: unknown): string {
  const text = String(output);
  if (text.length > liquidLimits.output) throw new Error('the message is too long');
  return text;
}

const maximumSubject = 400;
// Words of printable ASCII with single spaces between them: nothing to put right.
const plainLine = /^[!-~]+(?: [!-~]+)*$/;

/** A text that can stand in a header: no line breaks or other control characters, at most 400 characters. */
export function headerText(text: string): string {
  if (plainLine.test(text) && text.length <= maximumSubject) return text;
  const line = text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  return [...line].slice(0, maximumSubject).join('');
}
