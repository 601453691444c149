import { encodeValue, kindOf, textForms, wholeNumber } from './encode.ts';
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
export async function prepareAttributes(documents: readonly CustomerRow[], layout: LayoutWriter): Promise<boolean> {
  const before = layout.layout.attributes;
  let grew = false;
  for (const { attributes } of documents) {
    for (const slug in attributes) {
      const kind = kindOf(attributes[slug]);
      if (kind === null || before.get(slug)?.some((column) => column.kind === kind)) continue;
      await layout.column('customer', slug, kind);
      grew = true;
    }
  }
  return grew;
}

/** Writes documents as rows of `documentColumns`. The columns must be there (`prepareAttributes`). */
export function customerWriter(layout: LayoutWriter): (sink: RowSink, document: CustomerRow, key: number) => void {
  const places = new Map<string, number>();
  documentColumns(layout).forEach(({ name }, i) => {
    places.set(name, i);
  });
  return (sink, document, key) => {
    sink.set(0, key);
    sink.set(1, document._id);
    for (const [field, place] of textPlaces) {
      const text = document[field];
      if (typeof text !== 'string') continue;
      const [folded, composed] = textForms(text);
      sink.set(place, folded);
      sink.set(place + 1, composed);
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
      const column = layout.layout.attributes.get(slug)?.find((candidate) => candidate.kind === kind);
      if (!column) throw new Error(`No column for an attribute of kind ${kind}`);
      const place = places.get(column.name) as number;
      const [first, second] = encodeValue(kind, value);
      sink.set(place, first);
      if (second !== undefined) sink.set(place + 1, second);
      if (kind === 'instant') layout.sawInstant((value as unknown as Date).getTime());
    }
    sink.next();
  };
}
