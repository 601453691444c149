import { randomBytes } from 'node:crypto';
import { domainToASCII } from 'node:url';
import type { ChannelMessage } from './channel.ts';
import { addressList, headerText, phrase } from './mime-header.ts';
import { quotedPrintable } from './quoted-printable.ts';

// A boundary that no text of ours can hold by chance: this process's own, and a number.
const boundaryBase = randomBytes(12).toString('hex');
let boundaries = 0;

/** The bytes of a message: multipart/alternative of text and HTML (RFC 2045, 5322), lines ended by CRLF, no last line break. */
export const buildMime = (message: ChannelMessage, date: Date): Buffer =>
  Buffer.from(mimeText(message, date), 'latin1');

/** The same with a character a byte: a socket writes it as it is, and no buffer is made for it. */
export function mimeText(message: ChannelMessage, date: Date): string {
  const { to, subject, encoded, headers, id } = message;
  boundaries += 1;
  const boundary = `=_${boundaryBase}${boundaries.toString(36)}`;
  let head = `${senderHeaders(message)}To: ${addressList(asciiDomain(to))}\r\nSubject: ${headerText(subject, 9)}\r\n`;
  head += `Message-ID: <${oneLine(id)}>\r\nDate: ${dateText(date)}\r\n`;
  for (const name in headers) head += `${name}: ${oneLine(headers[name] as string)}\r\n`;
  const text = encoded ? encodedPart('plain', encoded.text) : part('plain', message.text);
  const html = encoded ? encodedPart('html', encoded.html) : part('html', message.html);
  const type = `MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="${boundary}"\r\n\r\n`;
  const body = `--${boundary}\r\n${text}\r\n--${boundary}\r\n${html}\r\n--${boundary}--`;
  // Only the local part of an address may be more than ASCII.
  return (beyondAscii.test(head) ? Buffer.from(head).toString('latin1') : head) + type + body;
}

// All messages of a run have the same ones, and all of a second the same date.
let sender = { name: '', address: '', replyTo: '', headers: '' };
let clock = { second: 0, text: '' };

function senderHeaders({ from, replyTo }: ChannelMessage): string {
  if (from.name !== sender.name || from.address !== sender.address || replyTo !== sender.replyTo || !sender.headers) {
    const address = asciiDomain(from.address);
    const whole = `From: ${from.name === '' ? address : `${phrase(from.name, 6)} <${address}>`}\r\n`;
    const reply = replyTo ? `Reply-To: ${addressList(asciiDomain(replyTo))}\r\n` : '';
    sender = { ...from, replyTo, headers: whole + reply };
  }
  return sender.headers;
}

function dateText(date: Date): string {
  const second = Math.floor(date.getTime() / 1000);
  if (clock.second !== second) clock = { second, text: date.toUTCString().replace('GMT', '+0000') };
  return clock.text;
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
