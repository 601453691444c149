import type { CampaignFault, CampaignPurpose, MessageContent, RunContent, Sender } from '@mini-crm/domain';
import { escapeHtml } from './escape-html.ts';
import { htmlEngine, textEngine } from './liquid-engines.ts';
import { liquidTokens, protectLiquid } from './liquid-source.ts';
import { compileMjml } from './mjml.ts';
import { plainTextOf } from './plain-text-of.ts';
import { trackLinks } from './track-links.ts';
import { trapLink } from './trap-link.ts';
import { withoutComments } from './without-comments.ts';

// Each link of a message is rendered for each of its recipients.
const maximumLinks = 500;

/** A message that is ready to be rendered for anybody, or what is wrong with it. */
export type Compiled =
  | { readonly ok: true; readonly value: RunContent }
  | { readonly ok: false; readonly faults: readonly CampaignFault[] };

/**
 * Compiles a message once for all its recipients: MJML becomes HTML with Liquid left in, links become numbered
 * placeholders, preheader, open pixel and a link for machines are put in, and the plain text is made from the HTML where the author wrote none.
 */
export async function compileMessage(
  content: MessageContent,
  sender: Sender,
  purpose: CampaignPurpose,
): Promise<Compiled> {
  const faults = liquidFaults(content);
  if (faults.length > 0) return { ok: false, faults };

  const source = protectLiquid(content.mjml);
  const compiled = await compileMjml(source.text, (message) => source.isIn(message));
  if (!compiled.ok) return { ok: false, faults: compiled.faults };
  const misplaced = misplacedTag(content.mjml, compiled.html);
  if (misplaced) return { ok: false, faults: [misplaced] };

  const { html, links } = trackLinks(compiled.html, source);
  if (links.length > maximumLinks) {
    const details = { count: links.length, maximum: maximumLinks };
    return { ok: false, faults: [{ code: 'too_many_links', path: ['content', 'mjml'], details }] };
  }
  const value: RunContent = {
    subject: content.subject,
    preheader: content.preheader,
    html: source.restore(withPixel(withPreheader(html, content.preheader))),
    text: content.text ?? source.restore(plainTextOf(html)),
    links,
    sender,
    purpose,
  };
  // What was sound on its own may no longer be: MJML moves and repeats parts.
  const broken = parseFault(value.html, ['content', 'mjml'], htmlEngine);
  return broken ? { ok: false, faults: [broken] } : { ok: true, value };

  /** A tag that stood between MJML's elements is dropped by it: a condition would silently hold for everybody. */
  function misplacedTag(mjml: string, result: string): CampaignFault | null {
    const visible = withoutComments(mjml);
    const lost = source.missingFrom(result).find((token) => token.kind === 'tag' && visible.includes(token.source));
    if (!lost) return null;
    const line = mjml.slice(0, lost.start).split('\n').length;
    return { code: 'tag_misplaced', path: ['content', 'mjml'], details: { tag: lost.source, line } };
  }
}

/** Faults of the Liquid as it was written, so that lines are the author's. */
function liquidFaults(content: MessageContent): CampaignFault[] {
  const faults = [
    parseFault(content.subject, ['content', 'subject'], textEngine),
    parseFault(content.preheader, ['content', 'preheader'], textEngine),
    parseFault(content.mjml, ['content', 'mjml'], htmlEngine),
    content.text === null ? null : parseFault(content.text, ['content', 'text'], textEngine),
  ];
  return faults.filter((fault) => fault !== null);
}

function parseFault(source: string, path: CampaignFault['path'], engine: typeof htmlEngine): CampaignFault | null {
  try {
    engine.parse(source);
    return null;
  } catch (error) {
    return { code: 'template_faulty', path, details: liquidErrorDetails(error) };
  }
}

/** The reason and the line of an error of Liquid's parser or renderer. */
export function liquidErrorDetails(error: unknown): { message: string; line: number | null } {
  const text = error instanceof Error ? error.message : String(error);
  const line = /, line:(\d+)/.exec(text)?.[1];
  return {
    message: text.replace(/, (?:file:.*?, )?line:\d+, col:\d+.*$/s, '').slice(0, 300),
    line: line ? Number(line) : null,
  };
}

// Mail programs fill the preview with what follows the preheader; these characters take that place and show nothing.
const filler = '&#847;&zwnj;&nbsp;'.repeat(60);

function withPreheader(html: string, preheader: string): string {
  if (preheader.trim() === '') return html;
  // The preheader has Liquid of its own, which must not be escaped with the text around it.
  let text = '';
  let at = 0;
  for (const token of liquidTokens(preheader)) {
    text += escapeHtml(preheader.slice(at, token.start)) + token.source;
    at = token.start + token.source.length;
  }
  text += escapeHtml(preheader.slice(at));
  const hidden =
    'display:none;font-size:1px;line-height:1px;max-height:0;max-width:0;opacity:0;overflow:hidden;mso-hide:all';
  return html.replace(/<body\b[^>]*>/, (body) => `${body}<div style="${hidden}">${text}${filler}</div>`);
}

function withPixel(html: string): string {
  const picture =
    '<img src="{{ pixelUrl }}" width="1" height="1" alt="" style="display:block;width:1px;height:1px;border:0" />';
  const pixel = `{% if pixelUrl %}${picture}${trapLink}{% endif %}`;
  const end = html.lastIndexOf('</body>');
  return end < 0 ? html + pixel : html.slice(0, end) + pixel + html.slice(end);
}
