import { behindName, bson, endOf, int32At, int64At, isText, numberAt } from './bson-walk.ts';
import type { ByteDictionary } from './byte-dictionary.ts';
import { scaledNumber, wholeNumber } from './encode.ts';
import type { Kind } from './layout.ts';

const name = (text: string) => new TextEncoder().encode(text);
const fields = {
  eventId: name('eventId'),
  customerId: name('customerId'),
  type: name('type'),
  at: name('at'),
  currency: name('currency'),
  total: name('total'),
  lines: name('lines'),
  properties: name('properties'),
};
const lineFields = ['productId', 'name', 'category', 'quantity', 'price'].map(name);
const lineTexts = 3;

/** What texts and names mean. */
export interface EventVocabulary {
  /** The keys of all customers by their ids. */
  readonly keys: ByteDictionary;
  readonly types: ByteDictionary;
  readonly properties: ByteDictionary;
  /** The columns of each property by the kind of its value. */
  readonly places: readonly Partial<Record<Kind, number>>[];
  /** The code of a text of a document. */
  readonly codeOf: (source: Buffer, start: number, end: number) => number;
}

/** One line: codes of its three texts (-1: none), quantity and price (NaN: none). */
export const lineSlots = 5;

/** What was found of an event; overwritten by the next one. */
export interface FoundEvent {
  idStart: number;
  idEnd: number;
  /** -1 for nobody of ours. */
  key: number;
  /** Its place among the types. */
  type: number;
  ms: number;
  /** -1 for none. */
  currencyStart: number;
  currencyEnd: number;
  /** NaN for none. */
  total: number;
  /** The first so many of `places` and `values` are its properties. */
  valueCount: number;
  readonly valuePlaces: number[];
  readonly values: (number | boolean)[];
  /** Instants among its properties. */
  instantCount: number;
  readonly instants: number[];
  lineCount: number;
  readonly lines: number[];
}

function lineSlotOf(source: Buffer, start: number, end: number): number {
  for (let slot = 0; slot < lineSlots; slot++) {
    if (isText(source, start, end, lineFields[slot] as Uint8Array)) return slot;
  }
  return -1;
}

