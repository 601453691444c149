const ascii = /^\p{ASCII}*$/u;

/**
 * The form in which texts are compared: NFC, each code point upper- then lower-cased by itself, NFC.
 * `toLowerCase` on a whole text depends on context (a final sigma becomes another letter), which would break `startsWith`;
 * databases fold in ways of their own, so they store what this function made.
 */
export function fold(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  let folded = '';
  for (const character of text.normalize('NFC')) {
    for (const upper of character.toUpperCase()) folded += upper.toLowerCase();
  }
  return folded.normalize('NFC');
}

/** The form in which a case-sensitive leaf compares texts: composed (NFC), its case kept. */
export const compose = (text: string): string => (ascii.test(text) ? text : text.normalize('NFC'));
