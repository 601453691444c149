import type { ColumnTarget, Customer, ImportId, ImportKind, ImportOptions, OrganizationId } from '@mini-crm/domain';
import type { Answer, TestApp, TestClient } from '../../testing/test-app.ts';
import type { ImportDto } from '../import.dto.ts';

interface Asked {
  readonly kind?: ImportKind;
  readonly dryRun?: boolean;
  readonly consent?: ImportOptions['consent'];
  readonly columns?: readonly ColumnTarget[];
}

/** Imports as the web app does it: uploads, takes the guesses, starts, and waits for the worker. */
export function importer(app: TestApp, owner: TestClient & { readonly orgId: OrganizationId }) {
  const { orgId } = owner;

  async function upload(name: string, bytes: Buffer): Promise<Answer> {
    const response = await app.app.inject({
      method: 'PUT',
      url: `/api/o/${orgId}/uploads?name=${encodeURIComponent(name)}`,
      headers: { cookie: owner.cookie(), 'content-type': 'text/csv' },
      payload: bytes,
    });
    const body = response.json();
    return { status: response.statusCode, data: body.error ? null : body, error: body.error ?? null };
  }

  async function tryStart(name: string, bytes: Buffer, asked: Asked = {}): Promise<Answer> {
    const sent = await upload(name, bytes);
    if (sent.error) throw new Error(`The upload was refused: ${JSON.stringify(sent.error)}`);
    const inspected = await owner.call('imports.inspect', { orgId, uploadId: sent.data.uploadId });
    if (inspected.error) throw new Error(`The file was refused: ${JSON.stringify(inspected.error)}`);
    const kind = asked.kind ?? 'customers';
    return owner.call('imports.start', {
      orgId,
      uploadId: sent.data.uploadId,
      kind,
      delimiter: inspected.data.delimiter,
      columns: asked.columns ?? inspected.data.guesses[kind],
      options: {
        zone: 'UTC',
        currency: 'USD',
        decimalSign: inspected.data.decimalSign,
        dateOrder: 'dmy',
        consent: asked.consent ?? null,
      },
      dryRun: asked.dryRun ?? false,
    });
  }

  async function start(name: string, bytes: Buffer, asked: Asked = {}): Promise<ImportId> {
    const started = await tryStart(name, bytes, asked);
    if (started.error) throw new Error(`The import was refused: ${JSON.stringify(started.error)}`);
    return started.data.importId;
  }

  async function waitUntil(id: ImportId, holds: (job: ImportDto) => boolean): Promise<ImportDto> {
    for (;;) {
      const job = (await owner.call('imports.get', { orgId, importId: id })).data as ImportDto;
      if (holds(job)) return job;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  const finished = (id: ImportId) => waitUntil(id, ({ state }) => state !== 'queued' && state !== 'running');
  const db = app.database.database.forOrganization(orgId);

  return {
    ...owner,
    db,
    upload,
    tryStart,
    start,
    waitUntil,
    finished,
    importFile: async (name: string, bytes: Buffer, asked: Asked = {}) => finished(await start(name, bytes, asked)),
    async refusedFile(id: ImportId): Promise<string> {
      const url = `/api/o/${orgId}/imports/${id}/refused.csv`;
      return (await app.app.inject({ method: 'GET', url, headers: { cookie: owner.cookie() } })).body;
    },
    async customers(): Promise<Customer[]> {
      const all: Customer[] = [];
      for await (const customer of db.customers.stream({} as never)) all.push(customer);
      return all;
    },
    /** Chunks of files of other organizations, which share the bucket. */
    async chunksOfOthers(): Promise<number> {
      const files = await app.database.db.collection('uploads.files').find({}).toArray();
      return app.database.db
        .collection('uploads.chunks')
        .countDocuments({ files_id: { $in: files.map(({ _id }) => _id) } });
    },
  };
}

export type Importer = ReturnType<typeof importer>;
