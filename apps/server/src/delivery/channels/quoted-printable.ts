const longestLine = 76;
const beyondPlain = /[^\t\n\x20-\x7e]+/g;
const softBreak = '=\r\n';

/** A text as quoted-printable of its UTF-8 (RFC 2045 6.7): lines of at most 76 characters, its own line breaks as CRLF. */
export const quotedPrintable = (text: string): string => encode(text, longestLine);

// Letters, digits and most marks: what encodes as itself, but for its length.
const plain = /^[\x20-<>-~]*$/;

/**
 * A text as a piece of a longer quoted-printable one: it begins and ends at the beginning of a line, by a soft break that its
 * reader does not see. Pieces stand behind each other in any order.
 */
export function quotedPrintablePiece(text: string): string {
  if (text === '') return '';
  const encoded = plain.test(text) && text[0] !== '.' ? wrapped(text, longestLine - 1) : encode(text, longestLine - 1);
  return encoded + softBreak;
}

/** `lastLine` is how long the last line may be. */
function encode(text: string, lastLine: number): string {
  const lines = text
    .replace(/\r\n?/g, '\n')
    .replaceAll('=', '=3D')
    // SMTP doubles a dot at the beginning of a line, for which it would have to look through the whole message.
    .replace(/^\./gm, '=2E')
    .replace(beyondPlain, encoded)
    .replace(/[\t ](?=\n|$)/g, (space) => (space === ' ' ? '=20' : '=09'))
    .split('\n');
  const last = lines.length - 1;
  return lines.map((line, i) => wrapped(line, i === last ? lastLine : longestLine)).join('\r\n');
}

const encoded = (run: string): string => Buffer.from(run).toString('hex').toUpperCase().replace(/../g, '=$&');

/** A line in pieces with soft breaks, none of which stands within an encoded byte. */
function wrapped(line: string, room: number): string {
  if (line.length <= room) return line;
  let out = '';
  let at = 0;
  // The last piece needs no room for the soft break behind it.
  while (line.length - at > room) {
    let end = at + longestLine - 1;
    for (let dots = 0; line[end] === '.' && dots < 3; dots++) end -= 1;
    if (line[end - 1] === '=') end -= 1;
    else if (line[end - 2] === '=') end -= 2;
    out += line.slice(at, end) + softBreak;
    at = end;
  }
  return out + line.slice(at);
}
