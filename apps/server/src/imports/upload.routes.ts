import type { RefusedRow } from '@mini-crm/db';
import { type DomainError, describeRowFault, idSchema, refusedColumns } from '@mini-crm/domain';
import type { FastifyRequest } from 'fastify';
import { refusal } from '../errors.ts';
import { sendCsv } from '../http/csv-stream.ts';
import { organizationRoute } from '../http/organization-route.ts';
import type { Routes } from '../http/routes.ts';
import { uploadCheck } from './upload-check.ts';

const longestName = 200;
const mostDrained = 64 * 1024 * 1024;
/** So many of the largest files may wait in an organization at once. */
const filesKept = 5;
const leftLyingMs = 3_600_000;

/** `PUT /api/o/:orgId/uploads?name=`: a file as it is, streamed; `GET .../imports/:importId/refused.csv`: what was not taken. */
export const importRoutes: Routes = (parent, deps) => {
  void parent.register(async (app) => {
    // The body of an upload is read piece by piece by its handler, never as a whole by a parser.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _body, done) => done(null));

    organizationRoute(
      app,
      deps,
      { method: 'PUT', url: '/api/o/:orgId/uploads', action: 'imports.upload' },
      async (ctx, request) => {
        const limit = deps.env.IMPORT_MAX_BYTES;
        const tooLarge: DomainError = { code: 'upload_too_large', details: { limit } };
        // What says that it is too large is refused before a byte of it is stored.
        const announced = announcedLength(request);
        if (announced !== null && announced > limit) throw refusal(tooLarge);
        const room = { most: announced ?? limit, quota: limit * filesKept };
        const receive = () => ctx.db.uploads.receive(fileName(request), checked(request, limit, tooLarge), room);
        let upload = await receive();
        if (!upload) {
          // Where room is short, files that were left lying make place sooner.
          await deps.database.importQueue.sweepUploads(deps.now(), leftLyingMs, leftLyingMs, ctx.db.orgId);
          upload = await receive();
        }
        if (!upload) {
          await drain(request.raw, 0);
          throw refusal({ code: 'upload_quota', details: { limit: room.quota } });
        }
        return { uploadId: upload._id, name: upload.name, size: upload.size };
      },
    );
  });

  organizationRoute(
    parent,
    deps,
    { method: 'GET', url: '/api/o/:orgId/imports/:importId/refused.csv', action: 'imports.refused' },
    async (ctx, request, reply) => {
      const id = idSchema('import').safeParse((request.params as { importId: string }).importId);
      const job = id.success ? await ctx.db.imports.get(id.data) : null;
      if (!job) throw refusal({ code: 'not_found' });
      return sendCsv(reply, {
        name: `${job.fileName.replace(/\.[^.]*$/, '')}-refused.csv`,
        ...refusedFile(job.header, ctx.db.imports.refused(job._id)),
      });
    },
  );
};

/** Refused rows as a file: where and why, then the columns as they came. A mended file that is refused again says so once. */
function refusedFile(header: readonly string[], refused: AsyncIterable<RefusedRow>) {
  const own = new Set<string>(refusedColumns);
  const ours = new Set(header.flatMap((name, index) => (own.has(name.trim()) ? [index] : [])));
  const kept = (cells: readonly string[]) => cells.filter((_, index) => !ours.has(index));
  async function* rows() {
    for await (const { row, fault, cells } of refused) yield [String(row), describeRowFault(fault), ...kept(cells)];
  }
  return { header: [...refusedColumns, ...kept(header)], rows: rows() };
}

/** The pieces of a request's body, each looked at; throws where it is too large or no CSV, or where the sender breaks off. */
async function* checked(request: FastifyRequest, limit: number, tooLarge: DomainError): AsyncGenerator<Uint8Array> {
  const check = uploadCheck();
  const body = request.raw;
  let size = 0;
  const refuse = async (error: DomainError) => {
    await drain(body, size);
    return refusal(error);
  };
  for await (const piece of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > limit) throw await refuse(tooLarge);
    const judged = check.push(piece);
    if (!judged.ok) throw await refuse(judged.error);
    yield piece;
  }
  const judged = check.end();
  if (!judged.ok) throw refusal(judged.error);
}

/** Reads on for a while: a browser that is still sending hears an answer only afterwards. */
async function drain(body: FastifyRequest['raw'], already: number): Promise<void> {
  let drained = already;
  for await (const piece of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    drained += piece.length;
    if (drained - already > mostDrained) break;
  }
}

/** How many bytes a request says that it has; null where it does not say. */
function announcedLength({ headers }: FastifyRequest): number | null {
  const length = headers['content-length'];
  return length === undefined ? null : Number(length);
}

/** The name to show for a file; only a name, never a path. */
function fileName(request: FastifyRequest): string {
  const { name } = request.query as { name?: unknown };
  const given = typeof name === 'string' ? name : '';
  const plain = given
    .replace(/[\p{Cc}\p{Cs}]/gu, '')
    .replace(/^.*[\\/]/, '')
    .trim()
    .slice(0, longestName);
  return plain === '' ? 'file.csv' : plain;
}
