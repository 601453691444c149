import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** A cell: `null` is empty, numbers are written as they are, dates in ISO 8601. */
export type CsvCell = string | number | boolean | Date | null | undefined;

// A spreadsheet runs a cell that starts with one of these as a formula; a tab or a line break before them is skipped by some.
const startsFormula = /^[\t\r\n ]*[=+\-@]|^[\t\r\n]/;
const plainNumber = /^[+-]?\d+(?:\.\d+)?$/;
const needsQuotes = /[",\r\n]|^\s|\s$/;

/**
 * One cell as RFC 4180 writes it. Text that a spreadsheet would run as a formula gets a leading apostrophe (OWASP: CSV
 * injection); what is only a number, such as a phone in E.164 or a negative amount, can't run and stays as it is.
 */
export function csvCell(value: CsvCell): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'string') return String(value);
  const guarded = startsFormula.test(value) && !plainNumber.test(value) ? `'${value}` : value;
  return needsQuotes.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** One line with its end. */
export const csvLine = (cells: readonly CsvCell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

const chunkCharacters = 64 * 1024;

/** The lines of a file as chunks of text: the header first, even where there are no rows. */
export async function* csvChunks(
  header: readonly string[],
  rows: AsyncIterable<readonly CsvCell[]>,
): AsyncGenerator<string> {
  let chunk = csvLine(header);
  for await (const row of rows) {
    chunk += csvLine(row);
    if (chunk.length < chunkCharacters) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

/**
 * Answers a request with a CSV file that is written while it is read: rows are pulled only as fast as the client takes
 * them, and no more than some 64 KB wait in memory. When the client goes away, the rows' iterator is ended, so a cursor
 * behind it has to close in its `finally`. An error in the middle breaks the connection, so that half a file isn't taken for a whole one.
 */
export function sendCsv(
  reply: FastifyReply,
  file: { readonly name: string; readonly header: readonly string[]; readonly rows: AsyncIterable<readonly CsvCell[]> },
): FastifyReply {
  return reply
    .header('content-type', 'text/csv; charset=utf-8; header=present')
    .header('content-disposition', contentDisposition(file.name))
    .header('cache-control', 'no-store')
    .send(Readable.from(csvChunks(file.header, file.rows), { objectMode: false }));
}

/** The header that names a download: an ASCII name for all, the real one by RFC 6266. */
export function contentDisposition(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%/]/gu, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
