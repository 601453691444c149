import { encodeValue, kindOf, scaledNumber, unitOrdered, wholeNumber } from './encode.ts';
import { columnsOf, eventColumns, inOrder, type Kind, lineColumns, type SqlColumn } from './layout.ts';
import type { LayoutWriter } from './layout-writer.ts';
import type { EventRow } from './projection.ts';
import type { RowSink } from './row-sink.ts';

/** All columns of events: the fixed ones, then the properties. */
export const allEventColumns = ({ layout }: LayoutWriter): SqlColumn[] => [
  ...eventColumns,
  ...inOrder(layout.properties).flatMap(columnsOf),
];

/** Makes columns for all properties, types and sums that documents have. */
export async function prepareEvents(documents: readonly EventRow[], layout: LayoutWriter): Promise<void> {
  const { properties: known, types } = layout.layout;
  const summed = new Map<string, Set<string>>();
  for (const { type, currency, properties } of documents) {
    if (!types.has(type)) await layout.type(type);
    if (typeof currency === 'string' && !summed.get(type)?.has(currency)) {
      await layout.sum(type, currency);
      summed.set(type, (summed.get(type) ?? new Set()).add(currency));
    }
    for (const name in properties) {
      const kind = kindOf(properties[name]);
      if (kind === null || hasKind(known.get(name), kind)) continue;
      await layout.column('event', name, kind);
    }
  }
}

function hasKind(columns: readonly { readonly kind: Kind }[] | undefined, kind: Kind): boolean {
  if (columns === undefined) return false;
  for (const column of columns) if (column.kind === kind) return true;
  return false;
}

const place = (columns: readonly SqlColumn[], name: string) => columns.findIndex((column) => column.name === name);
/** Where what events and lines both have begins. */
export const sharedPlace = place(eventColumns, 'c');
/** Where the texts of a line begin, and its numbers. */
export const linePlaces = { product: place(lineColumns, 'product'), quantity: place(lineColumns, 'quantity') };
const { product, quantity } = linePlaces;

/** Writes events as rows of `allEventColumns`, their lines beside them. */
export function eventWriter(
  layout: LayoutWriter,
): (sinks: { events: RowSink; lines: RowSink }, document: EventRow, key: number, number: number) => void {
  const { properties: columns, types } = layout.layout;
  const all = allEventColumns(layout);
  const places = new Map([...columns].map(([name, of]) => [name, placesOf(all, of)] as const));
  return ({ events, lines }, document, key, number) => {
    const type = types.get(document.type)?.number;
    if (type === undefined) throw new Error('No number for the type of an event');
    const ms = document.at.getTime();
    layout.sawEvent(document.type, ms);
    events.set(0, number);
    events.set(1, unitOrdered(document.eventId));
    setShared(events, document, key, type, ms);
    const { properties } = document;
    for (const name in properties) {
      const value = properties[name];
      const kind = kindOf(value);
      if (kind === null) continue;
      const at = places.get(name)?.[kind];
      if (at === undefined) throw new Error(`No column for a property of kind ${kind}`);
      if (kind === 'text') events.text(at, value as string);
      else setValue(events, at, kind, value, layout);
    }
    events.next();
    if (!document.lines) return;
    for (let n = 0; n < document.lines.length; n++) {
      const line = document.lines[n];
      if (!line) continue;
      lines.set(0, number);
      lines.set(1, n);
      setShared(lines, document, key, type, ms);
      if (typeof line.productId === 'string') lines.text(product, line.productId);
      if (typeof line.name === 'string') lines.text(product + 2, line.name);
      if (typeof line.category === 'string') lines.text(product + 4, line.category);
      if (typeof line.quantity === 'number') lines.set(quantity, scaledNumber(line.quantity));
      if (typeof line.price === 'number') {
        lines.set(quantity + 1, wholeNumber(line.price));
        lines.set(quantity + 2, wholeNumber(line.price * line.quantity));
      }
      lines.next();
    }
  };
}

/** What events and lines both have, at the same places. */
function setShared(sink: RowSink, { currency, total }: EventRow, key: number, type: number, ms: number): void {
  sink.set(sharedPlace, key);
  sink.set(sharedPlace + 1, type);
  sink.set(sharedPlace + 2, wholeNumber(ms));
  if (typeof currency === 'string') {
    sink.text(sharedPlace + 3, currency);
    // Money compares with the currency as it is written.
    if (!sink.isCoded) sink.set(sharedPlace + 4, currency);
  }
  if (typeof total === 'number') sink.set(sharedPlace + 5, wholeNumber(total));
}

/** Sets a value that is no text. */
export function setValue(
  sink: RowSink,
  at: number,
  kind: Exclude<Kind, 'text'>,
  value: unknown,
  layout: LayoutWriter,
): void {
  const [first, second] = encodeValue(kind, value);
  sink.set(at, first);
  if (second !== undefined) sink.set(at + 1, second);
  if (kind === 'instant') layout.sawInstant((value as Date).getTime());
}

/** Where the columns of a field's kinds stand among all. */
export const placesOf = (
  all: readonly SqlColumn[],
  columns: readonly { readonly name: string; readonly kind: Kind }[],
): Partial<Record<Kind, number>> => Object.fromEntries(columns.map(({ name, kind }) => [kind, place(all, name)]));
