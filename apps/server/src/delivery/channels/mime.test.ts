import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { messageTo } from '../testing/channel-contract.ts';
import { buildMime } from './mime.ts';

const date = new Date('2026-11-22T10:00:00Z');
const awkward = [
  '',
  ' ',
  '=',
  '=?utf-8?B?eA==?=',
  '.',
  '\n',
  '\r\n',
  'ß',
  '🎉',
  'e\u0301',
  '"',
  '\\',
  '<',
  '>',
  ',',
  '\t',
  'From ',
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...awkward), fc.string({ unit: 'grapheme', maxLength: 30 }), fc.lorem()), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''))
  .map((whole) => whole.replace(/\p{Cs}/gu, ''));
const body = text.map((whole) => whole.replace(/[^\P{Cc}\n\r\t]/gu, ''));

// The parser ends every text with a line break of its own.
const unified = (written: string) => written.replace(/\r\n|\r|\n/g, '\n').replace(/\n*$/, '');
const spaced = (line: string) => line.replace(/[\p{Cc}\p{Z}]+/gu, ' ').trim();

test('any text arrives as it was written, by the word of another parser', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(text, text, body, body, async (subject, name, plain, html) => {
      const from = { name, address: 'shop@example.com' };
      const message = messageTo('ann@example.com', { subject, from, text: plain, html: `<p>${html}</p>` });
      const bytes = buildMime(message, date);
      for (const line of bytes.toString('latin1').split('\r\n')) {
        expect(line.length).toBeLessThanOrEqual(998);
        expect(line).not.toMatch(/[\r\n\x80-\xff]/);
      }
      const parsed = await simpleParser(bytes, { skipTextToHtml: true, skipHtmlToText: true });
      expect(spaced(parsed.subject ?? '')).toBe(spaced(subject));
      expect(spaced(parsed.from?.value[0]?.name ?? '')).toBe(spaced(name));
      expect(parsed.from?.value[0]?.address).toBe('shop@example.com');
      expect(unified(parsed.text ?? '')).toBe(unified(plain));
      expect(unified(String(parsed.html))).toBe(unified(`<p>${html}</p>`));
    }),
    { numRuns: process.env.CI ? 1000 : 200 },
  );
});

test('short ASCII stands as it is, and everything else is quoted-printable', () => {
  const of = (change: object) => buildMime(messageTo('ann@example.com', change), date).toString();
  expect(of({ text: 'plain = simple' })).toContain('Content-Transfer-Encoding: 7bit\r\n\r\nplain = simple\r\n');
  expect(of({ text: 'Grüße = 1 ' })).toContain('quoted-printable\r\n\r\nGr=C3=BC=C3=9Fe =3D 1=20\r\n');
  expect(of({ text: 'x'.repeat(1200) })).toContain(`${'x'.repeat(75)}=\r\n`);
});

test('headers say who, what and when', async () => {
  const bytes = buildMime(messageTo('zoë@bücher.example', { replyTo: 'help@bücher.example' }), date);
  const { headers, messageId, date: sent } = await simpleParser(bytes);
  expect(messageId).toBe('<zoë.bücher.example@example.com>');
  expect(sent).toEqual(date);
  expect(headers.get('list')).toMatchObject({ unsubscribe: { url: 'https://crm.example/u/token' } });
  expect(bytes.toString()).toContain('To: zoë@xn--bcher-kva.example\r\n');
  expect(bytes.toString()).toContain('Reply-To: help@xn--bcher-kva.example\r\n');
});
