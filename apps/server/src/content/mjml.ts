import type { CampaignFault } from '@mini-crm/domain';

type CompiledMjml = { ok: true; html: string } | { ok: false; faults: readonly CampaignFault[] };

const path = ['content', 'mjml'] as const;
const maximumFaults = 5;

/**
 * The HTML of an MJML source. No file is read (`mj-include` is refused) and no font is fetched from anywhere that the author
 * didn't name. `isExcused` tells apart what MJML finds wrong only because Liquid stands there.
 */
export async function compileMjml(source: string, isExcused: (message: string) => boolean): Promise<CompiledMjml> {
  if (/<mj-include\b/i.test(source))
    return faulty('mj-include reads files, which messages have none of', source, /<mj-include\b/i);
  if (!/<mjml\b/i.test(source)) return faulty('a message starts with <mjml> and has an <mj-body>', source, /^/);
  const unbalanced = unbalancedTag(source);
  if (unbalanced) return { ok: false, faults: [{ code: 'mjml_faulty', path, details: unbalanced }] };
  // Loaded with the first message: it takes half of the time that a process needs to start.
  const { default: mjml2html } = await import('mjml');
  try {
    const { html, errors } = await mjml2html(source, {
      fonts: {},
      keepComments: false,
      ignoreIncludes: true,
      validationLevel: 'soft',
    });
    const faults = errors.filter((error) => !isExcused(error.message));
    if (faults.length === 0) return { ok: true, html };
    return {
      ok: false,
      faults: faults.slice(0, maximumFaults).map(({ message, line, tagName }) => ({
        code: 'mjml_faulty',
        path,
        details: { message, line, tag: tagName },
      })),
    };
  } catch (error) {
    return faulty(error instanceof Error ? error.message : String(error), source, null);
  }
}

function faulty(message: string, source: string, where: RegExp | null): CompiledMjml {
  const at = where ? source.search(where) : -1;
  const line = at < 0 ? null : source.slice(0, at).split('\n').length;
  return { ok: false, faults: [{ code: 'mjml_faulty', path, details: { message: message.slice(0, 300), line } }] };
}

const skipped = /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)/g;
const mjTags = /<(\/?)(mj[\w-]*)(?![\w-])((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>/gi;

/** The first of MJML's own tags that is not closed or not opened: its parser would guess, and swallow what follows. */
function unbalancedTag(source: string): { message: string; line: number; tag: string } | null {
  const text = source.replace(skipped, (part) => part.replace(/[^\n]/g, ' '));
  const open: { tag: string; at: number }[] = [];
  const fault = (message: string, tag: string, at: number) => ({
    message,
    tag,
    line: text.slice(0, at).split('\n').length,
  });
  for (const match of text.matchAll(mjTags)) {
    const tag = (match[2] ?? '').toLowerCase();
    if (match[4]) continue;
    if (!match[1]) {
      open.push({ tag, at: match.index });
      continue;
    }
    const last = open.pop();
    if (!last) return fault(`</${tag}> closes nothing`, tag, match.index);
    if (last.tag !== tag) return fault(`<${last.tag}> is not closed before </${tag}>`, last.tag, last.at);
  }
  const left = open[0];
  return left ? fault(`<${left.tag}> is never closed`, left.tag, left.at) : null;
}
