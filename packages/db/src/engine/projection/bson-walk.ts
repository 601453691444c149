/*
 * Reads stored documents where they lie, without making objects of them: of a load's ten million that would be most of its work.
 * Only what occurs in nearly all of them is known here.
 */

/** The types of elements that are read here. */
export const bson = {
  double: 1,
  text: 2,
  document: 3,
  array: 4,
  objectId: 7,
  boolean: 8,
  instant: 9,
  none: 10,
  int32: 16,
  int64: 18,
} as const;

/** Where the value of an element ends; -1 for types that are not read here. */
export function endOf(type: number, source: Uint8Array, at: number): number {
  switch (type) {
    case bson.double:
    case bson.instant:
    case bson.int64:
      return at + 8;
    case bson.text:
      return at + 4 + int32At(source, at);
    case bson.document:
    case bson.array:
      return at + int32At(source, at);
    case bson.objectId:
      return at + 12;
    case bson.boolean:
      return at + 1;
    case bson.none:
      return at;
    case bson.int32:
      return at + 4;
    default:
      return -1;
  }
}

/** Behind the name that begins here, and its closing zero. */
export function behindName(source: Uint8Array, at: number): number {
  let end = at;
  while (source[end] !== 0) end++;
  return end + 1;
}

export const int32At = (source: Uint8Array, at: number): number =>
  (source[at] as number) |
  ((source[at + 1] as number) << 8) |
  ((source[at + 2] as number) << 16) |
  ((source[at + 3] as number) << 24);

const eight = new Uint8Array(8);
const double = new Float64Array(eight.buffer);

export function doubleAt(source: Uint8Array, at: number): number {
  for (let i = 0; i < 8; i++) eight[i] = source[at + i] as number;
  return double[0] as number;
}

/** A whole number of 64 bits; exact for instants, which are far smaller. */
export const int64At = (source: Uint8Array, at: number): number =>
  int32At(source, at + 4) * 4_294_967_296 + (int32At(source, at) >>> 0);

/** A number as a double or in 32 bits; NaN for any other type, also for the rare ones in 64 bits. */
export function numberAt(type: number, source: Uint8Array, at: number): number {
  if (type === bson.int32) return int32At(source, at);
  return type === bson.double ? doubleAt(source, at) : Number.NaN;
}

/** Whether a name or text is exactly this one. */
export function isText(source: Uint8Array, start: number, end: number, text: Uint8Array): boolean {
  if (end - start !== text.length) return false;
  for (let i = 0; i < text.length; i++) if (source[start + i] !== text[i]) return false;
  return true;
}

/** The text between two places. */
export function textBetween(source: Buffer, start: number, end: number): string {
  return source.toString(isAscii(source, start, end) ? 'latin1' : 'utf8', start, end);
}

/** Whether there are only plain letters between two places: such a text is quicker to make, and few of its forms differ. */
export function isAscii(source: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if ((source[i] as number) > 127) return false;
  return true;
}
