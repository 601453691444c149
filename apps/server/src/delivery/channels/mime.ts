import { randomBytes } from 'node:crypto';
import { domainToASCII } from 'node:url';
import type { ChannelMessage } from './channel.ts';
import { addressList, headerText, phrase } from './mime-header.ts';
import { quotedPrintable } from './quoted-printable.ts';

// A boundary that no text of ours can hold by chance: this process's own, and a number.
const boundaryBase = randomBytes(12).toString('hex');
let boundaries = 0;

/** The bytes of a message: multipart/alternative of text and HTML (RFC 2045, 5322), lines ended by CRLF, no last line break. */
export function buildMime(message: ChannelMessage, date: Date): Buffer {
  const { from, replyTo, to, subject, encoded, headers, id } = message;
  boundaries += 1;
  const boundary = `=_${boundaryBase}${boundaries.toString(36)}`;
  const lines = [
    `From: ${from.name === '' ? asciiDomain(from.address) : `${phrase(from.name, 6)} <${asciiDomain(from.address)}>`}`,
    `To: ${addressList(asciiDomain(to))}`,
    ...(replyTo ? [`Reply-To: ${addressList(asciiDomain(replyTo))}`] : []),
    `Subject: ${headerText(subject, 9)}`,
    `Message-ID: <${oneLine(id)}>`,
    `Date: ${date.toUTCString().replace('GMT', '+0000')}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${oneLine(value)}`),
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    encoded ? encodedPart('plain', encoded.text) : part('plain', message.text),
    `--${boundary}`,
    encoded ? encodedPart('html', encoded.html) : part('html', message.html),
    `--${boundary}--`,
  ];
  return Buffer.from(lines.join('\r\n'));
}

// RFC 5321 4.5.3.1.6 allows 998 characters a line.
const tooLong = /[^\n]{997}/;
const beyondAscii = /[^\t\n\r\x20-\x7e]/;

/** One body: as it is where it is short lines of ASCII, which readers and filters like best, else quoted-printable. */
function part(subtype: 'plain' | 'html', content: string): string {
  const isPlain = !beyondAscii.test(content) && !tooLong.test(content);
  if (!isPlain) return encodedPart(subtype, quotedPrintable(content));
  return `Content-Type: text/${subtype}; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n${withCrlf(content)}`;
}

const encodedPart = (subtype: 'plain' | 'html', body: string): string =>
  `Content-Type: text/${subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${body}`;

const withCrlf = (text: string): string => text.replace(/\r\n|\r|\n/g, '\r\n');

const oneLine = (value: string): string => value.replace(/[\r\n\0]+/g, ' ');

/** The address with its domain as DNS knows it. A local part beyond ASCII stays: its server must take SMTPUTF8. */
function asciiDomain(address: string): string {
  const clean = oneLine(address);
  if (!beyondAscii.test(clean)) return clean;
  const at = clean.lastIndexOf('@');
  return `${clean.slice(0, at)}@${domainToASCII(clean.slice(at + 1)) || clean.slice(at + 1)}`;
}
