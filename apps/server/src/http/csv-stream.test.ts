import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentDisposition, csvCell, csvChunks, csvLine } from './csv-stream.ts';

const cell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({
    unit: fc.constantFrom('"', ',', '\r', '\n', '\t', ' ', '=', '+', '-', '@', '1', 'a', "'"),
    maxLength: 8,
  }),
);

test('a reader gets back what was written, but for the guard', () => {
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }), (rows) => {
      const read = parse(rows.map(csvLine).join(''), { relaxColumnCount: true, recordDelimiter: '\r\n' }) as string[][];
      expect(read.map((row) => row.length)).toEqual(rows.map((row) => row.length));
      for (const [y, row] of rows.entries()) {
        for (const [x, value] of row.entries()) expect([value, `'${value}`]).toContain(read[y]?.[x]);
      }
    }),
    { numRuns: 500 },
  );
});

test('no cell starts a formula', () => {
  fc.assert(
    fc.property(cell, (value) => {
      const [[read]] = parse(`${csvCell(value)},x\r\n`, { recordDelimiter: '\r\n' }) as [[string]];
      expect(/^[+-]?\d+(\.\d+)?$/.test(read) || !/^\s*[=+\-@]/.test(read)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['=1+1', "'=1+1"],
  ['+43664123', '+43664123'],
  ['-12.50', '-12.50'],
  ['+1+cmd', "'+1+cmd"],
  ['-2+3', "'-2+3"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['a "b", c', '"a ""b"", c"'],
  ['007', '007'],
  [null, ''],
  [12.5, '12.5'],
  [true, 'true'],
  [new Date('2026-01-02T03:04:05Z'), '2026-01-02T03:04:05.000Z'],
] as const)('writes %j as %s', (value, expected) => {
  expect(csvCell(value)).toBe(expected);
});

async function collect(chunks: AsyncIterable<string>): Promise<string[]> {
  const collected: string[] = [];
  for await (const chunk of chunks) collected.push(chunk);
  return collected;
}

async function* numbers(count: number, onEnd: () => void = () => undefined) {
  try {
    for (let index = 0; index < count; index++) yield [index, 'x'.repeat(1000)];
  } finally {
    onEnd();
  }
}

test('a file without rows has its header', async () => {
  expect(await collect(csvChunks(['id', 'name'], numbers(0)))).toEqual(['id,name\r\n']);
});

test('rows are gathered into chunks and none is lost', async () => {
  const chunks = await collect(csvChunks(['id', 'text'], numbers(500)));
  expect(chunks.length).toBeLessThan(12);
  expect(chunks.join('').split('\r\n')).toHaveLength(502);
});

test('a reader who goes away ends the rows', async () => {
  let ended = false;
  for await (const _ of csvChunks(
    ['id', 'text'],
    numbers(1e6, () => (ended = true)),
  ))
    break;
  expect(ended).toBe(true);
});

test('a name of any script stays one safe header', () => {
  expect(contentDisposition('Käufer "2026"\r\n.csv')).toMatch(/^[\x20-\x7e]+$/);
});
