import { type CsvDelimiter, csvDelimiters, csvReader } from './csv-rows.ts';

/**
 * The delimiter of a file by its first rows: the one that cuts most rows into as many cells as the header, and of those the
 * one that makes most columns. A file of one column has a comma.
 */
export function detectDelimiter(head: string): CsvDelimiter {
  let best: CsvDelimiter = ',';
  let bestScore = 0;
  for (const delimiter of csvDelimiters) {
    const rows = firstRows(head, delimiter, 50);
    const width = rows[0]?.length ?? 1;
    if (width < 2) continue;
    const even = rows.filter((row) => row.length === width).length / rows.length;
    const score = even * even * Math.min(width, 20);
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

/** The first rows of a file's head that are complete and not empty. */
export function firstRows(head: string, delimiter: CsvDelimiter, count: number): string[][] {
  const { rows } = csvReader(delimiter).push(head);
  return rows.filter((row) => !isBlankRow(row)).slice(0, count);
}

/** Whether a row is an empty line, or one where nothing stands between the delimiters. */
export const isBlankRow = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');
