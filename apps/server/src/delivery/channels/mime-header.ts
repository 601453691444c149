/*
 * Texts in headers. What is printable ASCII stands as it is; all else becomes encoded words of UTF-8 in base64 (RFC 2047), none
 * longer than 75 characters, split between characters, one a line.
 */

const plainText = /^[\x20-\x7e]*$/;
const longestLine = 76;

/** An unstructured header such as a subject; `used` is how much of the first line its name takes. */
export function headerText(text: string, used: number): string {
  const line = clean(text);
  // A text that looks like an encoded word would be decoded by its reader.
  if (plainText.test(line) && !line.includes('=?')) return folded(line, used);
  return encodedWords(line, used);
}

/** The name beside an address. */
export function phrase(text: string, used: number): string {
  const line = clean(text);
  if (!plainText.test(line) || line.includes('=?')) return encodedWords(line, used);
  return `"${line.replace(/[\\"]/g, '\\$&')}"`;
}

/** An address by itself. */
export const addressList = (address: string): string => clean(address);

const clean = (text: string): string => (plainText.test(text) ? text : text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' '));

/** Long lines are broken at spaces, where there are any. */
function folded(line: string, used: number): string {
  if (line.length + used <= longestLine) return line;
  const lines: string[] = [];
  let current = '';
  let room = longestLine - used;
  for (const word of line.split(/(?<= )(?=[^ ])/)) {
    if (current !== '' && current.length + word.length > room) {
      lines.push(current.trimEnd());
      current = '';
      room = longestLine - 1;
    }
    current += word;
  }
  return [...lines, current.trimEnd()].join('\r\n ');
}

// `=?utf-8?B?` and `?=` around base64 of at most 45 bytes: 72 characters, so that a line holds one and the space before it.
const bytesAWord = 45;

function encodedWords(text: string, used: number): string {
  const words: string[] = [];
  let room = Math.min(bytesAWord, Math.max(12, Math.floor((longestLine - used - 12) / 4) * 3));
  let current = '';
  let size = 0;
  for (const character of text) {
    const bytes = Buffer.byteLength(character);
    if (size + bytes > room) {
      words.push(current);
      current = '';
      size = 0;
      room = bytesAWord;
    }
    current += character;
    size += bytes;
  }
  words.push(current);
  return words.map((word) => `=?utf-8?B?${Buffer.from(word).toString('base64')}?=`).join('\r\n ');
}
