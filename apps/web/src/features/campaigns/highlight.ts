/** A piece of source with what it is, for its colour. */
export interface Piece {
  readonly kind: 'plain' | 'tag' | 'text' | 'liquid' | 'comment';
  readonly text: string;
}

const pieces = /(<!--[\s\S]*?(?:-->|$))|(\{\{[\s\S]*?(?:\}\}|$)|\{%[\s\S]*?(?:%\}|$))|(<\/?[\w-]+|\/?>)|("[^"{]*")/g;

/** Cuts MJML with Liquid into coloured pieces; joined they are the source again. */
export function highlight(source: string): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of source.matchAll(pieces)) {
    if (match.index > at) found.push({ kind: 'plain', text: source.slice(at, match.index) });
    const [text, comment, liquid, tag] = match;
    found.push({ kind: comment ? 'comment' : liquid ? 'liquid' : tag ? 'tag' : 'text', text });
    at = match.index + text.length;
  }
  if (at < source.length) found.push({ kind: 'plain', text: source.slice(at) });
  return found;
}
