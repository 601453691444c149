import type { TemplateVersionDocument } from '@mini-crm/db';
import type { RunContent } from '@mini-crm/domain';
import type { Template as ParsedTemplate } from 'liquidjs';
import { htmlEngine, textEngine } from '../content/liquid-engines.ts';

type Content = TemplateVersionDocument['content'];

/** A published version whose templates are parsed: made once, for as many messages as come. */
export interface OpenTemplate {
  readonly content: Content;
  readonly subject: ParsedTemplate[];
  readonly html: ParsedTemplate[];
  readonly text: ParsedTemplate[];
  readonly links: readonly ParsedTemplate[][];
  /** The slugs of the customers' attributes that it asks for. */
  readonly attributes: ReadonlySet<string>;
}

/** Parses the templates of a compiled message. Throws where they don't parse: publishing has refused those. */
export function openTemplate(content: Content): OpenTemplate {
  return {
    content,
    subject: textEngine.parse(content.subject),
    html: htmlEngine.parse(content.html),
    text: textEngine.parse(content.text),
    links: content.links.map((link) => textEngine.parse(link)),
    attributes: new Set(
      variablesOf(content).flatMap(
        ([root, kind, slug]) => (root === 'customer' && kind === 'attributes' && slug) || [],
      ),
    ),
  };
}

/** Every path that a message asks for, such as `['data', 'order', 'number']`; what is looked up by a variable ends there. */
export function variablesOf({
  subject,
  preheader,
  html,
  text,
  links,
}: Pick<RunContent, 'subject' | 'preheader' | 'html' | 'text' | 'links'>): string[][] {
  const found = new Map<string, string[]>();
  for (const source of [subject, preheader, html, text, ...links]) {
    for (const segments of textEngine.globalVariableSegmentsSync(source)) {
      const end = segments.findIndex((segment) => typeof segment !== 'string');
      const path = (end < 0 ? segments : segments.slice(0, end)) as string[];
      found.set(path.join('.'), path);
    }
  }
  return [...found.values()];
}
