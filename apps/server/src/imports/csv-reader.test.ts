import { csvReader } from '@mini-crm/domain';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';

/** Cells as programs write them: quoted where they must be, and now and then where they need not be. */
const cell = fc
  .tuple(fc.string({ unit: fc.constantFrom('a', 'b', '"', ',', '\n', '\r\n', ' ', 'é', '😀') }), fc.boolean())
  .map(([value, quoted]) => (quoted || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value));

test('our reader reads what csv-parse reads', () => {
  const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(table, fc.constantFrom('\n', '\r\n'), fc.boolean(), (rows, end, last) => {
      const text = rows.map((row) => row.join(',')).join(end) + (last ? end : '');
      const reader = csvReader(',');
      const ours = [...reader.push(text).rows, ...reader.end().rows];
      const theirs = parse(text, {
        bom: true,
        relax_column_count: true,
        skip_empty_lines: false,
        record_delimiter: end,
      });
      expect(ours.filter((row) => row.join('') !== '')).toEqual(
        (theirs as string[][]).filter((row) => row.join('') !== ''),
      );
    }),
  );
});
