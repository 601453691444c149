import { encodeValue, kindOf, scaledNumber, textForms, unitOrdered, wholeNumber } from './encode.ts';
import { columnsOf, eventColumns, inOrder, lineColumns, type SqlColumn } from './layout.ts';
import type { LayoutWriter } from './layout-writer.ts';
import type { EventRow } from './projection.ts';
import type { RowSink } from './row-sink.ts';

/** All columns of events: the fixed ones, then the properties. */
export const allEventColumns = ({ layout }: LayoutWriter): SqlColumn[] => [
  ...eventColumns,
  ...inOrder(layout.properties).flatMap(columnsOf),
];

/** Makes columns for all properties, types and sums that documents have. Says whether the table of events has new columns. */
export async function prepareEvents(documents: readonly EventRow[], layout: LayoutWriter): Promise<boolean> {
  const { properties: known, types } = layout.layout;
  let grew = false;
  for (const { type, currency, properties } of documents) {
    if (!types.has(type)) await layout.type(type);
    if (typeof currency === 'string') await layout.sum(type, currency);
    for (const name in properties) {
      const kind = kindOf(properties[name]);
      if (kind === null || known.get(name)?.some((column) => column.kind === kind)) continue;
      await layout.column('event', name, kind);
      grew = true;
    }
  }
  return grew;
}

const place = (columns: readonly SqlColumn[], name: string) => columns.findIndex((column) => column.name === name);
const product = place(lineColumns, 'product');
const quantity = place(lineColumns, 'quantity');

/** Writes events as rows of `allEventColumns`, their lines beside them. */
export function eventWriter(
  layout: LayoutWriter,
): (sinks: { events: RowSink; lines: RowSink }, document: EventRow, key: number, number: number) => void {
  const { properties: columns, types } = layout.layout;
  const places = new Map<string, number>();
  allEventColumns(layout).forEach(({ name }, i) => {
    places.set(name, i);
  });
  return ({ events, lines }, document, key, number) => {
    const type = types.get(document.type)?.number;
    if (type === undefined) throw new Error('No number for the type of an event');
    const ms = document.at.getTime();
    layout.sawEvent(document.type, ms);
    const currency = document.currency ?? null;
    const shared = [
      key,
      type,
      wholeNumber(ms),
      currency,
      currency === null ? null : textForms(currency)[0],
      typeof document.total === 'number' ? wholeNumber(document.total) : null,
    ];
    const e = BigInt(number);
    events.set(0, e);
    events.set(1, unitOrdered(document.eventId));
    for (let i = 0; i < shared.length; i++) events.set(2 + i, shared[i]);
    const { properties } = document;
    for (const name in properties) {
      const value = properties[name];
      const kind = kindOf(value);
      if (kind === null) continue;
      const column = columns.get(name)?.find((candidate) => candidate.kind === kind);
      if (!column) throw new Error(`No column for a property of kind ${kind}`);
      const at = places.get(column.name) as number;
      const [first, second] = encodeValue(kind, value);
      events.set(at, first);
      if (second !== undefined) events.set(at + 1, second);
      if (kind === 'instant') layout.sawInstant((value as Date).getTime());
    }
    events.next();
    document.lines?.forEach((line, n) => {
      lines.set(0, e);
      lines.set(1, n);
      for (let i = 0; i < shared.length; i++) lines.set(2 + i, shared[i]);
      setText(lines, product, line.productId);
      setText(lines, product + 2, line.name);
      setText(lines, product + 4, line.category);
      if (typeof line.quantity === 'number') lines.set(quantity, scaledNumber(line.quantity));
      if (typeof line.price === 'number') {
        lines.set(quantity + 1, wholeNumber(line.price));
        lines.set(quantity + 2, wholeNumber(line.price * line.quantity));
      }
      lines.next();
    });
  };
}

function setText(sink: RowSink, at: number, text: string | null | undefined): void {
  if (typeof text !== 'string') return;
  const [folded, composed] = textForms(text);
  sink.set(at, folded);
  sink.set(at + 1, composed);
}
