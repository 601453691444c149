import { BSON, type Document } from 'mongodb';

/**
 * A backup is a gzip of frames, each a letter and a BSON document: one `H`eader, then for each collection a
 * `C`ollection and its `D`ocuments as MongoDB stores them, and the `E`nd with their number. Without an end the file was
 * cut off.
 */
export type FrameKind = 'H' | 'C' | 'D' | 'E';

export interface Frame {
  readonly kind: FrameKind;
  /** The BSON document as it is; `decode` reads it. */
  readonly raw: Buffer;
}

export interface BackupHeader {
  readonly format: 'mini-crm-backup';
  readonly formatVersion: 1;
  readonly schemaVersion: number;
  readonly at: Date;
}

/** The file is no backup, is damaged, or was made by a newer release; the message is for a person. */
export class BackupError extends Error {}

const kinds: ReadonlySet<string> = new Set<FrameKind>(['H', 'C', 'D', 'E']);
/** MongoDB's own limit for a document, with room for what it adds. */
const largestDocument = 17 * 1024 * 1024;

export function encodeFrame(kind: FrameKind, document: Document): Buffer {
  return rawFrame(kind, BSON.serialize(document));
}

export function rawFrame(kind: FrameKind, raw: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(kind, 'latin1'), raw]);
}

/** Reads a frame's document without changing any value's type: a 64-bit 5 stays one. */
export function decode(raw: Buffer): Document {
  return BSON.deserialize(raw, { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true });
}

/** Cuts a stream of bytes into frames, holding no more than one of them. */
export async function* framesOf(bytes: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (;;) {
      if (rest.length - start < 5) break;
      const kind = String.fromCharCode(rest[start] ?? 0);
      const length = rest.readInt32LE(start + 1);
      if (!kinds.has(kind) || length < 5 || length > largestDocument) throw new BackupError('The file is damaged.');
      if (rest.length - start < length + 1) break;
      yield { kind: kind as FrameKind, raw: rest.subarray(start + 1, start + 1 + length) };
      start += length + 1;
    }
    rest = rest.subarray(start);
  }
  if (rest.length > 0) throw new BackupError('The file is cut off.');
}
