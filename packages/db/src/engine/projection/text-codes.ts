import { textBetween } from './bson-walk.ts';
import { byteDictionary } from './byte-dictionary.ts';
import { textForms } from './encode.ts';
import { type SqlColumn, secondOf, tableIn } from './layout.ts';
import type { RowSink } from './row-sink.ts';

/*
 * A first load writes texts of events and lines as codes, which cost a tenth, and puts the texts in their places when it sorts
 * the rows. The same text may have several codes; a code has one text.
 */

/** The table of codes. */
export const codeColumns: readonly SqlColumn[] = [
  { name: 'code', type: 'INTEGER' },
  { name: 'folded', type: 'VARCHAR' },
  { name: 'composed', type: 'VARCHAR' },
];

// An id is nearly always another one, so that a code for each would cost more.
const plainTexts = new Set(['id']);

const isText = ({ name, type }: SqlColumn): boolean => type === 'VARCHAR' && !plainTexts.has(name);

/** The columns with codes instead of texts, and numbers as JavaScript has them. */
export const codedColumns = (columns: readonly SqlColumn[]): SqlColumn[] =>
  columns.map((column) => {
    if (isText(column)) return { name: column.name, type: 'INTEGER' };
    return column.type === 'BIGINT' ? { name: column.name, type: 'DOUBLE' } : column;
  });

const remembered = 200_000;

export interface TextCodes {
  readonly of: (text: string) => number;
  /** The same for a text of a stored document, of which no string is made. */
  readonly ofBytes: (source: Buffer, start: number, end: number) => number;
  /** Where codes are written; there has to be such before the first text. */
  to: RowSink | null;
}

/** Gives codes to texts and writes them down. */
export function textCodes(): TextCodes {
  const known = new Map<string, number>();
  const stored = byteDictionary();
  const storedCodes = new Int32Array(remembered);
  let next = 0;

  function write(text: string): number {
    const { to } = codes;
    if (to === null) throw new Error('There is no table of codes');
    const code = next++;
    const [folded, composed] = textForms(text);
    to.set(0, code);
    to.set(1, folded);
    to.set(2, composed);
    to.next();
    return code;
  }

  const codes: TextCodes = {
    to: null,
    of(text) {
      const found = known.get(text);
      if (found !== undefined) return found;
      const code = write(text);
      if (known.size >= remembered) known.clear();
      known.set(text, code);
      return code;
    },
    ofBytes(source, start, end) {
      const found = stored.find(source, start, end);
      if (found >= 0) return storedCodes[found] as number;
      const code = write(textBetween(source, start, end));
      if (stored.size() >= remembered) stored.clear();
      storedCodes[stored.add(source, start, end)] = code;
      return code;
    },
  };
  return codes;
}

/** A select of coded rows as they are stored, in the order in which they are. */
export function decoded(catalog: string, from: string, columns: readonly SqlColumn[]): string {
  const joins: string[] = [];
  const seconds = new Set(columns.map(({ name }) => secondOf(name)));
  const parts = columns.map((column) => {
    if (column.type === 'BIGINT') return `x.${column.name}::BIGINT`;
    if (!isText(column)) return `x.${column.name}`;
    if (column.name === 'currency') return 'coalesce(currency_f.composed, currency_f.folded)';
    if (seconds.has(column.name)) return `${column.name.slice(0, -secondOf('').length)}.composed`;
    joins.push(`LEFT JOIN ${tableIn(catalog, 'load_texts')} ${column.name} ON ${column.name}.code = x.${column.name}`);
    return `${column.name}.folded`;
  });
  return `SELECT ${parts.join(', ')} FROM ${tableIn(catalog, from)} x ${joins.join(' ')} ORDER BY x.t, x.ms`;
}
