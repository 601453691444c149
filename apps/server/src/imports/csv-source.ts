import type { UploadDocument, UploadsRepository } from '@mini-crm/db';
import { type CsvDelimiter, type CsvFault, csvReader, isBlankRow } from '@mini-crm/domain';

/** Rows of a file with the number of the first one, as a spreadsheet counts; empty rows are left out, their numbers are not. */
export interface SourceRow {
  readonly row: number;
  readonly cells: readonly string[];
}

/** The file can't be read from a row on. */
export class SourceFault extends Error {
  readonly fault: CsvFault;
  constructor(fault: CsvFault) {
    super(fault.code);
    this.fault = fault;
  }
}

/**
 * Reads the rows below the header, as many at a time as a piece of the file holds; says how many bytes it has read.
 * @throws {SourceFault} where a row is too long or a quote never closes.
 */
export async function* sourceRows(
  uploads: UploadsRepository,
  upload: UploadDocument,
  delimiter: CsvDelimiter,
): AsyncGenerator<{ rows: SourceRow[]; bytes: number }> {
  const reader = csvReader(delimiter);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let number = 0;
  let bytes = 0;
  let headerSeen = false;

  function numbered(cells: string[][]): SourceRow[] {
    const rows: SourceRow[] = [];
    for (const row of cells) {
      number++;
      if (isBlankRow(row)) continue;
      if (headerSeen) rows.push({ row: number, cells: row });
      headerSeen = true;
    }
    return rows;
  }

  for await (const piece of uploads.read(upload)) {
    bytes += piece.length;
    const { rows, fault } = reader.push(decoder.decode(piece, { stream: true }));
    yield { rows: numbered(rows), bytes };
    if (fault) throw new SourceFault(fault);
  }
  const { rows, fault } = reader.end();
  yield { rows: numbered(rows), bytes };
  if (fault) throw new SourceFault(fault);
}

const batchRows = 1000;
const batchLength = 2 * 1024 * 1024;

/** A stretch of rows that is decided and written as one. Which rows it holds depends on the file alone. */
export interface SourceBatch {
  readonly number: number;
  readonly rows: readonly SourceRow[];
}

/** Cuts rows into batches of a thousand, or fewer where they are long: a batch is one document at most 16 MB large. */
export async function* sourceBatches(
  source: AsyncIterable<{ rows: SourceRow[]; bytes: number }>,
): AsyncGenerator<SourceBatch> {
  let rows: SourceRow[] = [];
  let length = 0;
  let number = 0;
  for await (const piece of source) {
    for (const row of piece.rows) {
      const size = row.cells.reduce((sum, cell) => sum + cell.length, 0);
      if (rows.length === batchRows || (rows.length > 0 && length + size > batchLength)) {
        yield { number: number++, rows };
        rows = [];
        length = 0;
      }
      rows.push(row);
      length += size;
    }
  }
  if (rows.length > 0) yield { number, rows };
}