/** Finds what is stored of events in their bytes. Answers false for one with anything uncommon or of which the vocabulary knows too little. */
export function eventScanner({ keys, types, properties, places, codeOf }: EventVocabulary) {
  const found: FoundEvent = {
    ...{ idStart: -1, idEnd: -1, key: -1, type: -1, ms: Number.NaN, currencyStart: -1, currencyEnd: -1 },
    ...{ total: Number.NaN, valueCount: 0, valuePlaces: [], values: [], instantCount: 0, instants: [] },
    ...{ lineCount: 0, lines: [] },
  };

  function find(source: Buffer): boolean {
    found.idStart = found.key = found.type = found.currencyStart = -1;
    found.ms = found.total = Number.NaN;
    found.valueCount = found.instantCount = found.lineCount = 0;
    const last = source.length - 1;
    for (let at = 4; at < last; ) {
      const value = behindName(source, at + 1);
      const end = endOf(source[at] as number, source, value);
      if (end < 0 || !take(source[at] as number, source, at + 1, value, end)) return false;
      at = end;
    }
    return found.idStart >= 0 && found.type >= 0 && !Number.isNaN(found.ms);
  }

  function take(kind: number, source: Buffer, start: number, value: number, end: number): boolean {
    const nameEnd = value - 1;
    // A text is its length, itself and a zero.
    const from = value + 4;
    const to = end - 1;
    if (isText(source, start, nameEnd, fields.eventId)) {
      found.idStart = from;
      found.idEnd = to;
      return kind === bson.text;
    }
    if (isText(source, start, nameEnd, fields.customerId)) {
      if (kind !== bson.text) return false;
      found.key = keys.find(source, from, to);
      return true;
    }
    if (isText(source, start, nameEnd, fields.type)) {
      if (kind !== bson.text) return false;
      found.type = types.find(source, from, to);
      return found.type >= 0;
    }
    if (isText(source, start, nameEnd, fields.at)) {
      found.ms = int64At(source, value);
      return kind === bson.instant;
    }
    if (isText(source, start, nameEnd, fields.currency)) {
      if (kind === bson.none) return true;
      found.currencyStart = from;
      found.currencyEnd = to;
      return kind === bson.text;
    }
    if (isText(source, start, nameEnd, fields.total)) {
      if (kind === bson.none) return true;
      found.total = numberAt(kind, source, value);
      return !Number.isNaN(found.total);
    }
    if (isText(source, start, nameEnd, fields.lines))
      return kind === bson.none || (kind === bson.array && findLines(source, value));
    if (isText(source, start, nameEnd, fields.properties))
      return kind === bson.document && findProperties(source, value);
    return true;
  }

  function findProperties(source: Buffer, from: number): boolean {
    const last = from + int32At(source, from) - 1;
    for (let at = from + 4; at < last; ) {
      const kind = source[at] as number;
      const value = behindName(source, at + 1);
      const end = endOf(kind, source, value);
      if (end < 0) return false;
      if (kind !== bson.none) {
        const columns = places[properties.find(source, at + 1, value - 1)];
        if (columns === undefined || !takeProperty(columns, kind, source, value, end)) return false;
      }
      at = end;
    }
    return true;
  }

  function takeProperty(
    columns: Partial<Record<Kind, number>>,
    kind: number,
    source: Buffer,
    value: number,
    end: number,
  ): boolean {
    switch (kind) {
      case bson.text:
        return columns.text !== undefined && put(columns.text, codeOf(source, value + 4, end - 1));
      case bson.double:
      case bson.int32:
        return columns.number !== undefined && put(columns.number, scaledNumber(numberAt(kind, source, value)));
      case bson.boolean:
        return columns.boolean !== undefined && put(columns.boolean, source[value] === 1);
      case bson.instant: {
        const instant = int64At(source, value);
        found.instants[found.instantCount++] = instant;
        return columns.instant !== undefined && put(columns.instant, wholeNumber(instant));
      }
      default:
        return false;
    }
  }

  function put(place: number, value: number | boolean | null): boolean {
    found.valuePlaces[found.valueCount] = place;
    found.values[found.valueCount] = value ?? (value === false ? false : Number.NaN);
    found.valueCount++;
    return true;
  }

  function findLines(source: Buffer, from: number): boolean {
    const last = from + int32At(source, from) - 1;
    for (let at = from + 4; at < last; ) {
      const value = behindName(source, at + 1);
      if (source[at] !== bson.document || !findLine(source, value)) return false;
      at = value + int32At(source, value);
    }
    return true;
  }

  function findLine(source: Buffer, from: number): boolean {
    const { lines } = found;
    const base = found.lineCount * lineSlots;
    for (let slot = 0; slot < lineSlots; slot++) lines[base + slot] = slot < lineTexts ? -1 : Number.NaN;
    const last = from + int32At(source, from) - 1;
    for (let at = from + 4; at < last; ) {
      const kind = source[at] as number;
      const value = behindName(source, at + 1);
      const end = endOf(kind, source, value);
      if (end < 0) return false;
      const slot = lineSlotOf(source, at + 1, value - 1);
      if (slot >= 0 && kind !== bson.none) {
        const isFit = slot < lineTexts ? kind === bson.text : kind === bson.double || kind === bson.int32;
        if (!isFit) return false;
        lines[base + slot] = slot < lineTexts ? codeOf(source, value + 4, end - 1) : numberAt(kind, source, value);
      }
      at = end;
    }
    found.lineCount++;
    // A price without a quantity, or one that is no number, means what it means as an object.
    return Number.isNaN(lines[base + 4]) || !Number.isNaN(lines[base + 3]);
  }

  return { find, found };
}
