import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dataOwner, lockData } from './data-lock.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'mini-crm-lock-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

test('a second start on the same folder is told who holds it', async () => {
  const first = await lockData(dataDir);
  expect(first).toHaveProperty('lock');
  if ('lock' in first) await first.lock.announce('mongodb://somewhere');
  expect(await lockData(dataDir)).toMatchObject({ owner: { pid: process.pid, uri: 'mongodb://somewhere' } });
});

test('a released folder has no owner', async () => {
  const first = await lockData(dataDir);
  if ('lock' in first) await first.lock.release();
  expect(await dataOwner(dataDir)).toBeUndefined();
});

test('a lock left by a killed process, or whose id another program has now, is taken over', async () => {
  await writeFile(join(dataDir, 'owner.json'), JSON.stringify({ pid: process.ppid, command: 'something else' }));
  expect(await dataOwner(dataDir)).toBeUndefined();
  expect(await lockData(dataDir)).toHaveProperty('lock');
});

test('a damaged lock is taken over', async () => {
  await writeFile(join(dataDir, 'owner.json'), '{"pid":');
  expect(await lockData(dataDir)).toHaveProperty('lock');
});
