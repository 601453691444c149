// An anchor whose address is a numbered placeholder of compile.ts, with what stands in it.
const anchors = /<a\b[^>]*?\shref\s*=\s*["']\{\{ links\[(\d+)\] \}\}["'][^>]*>([\s\S]*?)<\/a>/gi;

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : null;
    if (code !== null) return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
    return entities[String(name).toLowerCase()] ?? whole;
  });
}

/** What readers see of each numbered link in a compiled message: its first text, or a picture's alternative one. Links without words are left out. */
export function linkLabels(html: string): ReadonlyMap<number, string> {
  const labels = new Map<number, string>();
  for (const [, number, inner = ''] of html.matchAll(anchors)) {
    const alternative = /<img\b[^>]*?\salt\s*=\s*"([^"]+)"/i.exec(inner)?.[1] ?? '';
    const words = inner.replace(/<[^>]*>/g, ' ');
    const label = unescaped(words.trim() === '' ? alternative : words)
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 120);
    if (label !== '' && !labels.has(Number(number))) labels.set(Number(number), label);
  }
  return labels;
}
