import { type LiquidToken, liquidTokens } from './liquid-source.ts';

/** A template as a function of its scope; null for a scope that only Liquid itself can show. */
export type QuickTemplate = (scope: object) => string | null;

type Path = readonly string[];

/** A piece of a template: a text as it stands, an output, or what is shown where a value is there. */
type Piece =
  | string
  | { readonly path: Path; readonly instead: string }
  | { readonly where: Path; readonly pieces: readonly Piece[] };

const path = '([A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*|\\[\\d+\\])*)';
// `{{ customer.firstName | default: "there" }}` and `{{ links[2] }}`: what nearly every message consists of.
const simpleOutput = new RegExp(
  `^\\{\\{\\s*${path}\\s*(?:\\|\\s*default:\\s*(?:"([^"\\\\]*)"|'([^'\\\\]*)')\\s*)?\\}\\}$`,
);
const simpleIf = new RegExp(`^\\{%\\s*if\\s+${path}\\s*%\\}$`);
const endIf = /^\{%\s*endif\s*%\}$/;
// Liquid answers these itself where a value has no such field; the literals are no names.
const special = new Set(['size', 'first', 'last', 'true', 'false', 'nil', 'null', 'empty', 'blank']);

/**
 * A Liquid template of plain outputs, and of conditions that a value is there, as one function: ten times as fast as walking
 * Liquid's own tree; null for a template with anything else in it, which stays Liquid's. `shown` is applied to each output,
 * `written` once to each text between them.
 */
export function quickTemplate(
  source: string,
  shown: (text: string) => string,
  written: (text: string) => string = (text) => text,
): QuickTemplate | null {
  const pieces = piecesOf(source, written);
  return pieces && ((scope) => show(pieces, scope, shown));
}

function piecesOf(source: string, written: (text: string) => string): readonly Piece[] | null {
  const whole: Piece[] = [];
  const open: Piece[][] = [whole];
  let at = 0;
  const text = (to: number) => {
    if (to > at) open.at(-1)?.push(written(source.slice(at, to)));
  };
  for (const token of liquidTokens(source)) {
    text(token.start);
    at = token.start + token.source.length;
    if (token.kind === 'tag' && endIf.test(token.source)) {
      if (open.length === 1) return null;
      open.pop();
      continue;
    }
    const piece = pieceOf(token);
    if (!piece) return null;
    open.at(-1)?.push(piece);
    if (typeof piece === 'object' && 'where' in piece) open.push(piece.pieces as Piece[]);
  }
  if (open.length > 1 || /\{[{%]/.test(source.slice(at))) return null;
  text(source.length);
  return whole;
}

function pieceOf({ kind, source }: LiquidToken): Piece | null {
  const match = (kind === 'tag' ? simpleIf : simpleOutput).exec(source);
  const names = match?.[1]?.split(/[.[]/).map((part) => part.replace(']', ''));
  if (!match || !names || names.some((name) => special.has(name))) return null;
  return kind === 'tag' ? { where: names, pieces: [] } : { path: names, instead: match[2] ?? match[3] ?? '' };
}

function show(pieces: readonly Piece[], scope: object, shown: (text: string) => string): string | null {
  let out = '';
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      out += piece;
      continue;
    }
    const isOutput = 'path' in piece;
    const value = valueAt(scope, isOutput ? piece.path : piece.where);
    const missing = value === null || value === undefined || value === false;
    let text: string | null;
    if (!isOutput) text = missing ? '' : show(piece.pieces, scope, shown);
    else if (typeof value === 'string') text = shown(value === '' ? piece.instead : value);
    // Liquid shows a plain `false`; with a default it shows that.
    else if (missing) text = value === false && piece.instead === '' ? null : shown(piece.instead);
    else text = typeof value === 'number' || value === true ? shown(String(value)) : null;
    if (text === null) return null;
    out += text;
  }
  return out;
}

function valueAt(scope: object, names: Path): unknown {
  let value: unknown = scope;
  for (const name of names) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };
const needsEscape = /[&<>"']/;

/** As Liquid's `escape` does it. */
export const liquidEscape = (text: string): string =>
  needsEscape.test(text) ? text.replace(/[&<>"']/g, (mark) => marks[mark] as string) : text;
