import type { Attribute, AttributeValue } from '../attributes/attribute.ts';
import type { CustomerFields } from '../customers/customer.ts';
import { err, ok, type Result } from '../result.ts';
import { isTimeZone } from '../time/known-zone.ts';
import type { ColumnTarget, ImportOptions } from './import.ts';
import { attributeReader, type CellReader, cellText, readEmail, readPhone, readText } from './read-cell.ts';
import { type RowFault, shorten } from './row-fault.ts';

/** What one row says of a customer: only what stands in it, as an empty cell leaves the value that is there. */
export interface CustomerRow {
  readonly fields: { readonly [K in keyof CustomerFields]?: string };
  readonly attributes: Readonly<Record<string, AttributeValue>>;
}

type Draft = { fields: Record<string, string>; attributes: Record<string, AttributeValue> };
type Column = { index: number; header: string; read: (text: string, draft: Draft) => ReturnType<CellReader<unknown>> };

/** Compiles the reader of a file's rows once, so that a row costs no look-ups of its mapping. */
export function customerRowReader(
  header: readonly string[],
  targets: readonly ColumnTarget[],
  options: ImportOptions,
  catalogue: readonly Attribute[],
): (cells: readonly string[]) => Result<CustomerRow, RowFault> {
  const columns: Column[] = [];
  targets.forEach((target, index) => {
    const read = reader(target, options, catalogue);
    if (read) columns.push({ index, header: header[index] ?? '', read });
  });
  const width = header.length;

  return (cells) => {
    if (cells.length !== width) return err({ code: cells.length < width ? 'cells_missing' : 'cells_too_many' });
    const draft: Draft = { fields: {}, attributes: {} };
    for (const column of columns) {
      const text = cellText(cells[column.index]);
      if (text === '') continue;
      const read = column.read(text, draft);
      if (!read.ok) return err({ code: read.error, column: column.header, value: shorten(text) });
    }
    if (draft.fields.externalId === undefined && draft.fields.email === undefined) {
      return err({ code: 'customer_identity_missing' });
    }
    return ok(draft as CustomerRow);
  };
}

const zones = new Map<string, boolean>();
const localePattern = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

const readTimeZone: CellReader<string> = (text) => {
  let known = zones.get(text);
  if (known === undefined) {
    known = text.length <= 64 && isTimeZone(text);
    if (zones.size > 1000) zones.clear();
    zones.set(text, known);
  }
  return known ? ok(text) : err('time_zone_invalid');
};

const readLocale: CellReader<string> = (text) => {
  const locale = text.replace('_', '-');
  return localePattern.test(locale) ? ok(locale) : err('locale_invalid');
};

const fieldReaders: Record<keyof CustomerFields, CellReader<string>> = {
  externalId: readText(200),
  email: readEmail,
  phone: readPhone,
  firstName: readText(100),
  lastName: readText(100),
  timeZone: readTimeZone,
  locale: readLocale,
};

function reader(target: ColumnTarget, options: ImportOptions, catalogue: readonly Attribute[]): Column['read'] | null {
  switch (target.type) {
    case 'ignore':
      return null;
    case 'field': {
      const { field } = target;
      if (field === 'name') return readFullName;
      const read = fieldReaders[field];
      return (text, draft) => {
        const value = read(text);
        if (value.ok) draft.fields[field] = value.value;
        return value;
      };
    }
    case 'attribute':
    case 'newAttribute': {
      const { slug } = target;
      const attribute =
        target.type === 'newAttribute'
          ? { type: target.valueType, options: [] }
          : catalogue.find((candidate) => candidate.slug === slug);
      if (!attribute) throw new Error(`The catalogue has no attribute ${slug}.`);
      const read = attributeReader(attribute, options);
      return (text, draft) => {
        const value = read(text);
        if (value.ok) draft.attributes[slug] = value.value;
        return value;
      };
    }
    case 'order':
    case 'property':
      throw new Error(`A customer has no ${target.type} column.`);
    default:
      return target satisfies never;
  }
}

/** A whole name in one column: its last word is the last name, `Last, First` is turned round. */
function readFullName(text: string, draft: Draft): ReturnType<CellReader<unknown>> {
  const value = readText(200)(text);
  if (!value.ok) return value;
  const comma = text.indexOf(',');
  const cut = comma === -1 ? text.lastIndexOf(' ') : comma;
  const [before, after] = cut === -1 ? [text, ''] : [text.slice(0, cut).trim(), text.slice(cut + 1).trim()];
  const [first, last] = comma === -1 ? [before, after] : [after, before];
  if (first.length > 100 || last.length > 100) return err('text_invalid');
  if (first !== '') draft.fields.firstName = first;
  if (last !== '') draft.fields.lastName = last;
  return value;
}
