import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { OrganizationId } from '@mini-crm/domain';

const ending = '.duckdb';

/**
 * The files of the columns, one an organization, in a folder of the database that they were made from: another database in
 * the same place has other people under the same ids.
 */
export async function engineFiles(root: string, dataId: string) {
  const folder = join(root, dataId);
  const temporary = join(root, 'temporary');
  await mkdir(folder, { recursive: true });
  await mkdir(temporary, { recursive: true });
  const fileOf = (orgId: OrganizationId) => join(folder, `${orgId}${ending}`);
  return {
    temporary,
    fileOf,
    exists: (orgId: OrganizationId) => existsSync(fileOf(orgId)),
    /** Deletes the columns of an organization; no connection may have them attached. */
    async remove(orgId: OrganizationId): Promise<void> {
      for (const file of [fileOf(orgId), `${fileOf(orgId)}.wal`]) await rm(file, { force: true });
    },
    /** The organizations that have a file. */
    async list(): Promise<OrganizationId[]> {
      const names = (await readdir(folder)).filter((name) => name.endsWith(ending));
      return names.map((name) => name.slice(0, -ending.length) as OrganizationId);
    },
  };
}

export type EngineFiles = Awaited<ReturnType<typeof engineFiles>>;
