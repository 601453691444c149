import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CsvDelimiter, csvDelimiters, csvReader } from './csv-rows.ts';

function readAll(text: string, delimiter: CsvDelimiter = ',', cuts: readonly number[] = []): string[][] {
  const reader = csvReader(delimiter);
  const rows: string[][] = [];
  let from = 0;
  for (const cut of [...new Set(cuts)].sort((a, b) => a - b)) {
    rows.push(...reader.push(text.slice(from, cut)).rows);
    from = Math.min(cut, text.length);
  }
  rows.push(...reader.push(text.slice(from)).rows);
  rows.push(...reader.end().rows);
  return rows;
}

describe('reads', () => {
  test.each([
    [
      'a row a line',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a last row without a line break',
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'CRLF and CR',
      'a,b\r\n1,2\r3,4',
      [
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['a byte order mark', '\ufeffa\n', [['a']]],
    ['a quoted line break, delimiter and quote', '"a\nb","c,d","e""f"\n', [['a\nb', 'c,d', 'e"f']]],
    [
      'empty cells',
      ',\n"",\n',
      [
        ['', ''],
        ['', ''],
      ],
    ],
    ['an empty line as one empty cell', 'a\n\nb\n', [['a'], [''], ['b']]],
    ['a quote inside an unquoted cell', '5" pipe,x\n', [['5" pipe', 'x']]],
    ['text behind a closing quote', '"a"b,c\n', [['ab', 'c']]],
    ['nothing', '', []],
  ])('%s', (_, text, rows) => {
    expect(readAll(text)).toEqual(rows);
  });
});

test('any cells written by RFC 4180 come back, wherever the file is cut into pieces', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\t', '|', '\n', '\r', ' ', 'é', '😀') });
  const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 });
  fc.assert(
    fc.property(
      rows,
      fc.constantFrom(...csvDelimiters),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.array(fc.nat(60)),
      (table, delimiter, end, cuts) => {
        const text = table
          .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(delimiter) + end)
          .join('');
        expect(readAll(text, delimiter, cuts)).toEqual(table);
      },
    ),
  );
});

test('how a file is cut into pieces never changes what is read', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '\ufeff') });
  fc.assert(
    fc.property(text, fc.array(fc.nat(30)), (file, cuts) => {
      expect(readAll(file, ',', cuts)).toEqual(readAll(file));
    }),
  );
});

test('a row that is too long is named, with the rows before it', () => {
  const reader = csvReader(',', 20);
  expect(reader.push(`a,b\n${'x'.repeat(21)}\n`)).toEqual({
    rows: [['a', 'b']],
    fault: { code: 'csv_row_too_long', row: 2 },
  });
});

test('an unclosed quote stops at the longest row instead of taking the rest of the file', () => {
  const reader = csvReader(',', 20);
  reader.push('a,b\n"x\n');
  expect(reader.push('1,2\n'.repeat(10)).fault).toEqual({ code: 'csv_row_too_long', row: 2 });
});

test('a quote that never closes is named at the end', () => {
  const reader = csvReader(',');
  reader.push('a,b\n1,"2\n');
  expect(reader.end().fault).toEqual({ code: 'csv_quote_unclosed', row: 2 });
});
