import { liquidTokens } from './liquid-source.ts';

/** A template as a function of its scope; null for a scope that only Liquid itself can show. */
export type QuickTemplate = (scope: object) => string | null;

interface Slot {
  readonly path: readonly string[];
  readonly instead: string;
}

// `{{ customer.firstName | default: "there" }}` and `{{ links[2] }}`: what nearly every message consists of.
const simpleOutput =
  /^\{\{\s*([A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[\d+\])*)\s*(?:\|\s*default:\s*(?:"([^"\\]*)"|'([^'\\]*)')\s*)?\}\}$/;
// Liquid answers these itself where a value has no such field; the literals are no names.
const special = new Set(['size', 'first', 'last', 'true', 'false', 'nil', 'null', 'empty', 'blank']);

/**
 * A Liquid template of plain outputs as one function, ten times as fast as walking Liquid's own tree; null for a template with
 * anything else in it, which stays Liquid's. `escaped` is applied to each output.
 */
export function quickTemplate(source: string, escaped: (text: string) => string): QuickTemplate | null {
  const texts: string[] = [];
  const slots: Slot[] = [];
  let at = 0;
  for (const token of liquidTokens(source)) {
    const match = token.kind === 'output' ? simpleOutput.exec(token.source) : null;
    const path = match?.[1]?.split(/[.[]/).map((part) => part.replace(']', ''));
    if (!match || !path || path.some((part) => special.has(part))) return null;
    texts.push(source.slice(at, token.start));
    slots.push({ path, instead: match[2] ?? match[3] ?? '' });
    at = token.start + token.source.length;
  }
  const end = source.slice(at);
  if (/\{[{%]/.test(end)) return null;
  return (scope) => {
    let out = '';
    for (let i = 0; i < slots.length; i++) {
      const { path, instead } = slots[i] as Slot;
      const value = valueAt(scope, path);
      if (typeof value === 'string') out += texts[i] + escaped(value === '' ? instead : value);
      else if (value === null || value === undefined || value === false) {
        // Liquid shows a plain `false`; with a default it shows that.
        if (value === false && instead === '') return null;
        out += texts[i] + escaped(instead);
      } else if (typeof value === 'number' || value === true) out += texts[i] + escaped(String(value));
      else return null;
    }
    return out + end;
  };
}

function valueAt(scope: object, path: readonly string[]): unknown {
  let value: unknown = scope;
  for (const part of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };
const needsEscape = /[&<>"']/;

/** As Liquid's `escape` does it. */
export const liquidEscape = (text: string): string =>
  needsEscape.test(text) ? text.replace(/[&<>"']/g, (mark) => marks[mark] as string) : text;
