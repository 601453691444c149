import { isAscii, textBetween } from './bson-walk.ts';
import { type ByteDictionary, byteDictionary } from './byte-dictionary.ts';
import { scaledNumber, unitOrdered, wholeNumber } from './encode.ts';
import { allEventColumns, linePlaces, placesOf, sharedPlace } from './event-rows.ts';
import { type EventVocabulary, eventScanner, lineSlots } from './event-scan.ts';
import { type Kind, sumKey } from './layout.ts';
import type { LayoutWriter } from './layout-writer.ts';
import { isSummable } from './rollups.ts';
import type { RowSink } from './row-sink.ts';

export interface StoredEventTarget extends Pick<EventVocabulary, 'keys' | 'codeOf'> {
  readonly events: RowSink;
  readonly lines: RowSink;
}

/**
 * Writes stored events as coded rows, without making objects of them, with the number that comes. Answers whether it did: nothing is
 * written of nobody's event, nor of an uncommon one, which is left to who reads it as an object.
 */
export function storedEventWriter(layout: LayoutWriter, { keys, codeOf, events, lines }: StoredEventTarget) {
  const all = allEventColumns(layout);
  const types = byteDictionary();
  const typeNames = [...layout.layout.types.keys()];
  const typeNumbers = [...layout.layout.types.values()].map(({ number }) => number);
  for (const type of typeNames) addText(types, type);
  const properties = byteDictionary();
  const places: Partial<Record<Kind, number>>[] = [];
  for (const [property, columns] of layout.layout.properties) {
    addText(properties, property);
    places.push(placesOf(all, columns));
  }
  const { find, found } = eventScanner({ keys, types, properties, places, codeOf });
  const currencies = byteDictionary();
  const currencyNames: string[] = [];
  /** Types with currencies of which the layout knows the sum. */
  const summed = new Set<number>();

  function isSummed(source: Buffer): boolean {
    const { currencyStart, currencyEnd, type } = found;
    let currency = currencies.find(source, currencyStart, currencyEnd);
    if (currency < 0) {
      currency = currencies.add(source, currencyStart, currencyEnd);
      currencyNames.push(textBetween(source, currencyStart, currencyEnd));
    }
    const pair = currency * typeNames.length + type;
    if (summed.has(pair)) return true;
    if (!layout.layout.sums.has(sumKey(typeNames[type] as string, currencyNames[currency] as string))) return false;
    summed.add(pair);
    return true;
  }

  function setShared(sink: RowSink, currency: number): void {
    sink.set(sharedPlace, found.key);
    sink.set(sharedPlace + 1, typeNumbers[found.type]);
    sink.set(sharedPlace + 2, wholeNumber(found.ms));
    if (currency >= 0) sink.set(sharedPlace + 3, currency);
    if (!Number.isNaN(found.total)) sink.set(sharedPlace + 5, wholeNumber(found.total));
  }

  function writeLine(number: number, n: number, currency: number): void {
    const base = n * lineSlots;
    lines.set(0, number);
    lines.set(1, n);
    setShared(lines, currency);
    const { product, quantity } = linePlaces;
    for (let text = 0; text < 3; text++) {
      const code = found.lines[base + text] as number;
      if (code >= 0) lines.set(product + text * 2, code);
    }
    const count = found.lines[base + 3] as number;
    const price = found.lines[base + 4] as number;
    if (!Number.isNaN(count)) lines.set(quantity, scaledNumber(count));
    if (!Number.isNaN(price)) {
      lines.set(quantity + 1, wholeNumber(price));
      lines.set(quantity + 2, wholeNumber(price * count));
    }
    lines.next();
  }

  return (source: Buffer, number: number): 'written' | 'nobody' | 'uncommon' => {
    if (!find(source) || !isSummable(found.total)) return 'uncommon';
    if (found.currencyStart >= 0 && !isSummed(source)) return 'uncommon';
    if (found.key < 0) return 'nobody';
    layout.sawEvent(typeNames[found.type] as string, found.ms);
    for (let i = 0; i < found.instantCount; i++) layout.sawInstant(found.instants[i] as number);
    const currency = found.currencyStart < 0 ? -1 : codeOf(source, found.currencyStart, found.currencyEnd);
    const id = textBetween(source, found.idStart, found.idEnd);
    events.set(0, number);
    events.set(1, isAscii(source, found.idStart, found.idEnd) ? id : unitOrdered(id));
    setShared(events, currency);
    for (let i = 0; i < found.valueCount; i++) events.set(found.valuePlaces[i] as number, found.values[i]);
    events.next();
    for (let n = 0; n < found.lineCount; n++) writeLine(number, n, currency);
    return 'written';
  };
}

function addText(to: ByteDictionary, text: string): void {
  const bytes = new TextEncoder().encode(text);
  to.add(bytes, 0, bytes.length);
}
