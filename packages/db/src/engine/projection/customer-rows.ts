import { kindOf, wholeNumber } from './encode.ts';
import { placesOf, setValue } from './event-rows.ts';
import { columnsOf, customerColumns, inOrder, type SqlColumn, textFields } from './layout.ts';
import type { LayoutWriter } from './layout-writer.ts';
import type { CustomerRow } from './projection.ts';
import type { RowSink } from './row-sink.ts';

const textPlaces = (Object.keys(textFields) as (keyof typeof textFields)[]).map(
  (field) => [field, customerColumns.findIndex(({ name }) => name === textFields[field])] as const,
);
const createdPlace = customerColumns.findIndex(({ name }) => name === 'created');

/** The columns of customers that documents say: the fixed ones, then the attributes. */
export const documentColumns = ({ layout }: LayoutWriter): SqlColumn[] => [
  ...customerColumns,
  ...inOrder(layout.attributes).flatMap(columnsOf),
];

/** Makes columns for all attributes that documents have. */
export async function prepareAttributes(documents: readonly CustomerRow[], layout: LayoutWriter): Promise<void> {
  const known = layout.layout.attributes;
  for (const { attributes } of documents) {
    for (const slug in attributes) {
      const kind = kindOf(attributes[slug]);
      if (kind === null || known.get(slug)?.some((column) => column.kind === kind)) continue;
      await layout.column('customer', slug, kind);
    }
  }
}

/** Writes documents as rows of `documentColumns`. The columns must be there (`prepareAttributes`). */
export function customerWriter(layout: LayoutWriter): (sink: RowSink, document: CustomerRow, key: number) => void {
  const all = documentColumns(layout);
  const places = new Map([...layout.layout.attributes].map(([slug, of]) => [slug, placesOf(all, of)] as const));
  return (sink, document, key) => {
    sink.set(0, key);
    sink.set(1, document._id);
    for (const [field, place] of textPlaces) {
      const text = document[field];
      if (typeof text === 'string') sink.text(place, text);
    }
    const created = document.createdAt.getTime();
    layout.sawInstant(created);
    sink.set(createdPlace, wholeNumber(created));
    sink.set(createdPlace + 1, document.consents?.email?.state);
    sink.set(createdPlace + 2, document.consents?.sms?.state);
    const { attributes } = document;
    for (const slug in attributes) {
      const value = attributes[slug];
      const kind = kindOf(value);
      if (kind === null) continue;
      const at = places.get(slug)?.[kind];
      if (at === undefined) throw new Error(`No column for an attribute of kind ${kind}`);
      if (kind === 'text') sink.text(at, value as string);
      else setValue(sink, at, kind, value, layout);
    }
    sink.next();
  };
}
