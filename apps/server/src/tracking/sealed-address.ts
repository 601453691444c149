import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';

const algorithm = 'aes-256-ctr';
const ivLength = 16;

/**
 * Hides an address in a URL that is signed as a whole: logs and those to whom a mail is forwarded don't read it there. The
 * same address for the same `context` gives the same text, because its IV is made from both.
 */
export function sealAddress(secret: string, context: string, address: string): string {
  const key = keyOf(secret);
  const iv = createHmac('sha256', key).update(`${context}:${address}`).digest().subarray(0, ivLength);
  const cipher = createCipheriv(algorithm, key, iv);
  return Buffer.concat([iv, cipher.update(address, 'utf8'), cipher.final()]).toString('base64url');
}

/** The address of a sealed text whose signature was checked; null where it is none of ours. */
export function openAddress(secret: string, sealed: string): string | null {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length <= ivLength) return null;
  const decipher = createDecipheriv(algorithm, keyOf(secret), bytes.subarray(0, ivLength));
  return decipher.update(bytes.subarray(ivLength), undefined, 'utf8') + decipher.final('utf8');
}

const keyOf = (secret: string) => createHmac('sha256', secret).update('address in an unsubscribe link').digest();
