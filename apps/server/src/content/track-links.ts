import { unescapeAttribute } from './escape-html.ts';
import type { ProtectedSource } from './liquid-source.ts';

export interface TrackedHtml {
  /** The HTML with a word of `source` for each tracked address. */
  readonly html: string;
  /** The addresses, as Liquid templates, each once. */
  readonly links: readonly string[];
}

// The address of an anchor or an image map, in double quotes, single quotes or none. No class reaches over the next `<`:
// a search that begins at each of many unclosed tags must not run to the end of the message each time.
const addresses = /(<(?:a|area)\b[^<>]*?\shref\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s>"']+))/gi;

/**
 * Numbers the links of a message and puts `{{ links[n] }}` in their places. Only addresses that are plainly on the web are
 * tracked: `mailto:`, anchors and those that begin with Liquid, such as the unsubscribe link, stay as they are.
 */
export function trackLinks(html: string, source: ProtectedSource): TrackedHtml {
  const links: string[] = [];
  const words = new Map<string, string>();
  const tracked = html.replace(addresses, (whole, before: string, double?: string, single?: string, bare?: string) => {
    const address = unescapeAttribute(double ?? single ?? bare ?? '').trim();
    if (!/^https?:\/\/[^\s/]/i.test(address)) return whole;
    const template = source.restore(address);
    let word = words.get(template);
    if (word === undefined) {
      word = source.stand(`{{ links[${links.push(template) - 1}] }}`);
      words.set(template, word);
    }
    return `${before}"${word}"`;
  });
  return { html: tracked, links };
}
