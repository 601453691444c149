/** The signs that may separate the cells of a file. */
export const csvDelimiters = [',', ';', '\t', '|'] as const;
export type CsvDelimiter = (typeof csvDelimiters)[number];

/** The longest row that is taken, in UTF-16 units. An unclosed quote swallows the rest of a file, so memory needs an end. */
export const maximumRowLength = 262_144;

/** What makes a file unreadable from a row on. Rows count from 1 as a spreadsheet shows them: the header is row 1. */
export interface CsvFault {
  readonly code: 'csv_row_too_long' | 'csv_quote_unclosed';
  readonly row: number;
}

/** The rows that a piece completed, and what keeps the rest of the file from being read. */
export interface CsvRows {
  readonly rows: string[][];
  readonly fault: CsvFault | null;
}

/** Reads a file piece by piece; each row is its cells. An empty line is a row of one empty cell, so that row numbers stay those of a spreadsheet. */
export interface CsvReader {
  /** The rows that are complete after one more piece of text. */
  push(text: string): CsvRows;
  /** The last row, where the file does not end with a line break. */
  end(): CsvRows;
}

const quote = 34;
const lineFeed = 10;
const carriageReturn = 13;

/**
 * A streaming reader of RFC 4180 with what real files need beyond it: any delimiter, CRLF, LF or CR, a byte order mark, a
 * quote inside an unquoted cell (taken as it stands), text behind a closing quote (appended). It keeps one row at most.
 * Written here because a file is read twice, once to check it whole before anything is written; `csv-parse` is the oracle of its test.
 */
export function csvReader(delimiter: CsvDelimiter, longest = maximumRowLength): CsvReader {
  const separator = delimiter.charCodeAt(0);
  let rest = '';
  let count = 0;
  let begun = false;

  function read(text: string, last: boolean): CsvRows {
    const rows: string[][] = [];
    const faulty = (code: CsvFault['code']): CsvRows => ({ rows, fault: { code, row: count + 1 } });
    let start = 0;
    while (start < text.length) {
      const found = readRow(text, start, separator, last);
      if (found === null) break;
      if (found === 'unclosed') return faulty('csv_quote_unclosed');
      if (found.end - start > longest) return faulty('csv_row_too_long');
      rows.push(found.cells);
      count++;
      start = found.end;
    }
    rest = start === 0 ? text : text.slice(start);
    if (rest.length > longest) return faulty('csv_row_too_long');
    return { rows, fault: null };
  }

  return {
    push(text) {
      if (text === '') return { rows: [], fault: null };
      const piece = begun || text.charCodeAt(0) !== 0xfeff ? text : text.slice(1);
      begun = true;
      return read(rest === '' ? piece : rest + piece, false);
    },
    end: () => read(rest, true),
  };
}

/** One row from `start`, with the index behind its line break; null where the text ends before the row does. */
function readRow(
  text: string,
  start: number,
  separator: number,
  last: boolean,
): { cells: string[]; end: number } | 'unclosed' | null {
  const cells: string[] = [];
  const length = text.length;
  let at = start;
  for (;;) {
    let value = '';
    let from = at;
    if (text.charCodeAt(at) === quote) {
      let open = at + 1;
      for (;;) {
        const close = text.indexOf('"', open);
        if (close === -1) return last ? 'unclosed' : null;
        value += text.slice(open, close);
        // Whether a quote at the very end closes the cell or is one half of a pair is known with the next piece.
        if (close + 1 === length && !last) return null;
        from = close + 1;
        if (text.charCodeAt(from) !== quote) break;
        value += '"';
        open = close + 2;
      }
      at = from;
    }
    let code = -1;
    while (at < length) {
      code = text.charCodeAt(at);
      if (code === separator || code === lineFeed || code === carriageReturn) break;
      at++;
    }
    if (at === length) {
      if (!last) return null;
      cells.push(value + text.slice(from, at));
      return { cells, end: at };
    }
    cells.push(value === '' ? text.slice(from, at) : value + text.slice(from, at));
    at++;
    if (code === separator) continue;
    if (code === carriageReturn) {
      if (at === length && !last) return null;
      if (text.charCodeAt(at) === lineFeed) at++;
    }
    return { cells, end: at };
  }
}
