/** A Liquid tag `{% %}` or output `{{ }}` in a text. */
export interface LiquidToken {
  readonly source: string;
  readonly kind: 'tag' | 'output';
  readonly start: number;
}

/**
 * The Liquid of a text, first to last. A delimiter within quotes doesn't close a token; one that is never closed ends the
 * search, because Liquid's parser refuses the whole text then.
 */
export function liquidTokens(text: string): LiquidToken[] {
  const tokens: LiquidToken[] = [];
  let at = 0;
  for (;;) {
    const start = nextOpening(text, at);
    if (start < 0) return tokens;
    const kind = text[start + 1] === '%' ? 'tag' : 'output';
    const end = closingOf(text, start + 2, kind === 'tag' ? '%}' : '}}');
    if (end < 0) return tokens;
    tokens.push({ source: text.slice(start, end), kind, start });
    at = end;
  }
}

function nextOpening(text: string, from: number): number {
  for (let at = text.indexOf('{', from); at >= 0; at = text.indexOf('{', at + 1)) {
    if (text[at + 1] === '{' || text[at + 1] === '%') return at;
  }
  return -1;
}

function closingOf(text: string, from: number, closing: string): number {
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const character = text[at] as string;
    if (quote) {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (text.startsWith(closing, at)) return at + closing.length;
  }
  return -1;
}

export interface ProtectedSource {
  /** The text with every piece of Liquid replaced by a plain word. */
  readonly text: string;
  readonly tokens: readonly LiquidToken[];
  /** Puts the Liquid back. */
  restore(text: string): string;
  /** A further word that stands for a source of its own, such as a tracked link. */
  stand(source: string): string;
  /** The tokens whose words are missing from a text. */
  missingFrom(text: string): LiquidToken[];
  /** Whether a text has one of the words. */
  isIn(text: string): boolean;
}

/**
 * Replaces Liquid by plain words, so that parsers of MJML and HTML can't change it: a `<` in a comparison is no tag, a
 * quote in an attribute ends nothing.
 */
export function protectLiquid(source: string): ProtectedSource {
  let prefix = 'zlq';
  while (source.includes(prefix)) prefix += 'q';
  const tokens = liquidTokens(source);
  const sources = tokens.map((token) => token.source);
  const wordOf = (index: number) => `${prefix}${index}z`;
  let text = '';
  let at = 0;
  tokens.forEach((token, index) => {
    text += source.slice(at, token.start) + wordOf(index);
    at = token.start + token.source.length;
  });
  text += source.slice(at);
  const words = new RegExp(`${prefix}(\\d+)z`, 'g');
  return {
    text,
    tokens,
    restore: (changed) => changed.replace(words, (_word, index: string) => sources[Number(index)] ?? ''),
    stand: (extra) => wordOf(sources.push(extra) - 1),
    missingFrom(changed) {
      const there = new Set(changed.match(words));
      return tokens.filter((_token, index) => !there.has(wordOf(index)));
    },
    isIn: (changed) => changed.includes(prefix),
  };
}
