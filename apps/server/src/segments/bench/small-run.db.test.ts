import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { testMongoUri } from '@mini-crm/db/testing';
import { expect, test } from 'vitest';

const bench = fileURLToPath(new URL('../segments.bench.ts', import.meta.url));

test('the benchmark of segments runs, and all its readers count the same people', { timeout: 300_000 }, async () => {
  const node = ['--expose-gc', '--conditions=source', '--import', 'tsx', bench, '--small'];
  const { stdout } = await promisify(execFile)(process.execPath, node, {
    env: { ...process.env, MONGODB_URI: testMongoUri() },
  });
  expect(stdout).not.toContain('FAILS');
  expect(stdout.match(/people, as in MongoDB/g)).toHaveLength(9);
  expect(stdout.match(/people, as by hand/g)).toHaveLength(9);
  expect(stdout.trimEnd()).toMatch(/segments: (\d+) of \1 bars hold$/);
});
