/** A mail as its reader sees it: for tests that check what was really sent. */
export interface MimeMessage {
  /** Lower-case names; a header that is there twice has two values. Encoded words are decoded. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly text: string;
  readonly html: string;
}

/** Parses a mail: unfolds the headers, walks the parts, undoes quoted-printable and base64. */
export function parseMime(raw: Buffer): MimeMessage {
  const { headers, body } = split(raw.toString('latin1'));
  const parts = leaves(headers, body);
  const of = (type: string) => parts.find((part) => part.type === type)?.content ?? '';
  return { headers, text: of('text/plain'), html: of('text/html') };
}

type Headers = Map<string, string[]>;

function split(source: string): { headers: Headers; body: string } {
  const end = source.indexOf('\r\n\r\n');
  const head = end < 0 ? source : source.slice(0, end);
  const headers: Headers = new Map();
  for (const line of head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const name = line.slice(0, colon).toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), decodeWords(line.slice(colon + 1).trim())]);
  }
  return { headers, body: end < 0 ? '' : source.slice(end + 4) };
}

function leaves(headers: Headers, body: string): { type: string; content: string }[] {
  const contentType = headers.get('content-type')?.[0] ?? 'text/plain';
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (!type.startsWith('multipart/') || !boundary) {
    return [{ type, content: decode(body, headers.get('content-transfer-encoding')?.[0] ?? '7bit') }];
  }
  const sections = `\r\n${body}`.split(`\r\n--${boundary}`).slice(1, -1);
  return sections.flatMap((section) => {
    const part = split(section.replace(/^[ \t]*\r\n/, ''));
    return leaves(part.headers, part.body);
  });
}

function decode(body: string, encoding: string): string {
  switch (encoding.toLowerCase()) {
    case 'base64':
      return Buffer.from(body, 'base64').toString('utf8');
    case 'quoted-printable':
      return fromHex(body.replace(/[ \t]+\r\n/g, '\r\n').replace(/=\r\n/g, ''));
    default:
      return Buffer.from(body, 'latin1').toString('utf8');
  }
}

function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString('utf8') : fromHex(text.replaceAll('_', ' ')),
    );
}

function fromHex(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
