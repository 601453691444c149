import { isUtf8 } from 'node:buffer';
import { type DomainError, err, ok, type Result } from '@mini-crm/domain';

/** Looks at every byte of a file while it comes in. */
export interface UploadCheck {
  push(piece: Uint8Array): Result<void, DomainError>;
  end(): Result<void, DomainError>;
}

const headLength = 512;

/**
 * Refuses what can't be a CSV file in UTF-8 before anything of it is used: other kinds of file by how they begin, other
 * encodings by the first bytes that are none in UTF-8, naming the line. So a stored upload is text from end to end.
 */
export function uploadCheck(): UploadCheck {
  let head: Uint8Array = new Uint8Array(0);
  let headChecked = false;
  let carry: Uint8Array = new Uint8Array(0);
  let offset = 0;
  let line = 1;

  const placeOf = (bytes: Uint8Array, at: number) => ({
    line: line + countLines(bytes.subarray(0, at)),
    byte: offset + at + 1,
  });
  const encodingFault = (bytes: Uint8Array, at: number): Result<never, DomainError> =>
    err({ code: 'upload_encoding', details: placeOf(bytes, at) });

  function checkHead(last: boolean): Result<void, DomainError> {
    if (headChecked || (head.length < headLength && !last)) return ok(undefined);
    headChecked = true;
    return judgeHead(head);
  }

  return {
    push(piece) {
      if (head.length < headLength) head = joined(head, piece.subarray(0, headLength - head.length));
      const begin = checkHead(false);
      if (!begin.ok) return begin;
      const bytes = carry.length > 0 ? joined(carry, piece) : piece;
      const whole = bytes.subarray(0, bytes.length - unfinished(bytes));
      const zero = whole.indexOf(0);
      if (zero !== -1) {
        const kind = headChecked ? ok(undefined) : judgeHead(head);
        if (!kind.ok) return kind;
        return err({ code: 'upload_not_csv', details: { ...placeOf(whole, zero), looksLike: 'a binary file' } });
      }
      if (!isUtf8(whole)) {
        // A short file in UTF-16 or of another kind deserves the better word before the byte that is at fault.
        const kind = headChecked ? ok(undefined) : judgeHead(head);
        return kind.ok ? encodingFault(whole, firstFault(whole)) : kind;
      }
      line += countLines(whole);
      offset += whole.length;
      carry = Uint8Array.prototype.slice.call(bytes, whole.length);
      return ok(undefined);
    },
    end() {
      const begin = checkHead(true);
      if (!begin.ok) return begin;
      if (carry.length > 0) return encodingFault(carry, 0);
      const start = head[0] === 0xef ? 3 : 0;
      if (offset <= start || (offset <= headLength && Buffer.from(head).toString().trim() === '')) {
        return err({ code: 'upload_empty' });
      }
      return ok(undefined);
    },
  };
}

const beginnings: readonly { readonly bytes: readonly number[]; readonly looksLike: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], looksLike: 'an Excel or ZIP file' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], looksLike: 'an old Excel file' },
  { bytes: [0x1f, 0x8b], looksLike: 'a compressed file' },
  { bytes: [0x25, 0x50, 0x44, 0x46], looksLike: 'a PDF' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], looksLike: 'a picture' },
  { bytes: [0xff, 0xd8, 0xff], looksLike: 'a picture' },
];

/** What a file is by its first bytes, where that is no CSV. */
function judgeHead(head: Uint8Array): Result<void, DomainError> {
  const begins = (bytes: readonly number[]) => bytes.every((byte, at) => head[at] === byte);
  const kind = beginnings.find(({ bytes }) => begins(bytes));
  if (kind) return err({ code: 'upload_not_csv', details: { looksLike: kind.looksLike } });
  if (begins([0xff, 0xfe]) || begins([0xfe, 0xff]))
    return err({ code: 'upload_encoding', details: { encoding: 'UTF-16' } });
  const zeros = head.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  if (zeros > 0 && zeros * 3 > head.length) return err({ code: 'upload_encoding', details: { encoding: 'UTF-16' } });
  const text = Buffer.from(head)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  if (/^<(!doctype|html|\?xml|[a-z]+[\s>])/i.test(text)) {
    return err({ code: 'upload_not_csv', details: { looksLike: /^<\?xml/i.test(text) ? 'XML' : 'a web page' } });
  }
  if (/^(\{\s*["}]|\[\s*[{["\]])/.test(text)) return err({ code: 'upload_not_csv', details: { looksLike: 'JSON' } });
  return ok(undefined);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** How many bytes at the end begin a character that the next piece finishes: at most three. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] as number;
    if ((byte & 0xc0) === 0x80) continue;
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needs > back ? back : 0;
  }
  return 0;
}

/** Where the longest beginning that is UTF-8 ends. */
function firstFault(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const part = bytes.subarray(0, middle);
    if (isUtf8(part.subarray(0, middle - unfinished(part)))) low = middle;
    else high = middle - 1;
  }
  return low - unfinished(bytes.subarray(0, low));
}

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}
