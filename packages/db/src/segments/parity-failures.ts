import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Rule } from '@mini-crm/domain';

/** A rule and the clock that it is resolved with; what a failure is filed as. */
export interface ParityCase {
  readonly rule: Rule;
  readonly clock: { readonly now: number; readonly zone: string };
  /** Over whom it failed: others may give no reader a chance to differ. Absent where it tells over anybody. */
  readonly corpus?: CorpusSeed;
}

/** What random customers are made from. */
export interface CorpusSeed {
  readonly seed: number;
  readonly customers: number;
}

/** The folder beside this file: the failures of all times, replayed first. It stands in the sources, not in `dist`. */
export const failuresFolder = join(
  fileURLToPath(new URL('.', import.meta.url)).replace(/([\\/])dist([\\/])/, '$1src$2'),
  'parity-failures',
);

/** All filed failures, in the order of their names. */
export async function readFailures(folder: string): Promise<ParityCase[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.json')).sort();
  return Promise.all(files.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as ParityCase));
}

/** Files a failure under a name made of its content, so that the same one is one file. */
export async function fileFailure(folder: string, { rule, clock, corpus }: ParityCase): Promise<void> {
  const text = `${JSON.stringify({ rule, clock, corpus }, null, 2)}\n`;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${hash}.json`), text);
}
