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
  const ivOf = (context: string, address: string) => mac(`${context}:${address}`).subarray(0, ivLength);
  const openChecked = (sealed: string) => {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length <= ivLength) return null;
    const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivLength));
    return decipher.update(bytes.subarray(ivLength), undefined, 'utf8') + decipher.final('utf8');
  };
  return {
    seal(context, address) {
      const iv = ivOf(context, address);
      // A counter mode has nothing left for its end.
      const text = createCipheriv(algorithm, key, iv).update(address, 'utf8');
      return Buffer.concat([iv, text]).toString('base64url');
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
