import { newId, type UploadDocument } from '@mini-crm/db';
import {
  areYearFirst,
  type CsvDelimiter,
  checkMapping,
  csvDelimiters,
  type DomainError,
  detectDelimiter,
  err,
  firstRows,
  guessColumns,
  guessDecimalSign,
  guessKind,
  type Id,
  type ImportId,
  maximumColumns,
  maximumRowLength,
  ok,
  possibleDateOrders,
  type Result,
  type StartImport,
} from '@mini-crm/domain';
import { readKeysetCursor, writeKeysetCursor } from '../http/keyset-cursor.ts';
import type { OrganizationContext } from '../trpc.ts';
import { toImportDto, toRefusedDto } from './import.dto.ts';

const headBytes = 512 * 1024;
const rowsShown = 20;
const rowsJudged = 500;
const longestCell = 200;

interface Head {
  readonly delimiter: CsvDelimiter;
  readonly header: string[];
  readonly rows: string[][];
}

/** The first rows of an upload, cut by the delimiter that is said or found. */
async function readHead(
  ctx: OrganizationContext,
  upload: UploadDocument,
  said: CsvDelimiter | undefined,
): Promise<Result<Head, DomainError>> {
  const pieces: Uint8Array[] = [];
  for await (const piece of ctx.db.uploads.read(upload, headBytes)) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  // A character that is cut at the end of the head is left out; a file that ends here has its last row counted.
  let text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: true });
  if (bytes.length >= upload.size && !/[\r\n]$/.test(text)) text += '\n';
  const delimiter = said ?? detectDelimiter(text);
  const [header, ...rows] = firstRows(text, delimiter, rowsJudged + 1);
  if (!header) {
    return err(
      bytes.length >= maximumRowLength
        ? { code: 'csv_row_too_long', details: { row: 1, limit: maximumRowLength } }
        : { code: 'csv_quote_unclosed', details: { row: 1 } },
    );
  }
  if (rows.length === 0) return err({ code: 'csv_no_rows' });
  if (header.length > maximumColumns) return err({ code: 'csv_too_many_columns', details: { limit: maximumColumns } });
  const even = rows.filter((row) => row.length === header.length).length;
  if (even * 2 < rows.length) return err({ code: 'upload_not_csv', details: { looksLike: 'plain text' } });
  return ok({ delimiter, header, rows });
}

/** Looks at the head of an upload: its columns, first rows, and where the columns probably go. */
export async function inspect(
  ctx: OrganizationContext,
  input: { uploadId: Id<'upload'>; delimiter?: CsvDelimiter | undefined },
) {
  const upload = await ctx.db.uploads.get(input.uploadId);
  if (!upload) return err<DomainError>({ code: 'not_found' });
  await ctx.db.uploads.touch(upload._id);
  const head = await readHead(ctx, upload, input.delimiter);
  if (!head.ok) return head;
  const { delimiter, header, rows } = head.value;
  const [catalogue, { properties }] = await Promise.all([ctx.db.attributes.list(), ctx.db.eventTypes.get()]);
  const columns = header.map((name, index) => {
    const values = rows.map((row) => (row[index] ?? '').trim()).filter((value) => value !== '');
    const orders = possibleDateOrders(values);
    return {
      name,
      filled: values.length,
      // A column of dates that don't begin with the year says which order it can have; null is no such column.
      dateOrders: orders.length > 0 && !areYearFirst(values) ? orders : null,
    };
  });
  return ok({
    uploadId: upload._id,
    fileName: upload.name,
    fileSize: upload.size,
    delimiter,
    delimiters: csvDelimiters,
    kind: guessKind(header),
    columns,
    rows: rows.slice(0, rowsShown).map((row) => row.map((cell) => cell.slice(0, longestCell))),
    rowsJudged: rows.length,
    guesses: {
      customers: guessColumns('customers', header, rows, catalogue),
      orders: guessColumns('orders', header, rows, catalogue, properties),
    },
    decimalSign: guessDecimalSign(rows.flatMap((row) => row.slice(0, 50))),
  });
}

/** Queues an import, or a dry run of it. The worker takes it up within half a second. */
export async function start(
  ctx: OrganizationContext,
  input: StartImport,
): Promise<Result<{ importId: ImportId }, DomainError>> {
  const upload = await ctx.db.uploads.get(input.uploadId);
  if (!upload) return err({ code: 'not_found' });
  const head = await readHead(ctx, upload, input.delimiter);
  if (!head.ok) return head;
  const { header } = head.value;
  const [attributes, { properties }] = await Promise.all([ctx.db.attributes.list(), ctx.db.eventTypes.get()]);
  const mapping = checkMapping(input.kind, header.length, input.columns, attributes, properties);
  if (!mapping.ok) return mapping;
  await ctx.db.uploads.touch(upload._id);
  const importId = newId('import');
  const { uploadId, kind, delimiter, columns, options, dryRun } = input;
  await ctx.db.imports.insert({
    _id: importId,
    kind,
    uploadId,
    fileName: upload.name,
    fileSize: upload.size,
    delimiter,
    header,
    columns,
    options,
    dryRun,
    createdBy: { id: ctx.user.id, name: ctx.user.name },
    createdAt: ctx.deps.now(),
  });
  return ok({ importId });
}

const refusedShown = 50;

/** One import with its first refused rows. */
export async function get(ctx: OrganizationContext, importId: ImportId) {
  const job = await ctx.db.imports.get(importId);
  if (!job) return err<DomainError>({ code: 'not_found' });
  const refused = job.counts.refused > 0 ? await ctx.db.imports.firstRefused(importId, refusedShown) : [];
  return ok({ ...toImportDto(job), header: job.header.slice(0, 6), refused: refused.map(toRefusedDto) });
}

/** The history, newest first, and what is waiting or running. */
export async function list(ctx: OrganizationContext, page: { cursor?: string | undefined; limit: number }) {
  const after = page.cursor === undefined ? undefined : readKeysetCursor(page.cursor);
  if (after === null) return err<DomainError>({ code: 'invalid_input', path: ['cursor'] });
  const found = await ctx.db.imports.list({ after: after ?? null, limit: page.limit + 1 });
  const items = found.slice(0, page.limit);
  const last = found.length > page.limit ? items.at(-1) : undefined;
  return ok({
    items: items.map(toImportDto),
    nextCursor: last ? writeKeysetCursor({ at: last.createdAt, id: last._id }) : null,
  });
}

/** What waits or runs, for the top bar. */
export async function open(ctx: OrganizationContext) {
  return (await ctx.db.imports.open()).map(toImportDto);
}

/** Stops an import: what is written stays, the rest is left out. */
export async function cancel(ctx: OrganizationContext, importId: ImportId): Promise<Result<void, DomainError>> {
  const job = await ctx.db.imports.get(importId);
  if (!job) return err({ code: 'not_found' });
  return (await ctx.db.imports.cancel(importId, ctx.deps.now())) ? ok(undefined) : err({ code: 'import_finished' });
}
