import {
  type CustomerId,
  csvReader,
  type DomainError,
  detectDelimiter,
  err,
  isBlankRow,
  type ListColumns,
  type ListKey,
  type ListRowFault,
  listColumns,
  listKey,
  ok,
  type Result,
} from '@mini-crm/domain';
import type { OrganizationContext } from '../trpc.ts';

/** A row that put nobody on the list, with its number as a spreadsheet counts. */
export interface RefusedListRow {
  readonly row: number;
  readonly reason: ListRowFault;
  /** What the row said of the person. */
  readonly said: string;
}

/** What became of a file of people. */
export interface ListUpload {
  readonly rows: number;
  readonly added: number;
  /** Who was on the list before, or stands in the file twice. */
  readonly already: number;
  readonly refused: number;
  /** The first refused rows. */
  readonly examples: readonly RefusedListRow[];
}

interface Row {
  readonly row: number;
  readonly cells: readonly string[];
}

const batchRows = 1000;
const mostExamples = 1000;
const longestHead = 65_536;

/**
 * Reads a CSV file of people piece by piece and hands those who are customers to `add`, a thousand at a time; `add` says
 * how many of them were new.
 */
export async function readListFile(
  { db }: Pick<OrganizationContext, 'db'>,
  pieces: AsyncIterable<Uint8Array>,
  add: (ids: readonly CustomerId[]) => Promise<number>,
): Promise<Result<ListUpload, DomainError>> {
  const sums = { rows: 0, added: 0, already: 0, refused: 0 };
  const examples: RefusedListRow[] = [];
  const refuse = (refused: RefusedListRow) => {
    sums.refused++;
    if (examples.length < mostExamples) examples.push(refused);
  };

  async function take(rows: readonly Row[], columns: ListColumns): Promise<void> {
    const keys = rows.map(({ cells }) => listKey(columns, cells));
    const texts = (of: (key: ListKey) => string | null) => keys.flatMap((key) => (key ? (of(key) ?? []) : []));
    const [own, byExternalId, byEmail] = await Promise.all([
      db.customers.existing(keys.flatMap((key) => key?.id ?? [])),
      db.customers.idsByExternalIds(texts(({ externalId }) => externalId)),
      db.customers.idsByFoldedEmails(texts(({ email }) => email)),
    ]);
    const idOf = ({ id, externalId, email }: ListKey): CustomerId | undefined =>
      (id && own.has(id) ? id : undefined) ??
      (externalId === null ? undefined : byExternalId.get(externalId)) ??
      (email === null ? undefined : byEmail.get(email));
    const found: CustomerId[] = [];
    for (const [i, { row, cells }] of rows.entries()) {
      const key = keys[i];
      const id = key ? idOf(key) : undefined;
      if (id) found.push(id);
      else if (key) refuse({ row, reason: 'nobody_found', said: saidOf(columns, cells) });
      else refuse({ row, reason: 'key_missing', said: '' });
    }
    const added = found.length === 0 ? 0 : await add([...new Set(found)]);
    sums.rows += rows.length;
    sums.added += added;
    sums.already += found.length - added;
  }

  let columns: ListColumns | null = null;
  let waiting: Row[] = [];
  for await (const part of csvParts(pieces)) {
    for (const row of part.rows) {
      if (columns === null) {
        columns = listColumns(row.cells);
        if (columns === null) return err({ code: 'list_columns_unknown' });
        if (columns.headed) continue;
      }
      waiting.push(row);
      if (waiting.length < batchRows) continue;
      await take(waiting, columns);
      waiting = [];
    }
    if (part.fault) return err({ code: part.fault.code, details: { row: part.fault.row } });
  }
  if (columns === null) return err({ code: 'upload_empty' });
  if (waiting.length > 0) await take(waiting, columns);
  return ok({ ...sums, examples });
}

const saidOf = ({ id, email }: ListColumns, cells: readonly string[]): string =>
  [id, email]
    .flatMap((at) => (at === null ? [] : [(cells[at] ?? '').trim()]))
    .filter((text) => text !== '')
    .join(', ')
    .slice(0, 200);

/** The rows of a file with their numbers, as they become complete; blank ones are left out, their numbers are not. */
async function* csvParts(pieces: AsyncIterable<Uint8Array>) {
  const decoder = new TextDecoder('utf-8');
  let reader: ReturnType<typeof csvReader> | null = null;
  let number = 0;
  const numbered = (rows: readonly string[][]): Row[] =>
    rows.flatMap((cells) => {
      number++;
      return isBlankRow(cells) ? [] : [{ row: number, cells }];
    });
  // The network cuts where it likes: the delimiter is told by a first row that is whole.
  let head = '';
  for await (const piece of pieces) {
    const text: string = head + decoder.decode(piece, { stream: true });
    if (reader === null && text.length < longestHead && !/[\r\n]./s.test(text)) {
      head = text;
      continue;
    }
    head = '';
    reader ??= csvReader(detectDelimiter(text));
    const { rows, fault } = reader.push(text);
    yield { rows: numbered(rows), fault };
    if (fault) return;
  }
  if (reader === null) {
    if (head === '') return;
    reader = csvReader(detectDelimiter(head));
    const { rows, fault } = reader.push(head);
    yield { rows: numbered(rows), fault };
    if (fault) return;
  }
  const { rows, fault } = reader.end();
  yield { rows: numbered(rows), fault };
}
