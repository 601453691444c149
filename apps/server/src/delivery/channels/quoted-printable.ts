const longestLine = 76;
const beyondPlain = /[^\t\n\x20-\x7e]+/g;

/** A text as quoted-printable of its UTF-8 (RFC 2045 6.7): lines of at most 76 characters, its own line breaks as CRLF. */
export function quotedPrintable(text: string): string {
  const escaped = text
    .replace(/\r\n?/g, '\n')
    .replaceAll('=', '=3D')
    .replace(beyondPlain, encoded)
    .replace(/[\t ](?=\n|$)/g, (space) => (space === ' ' ? '=20' : '=09'));
  return escaped.split('\n').map(wrapped).join('\r\n');
}

const encoded = (run: string): string => Buffer.from(run).toString('hex').toUpperCase().replace(/../g, '=$&');

/** A line in pieces with soft breaks, none of which stands within an encoded byte. */
function wrapped(line: string): string {
  if (line.length <= longestLine) return line;
  let out = '';
  let at = 0;
  // The last piece needs no room for the soft break behind it.
  while (line.length - at > longestLine) {
    let end = at + longestLine - 1;
    if (line[end - 1] === '=') end -= 1;
    else if (line[end - 2] === '=') end -= 2;
    out += `${line.slice(at, end)}=\r\n`;
    at = end;
  }
  return out + line.slice(at);
}
