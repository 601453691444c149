import { expect, test } from 'vitest';
import { uploadCheck } from './upload-check.ts';

function check(bytes: Buffer, pieceLength: number) {
  const looker = uploadCheck();
  for (let at = 0; at < bytes.length; at += pieceLength) {
    const judged = looker.push(bytes.subarray(at, at + pieceLength));
    if (!judged.ok) return judged.error;
  }
  const judged = looker.end();
  return judged.ok ? 'fine' : judged.error;
}

const lines = 'name,city\n'.concat('Zoë 😀,Kraków\n'.repeat(300));
const pieces = [1, 2, 3, 7, 1000, 1_000_000];

test.each(pieces)('text in UTF-8 is fine in pieces of %i bytes, with a byte order mark and without', (length) => {
  expect(check(Buffer.from(lines), length)).toBe('fine');
  expect(check(Buffer.from(`\ufeff${lines}`), length)).toBe('fine');
});

test.each(pieces)('a wrong byte is found at its line in pieces of %i bytes', (length) => {
  const good = Buffer.from(lines);
  const bytes = Buffer.concat([good, Buffer.from([0x61, 0xe9, 0x62, 0x0a])]);
  const place = { line: 302, byte: good.length + 2 };
  expect(check(bytes, length)).toEqual({ code: 'upload_encoding', details: place });
});

test.each(pieces)('a character that is cut off at the end is found in pieces of %i bytes', (length) => {
  const bytes = Buffer.from(lines);
  expect(check(bytes.subarray(0, bytes.indexOf('ó', 3000) + 1), length)).toMatchObject({ code: 'upload_encoding' });
});

test.each([
  [
    'UTF-16 with its mark',
    Buffer.from('\ufeffa,b\n', 'utf16le'),
    { code: 'upload_encoding', details: { encoding: 'UTF-16' } },
  ],
  [
    'UTF-16 without',
    Buffer.from('name,city\n'.repeat(100), 'utf16le'),
    { code: 'upload_encoding', details: { encoding: 'UTF-16' } },
  ],
  ['a ZIP', Buffer.from('504b03040a', 'hex'), { code: 'upload_not_csv' }],
  ['XML', Buffer.from('<?xml version="1.0"?><a/>'), { code: 'upload_not_csv', details: { looksLike: 'XML' } }],
  ['JSON', Buffer.from('{"a":1}'), { code: 'upload_not_csv', details: { looksLike: 'JSON' } }],
  ['a NUL far behind', Buffer.from(`${lines}\0`), { code: 'upload_not_csv', details: { line: 302 } }],
  ['spaces only', Buffer.from(' \n \n'), { code: 'upload_empty' }],
  ['a byte order mark only', Buffer.from('\ufeff'), { code: 'upload_empty' }],
])('%s is refused', (_, bytes, error) => {
  expect(check(bytes, 1_000_000)).toMatchObject(error);
});
