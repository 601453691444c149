import { type DomainError, err, ok, type Result } from '@mini-crm/domain';
import { type Template as ParsedTemplate, UndefinedVariableError } from 'liquidjs';
import { liquidErrorDetails } from '../content/compile.ts';
import { htmlEngine, liquidLimits, textEngine } from '../content/liquid-engines.ts';
import { headerText, type RenderedMessage } from '../content/render.ts';
import type { OpenTemplate } from './open-template.ts';
import { type MessageFacts, messageScope } from './template-scope.ts';

/**
 * The message of one recipient. What the template asks for and nobody sent is `variable_missing` with its path, unless it
 * has a default or stands in a condition; anything else that fails is `template_faulty`.
 */
export function renderTemplate(template: OpenTemplate, facts: MessageFacts): Result<RenderedMessage, DomainError> {
  const scope = messageScope(facts, template.attributes);
  const render = renderer();
  try {
    const addresses = template.links.map((link) => oneLine(render(textEngine, link, scope)));
    const links = facts.links ? addresses.map((_address, index) => facts.links?.(index) ?? '') : addresses;
    const full = { ...scope, links };
    return ok({
      subject: headerText(render(textEngine, template.subject, scope)),
      html: render(htmlEngine, template.html, full),
      text: render(textEngine, template.text, { ...full, organization: facts.organization }),
    });
  } catch (error) {
    return err(faultOf(error));
  }
}

/**
 * The same, tried again where it failed: a template's time is measured by the clock on the wall, and a machine that halts for
 * a moment is not the template's fault.
 */
export function renderPatiently(template: OpenTemplate, facts: MessageFacts): Result<RenderedMessage, DomainError> {
  let rendered = renderTemplate(template, facts);
  for (let again = 0; again < 2 && !rendered.ok && rendered.error.code === 'template_faulty'; again++) {
    rendered = renderTemplate(template, facts);
  }
  return rendered;
}

/** The preheader of one recipient, for showing it as an inbox does; empty where it can't be rendered. */
export function preheaderOf(template: OpenTemplate, facts: MessageFacts): string {
  try {
    const parsed = textEngine.parse(template.content.preheader);
    return headerText(renderer()(textEngine, parsed, messageScope(facts, template.attributes)));
  } catch {
    return '';
  }
}

/** Where a link of a message leads its recipient; null for a number that it doesn't have, and for what is no web address. */
export function targetOfLink(template: OpenTemplate, index: number, facts: MessageFacts): string | null {
  const link = template.links[index];
  if (!link) return null;
  try {
    const url = new URL(oneLine(renderer()(textEngine, link, messageScope(facts, template.attributes))));
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}

const oneLine = (address: string) => address.replace(/\s+/g, ' ').trim();

/** All parts of a message share one time, and none may outgrow its limit. */
function renderer() {
  const end = performance.now() + liquidLimits.milliseconds;
  return (engine: typeof textEngine, template: ParsedTemplate[], scope: object): string => {
    const renderLimit = end - performance.now();
    if (renderLimit <= 0) throw new Error('template render limit exceeded');
    const text = String(engine.renderSync(template, scope, { renderLimit, strictVariables: true }));
    if (text.length > liquidLimits.output) throw new Error('the message is too long');
    return text;
  };
}

function faultOf(error: unknown): DomainError {
  const { message, line } = liquidErrorDetails(error);
  if (!(error instanceof Error) || error.name !== UndefinedVariableError.name) {
    return { code: 'template_faulty', details: { message, line } };
  }
  const variable = message.replace(/^undefined variable: /, '');
  const path = variable.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return { code: 'variable_missing', path: path[0] === 'data' ? path : ['data'], details: { variable } };
}
