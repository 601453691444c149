import { createHash, type KeyObject, sign as signBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { DkimAlgorithm } from '@mini-crm/domain';

export interface DkimKey {
  readonly domain: string;
  readonly selector: string;
  readonly algorithm: DkimAlgorithm;
  readonly privateKey: KeyObject;
}

/** The message with a signature before its headers. */
export type Sign = (message: Buffer) => Buffer | Promise<Buffer>;

// From is named once more than it stands there, so that no second one can be added (RFC 6376 8.15).
const signedHeaders = [
  'from',
  'to',
  'reply-to',
  'subject',
  'date',
  'message-id',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'mime-version',
  'content-type',
];

// Away from the thread that sends: an RSA signature takes a quarter of a millisecond, and Node has other threads for it.
const signElsewhere = promisify(
  (data: Buffer, key: KeyObject, done: (error: Error | null, signature: Buffer) => void): void =>
    signBytes('sha256', data, key, done),
);

/** Signs messages with RSA-SHA256 (RFC 6376) or Ed25519-SHA256 (RFC 8463), headers and body relaxed. */
export function dkimSigner(key: DkimKey, now: () => Date): Sign {
  const { algorithm, domain, selector, privateKey } = key;
  const begin = `v=1; a=${algorithm}-sha256; c=relaxed/relaxed; d=${domain}; s=${selector}`;

  return (message) => {
    const text = message.toString('latin1');
    const end = text.indexOf('\r\n\r\n');
    if (end < 0) throw new Error('a message without a body can not be signed');
    const headers = new Map(
      text
        .slice(0, end)
        .split(/\r\n(?![ \t])/)
        .map((header): [string, string] => [header.slice(0, header.indexOf(':')).trimEnd().toLowerCase(), header]),
    );
    const present = signedHeaders.filter((name) => headers.has(name));
    const bodyHash = sha256(relaxedBody(text.slice(end + 4))).toString('base64');
    const seconds = Math.floor(now().getTime() / 1000);
    const unsigned =
      `DKIM-Signature: ${begin}; t=${seconds};\r\n` + ` h=from:${present.join(':')};\r\n` + ` bh=${bodyHash};\r\n b=`;
    const data = `${present.map((name) => `${relaxedHeader(headers.get(name) as string)}\r\n`).join('')}${relaxedHeader(unsigned)}`;
    const finish = (signature: Buffer) =>
      Buffer.concat([
        Buffer.from(`${unsigned}${signature.toString('base64').replace(/.{72}(?=.)/g, '$&\r\n ')}\r\n`, 'latin1'),
        message,
      ]);
    // RFC 8463 signs the hash of the data, RFC 6376 the data.
    if (algorithm === 'ed25519') return finish(signBytes(null, sha256(data), privateKey));
    return signElsewhere(Buffer.from(data, 'latin1'), privateKey).then(finish);
  };
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text, 'latin1').digest();

/** RFC 6376 3.4.2: the name small, the value on one line with single spaces. */
function relaxedHeader(header: string): string {
  const colon = header.indexOf(':');
  const value = header
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/^ | $/g, '');
  return `${header.slice(0, colon).trimEnd().toLowerCase()}:${value}`;
}

/** RFC 6376 3.4.4: single spaces, none at the end of a line, no empty lines at the end. */
function relaxedBody(body: string): string {
  const lines = body
    .replace(/[ \t]+(?=\r\n|$)/g, '')
    .replace(/[ \t]{2,}|\t/g, ' ')
    .replace(/(?:\r\n)+$/, '');
  return lines === '' ? '' : `${lines}\r\n`;
}
