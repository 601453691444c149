import { segmentFieldsSchema } from '@mini-crm/domain';
import type { FastifyRequest } from 'fastify';
import { refusal, unwrap } from '../errors.ts';
import { csvBody, streamBodies } from '../http/csv-body.ts';
import { organizationRoute } from '../http/organization-route.ts';
import type { Routes } from '../http/routes.ts';
import { addFile, createListOfFile } from './list.usecases.ts';
import { segmentIdOf } from './segment-id.ts';

const action = 'segments.uploadMembers';

/**
 * `PUT /api/o/:orgId/segments/lists?name=&description=`: a new list of the people of a CSV file;
 * `PUT /api/o/:orgId/segments/:segmentId/members`: puts the people of a file on a list. Both answer what became of the rows.
 */
export const listUploadRoutes: Routes = (parent, deps) => {
  const limit = deps.env.IMPORT_MAX_BYTES;
  void parent.register(async (app) => {
    streamBodies(app);
    organizationRoute(app, deps, { method: 'PUT', url: '/api/o/:orgId/segments/lists', action }, async (ctx, request) =>
      unwrap(await createListOfFile(ctx, fieldsOf(request), csvBody(request, limit).pieces())),
    );
    organizationRoute(
      app,
      deps,
      { method: 'PUT', url: '/api/o/:orgId/segments/:segmentId/members', action },
      async (ctx, request) => unwrap(await addFile(ctx, segmentIdOf(request), csvBody(request, limit).pieces())),
    );
  });
};

function fieldsOf({ query }: FastifyRequest) {
  const { name, description = '' } = query as { name?: unknown; description?: unknown };
  const fields = segmentFieldsSchema.safeParse({ name, description });
  if (!fields.success) throw refusal({ code: 'invalid_input', path: ['name'] });
  return fields.data;
}
