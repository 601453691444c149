import { createCipheriv, createDecipheriv, timingSafeEqual } from 'node:crypto';
import { hmacSha256 } from './hmac.ts';

const algorithm = 'aes-256-ctr';
const ivLength = 16;

/** Hides addresses in URLs: logs and those to whom a mail is forwarded don't read them there. */
export interface AddressSeal {
  /** The same address for the same `context` gives the same text, because its IV is made from both: which signs them as well. */
  seal(context: string, address: string): string;
  /** The address of a sealed text; null where it is none of ours for this `context`. */
  open(context: string, sealed: string): string | null;
  /** The address of a text that was sealed by any release and whose signature, over it and its context, was checked. */
  openChecked(sealed: string): string | null;
}

/** Synthetic IVs: HMAC over context and address, so the text can't be changed nor moved to another message. */
export function addressSeal(secret: string): AddressSeal {
  const key = hmacSha256(secret)('address in an unsubscribe link');
  const mac = hmacSha256(key);
  const keyStream = counterStream(key);
  const ivOf = (context: string, address: string) => mac(`${context}:${address}`).subarray(0, ivLength);
  const openChecked = (sealed: string) => {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length <= ivLength) return null;
    const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivLength));
    return decipher.update(bytes.subarray(ivLength), undefined, 'utf8') + decipher.final('utf8');
  };
  return {
    seal(context, address) {
      const text = Buffer.from(address);
      const sealed = Buffer.allocUnsafe(ivLength + text.length);
      const iv = ivOf(context, address);
      iv.copy(sealed);
      const stream = keyStream(iv, text.length);
      for (let i = 0; i < text.length; i++) sealed[ivLength + i] = (text[i] as number) ^ (stream[i] as number);
      return sealed.toString('base64url');
    },
    open(context, sealed) {
      const address = openChecked(sealed);
      if (address === null) return null;
      const given = Buffer.from(sealed, 'base64url').subarray(0, ivLength);
      return timingSafeEqual(given, ivOf(context, address)) ? address : null;
    },
    openChecked,
  };
}

/**
 * The key stream of AES-256 in counter mode, from one cipher that lives on: setting one up for each address takes several times
 * as long as encrypting it.
 */
function counterStream(key: Buffer): (iv: Buffer, length: number) => Buffer {
  const blocks = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  return (iv, length) => {
    const counters = Buffer.allocUnsafe(Math.ceil(length / ivLength) * ivLength);
    const counter = Buffer.from(iv);
    for (let at = 0; at < counters.length; at += ivLength) {
      counter.copy(counters, at);
      // One more, with what is carried over.
      for (let i = ivLength - 1; i >= 0; i--) {
        counter[i] = ((counter[i] as number) + 1) & 0xff;
        if (counter[i] !== 0) break;
      }
    }
    return blocks.update(counters);
  };
}
