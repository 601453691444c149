import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { testMongoUri } from '@mini-crm/db/testing';
import { expect, test } from 'vitest';

const bench = fileURLToPath(new URL('../log.bench.ts', import.meta.url));

test('the benchmark of the log runs: every combination is served, and the file has every row', {
  timeout: 300_000,
}, async () => {
  const node = ['--conditions=source', '--import', 'tsx', bench, '--small'];
  const { stdout } = await promisify(execFile)(process.execPath, node, {
    env: { ...process.env, MONGODB_URI: testMongoUri() },
  });
  expect(stdout).not.toContain('FAILS');
  expect(stdout.match(/first page of/g)).toHaveLength(25);
  expect(stdout.trimEnd()).toMatch(/log: (\d+) of \1 bars hold$/);
});
