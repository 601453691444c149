import type { RefusedRow } from '@mini-crm/db';
import { describeRowFault, idSchema, refusedColumns } from '@mini-crm/domain';
import type { FastifyRequest } from 'fastify';
import { refusal } from '../errors.ts';
import { csvBody, drain, streamBodies } from '../http/csv-body.ts';
import { sendCsv } from '../http/csv-stream.ts';
import { organizationRoute } from '../http/organization-route.ts';
import type { Routes } from '../http/routes.ts';

const longestName = 200;
/** So many of the largest files may wait in an organization at once. */
const filesKept = 5;
const leftLyingMs = 3_600_000;

/** `PUT /api/o/:orgId/uploads?name=`: a file as it is, streamed; `GET .../imports/:importId/refused.csv`: what was not taken. */
export const importRoutes: Routes = (parent, deps) => {
  void parent.register(async (app) => {
    streamBodies(app);

    organizationRoute(
      app,
      deps,
      { method: 'PUT', url: '/api/o/:orgId/uploads', action: 'imports.upload' },
      async (ctx, request) => {
        const limit = deps.env.IMPORT_MAX_BYTES;
        const body = csvBody(request, limit);
        const room = { most: body.announced ?? limit, quota: limit * filesKept };
        const receive = () => ctx.db.uploads.receive(fileName(request), body.pieces(), room);
        let upload = await receive();
        if (!upload) {
          // Where room is short, files that were left lying make place sooner.
          await deps.database.importQueue.sweepUploads(deps.now(), leftLyingMs, leftLyingMs, ctx.db.orgId);
          upload = await receive();
        }
        if (!upload) {
          await drain(request.raw);
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
