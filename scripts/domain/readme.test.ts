import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inRoot } from '../launcher/root.mjs';

// The README of the domain package is one script in parts: it is checked by the compiler, run from source, and what it prints is
// what the page says.

const run = promisify(execFile);
const mark = '--- next part ---';

interface Part {
  readonly heading: string;
  readonly code: string;
  /** What it prints; null where the page says nothing. */
  readonly prints: string | null;
}

/** The blocks of TypeScript of a page, each with the block of text that may follow it. */
function partsOf(page: string): Part[] {
  const parts: Part[] = [];
  let heading = '';
  for (const [, title, language, block = ''] of page.matchAll(/^## ([^\n]+)$|^```(\w+)\n(.*?)^```$/gms)) {
    if (title) heading = title;
    else if (language === 'ts') parts.push({ heading, code: block, prints: null });
    else if (language === 'text') parts.push({ ...(parts.pop() as Part), prints: block.trim() });
  }
  return parts;
}

const page = await readFile(inRoot('packages/domain/README.md'), 'utf8');
const parts = partsOf(page);
let folder: string;
let script: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mini-crm-readme-'));
  script = join(folder, 'script.mts');
  const text = parts.map(({ code }) => `${code}\nconsole.log(${JSON.stringify(mark)});`).join('\n');
  const entrance = pathToFileURL(inRoot('packages/domain/src/index.ts')).href;
  await writeFile(script, text.replaceAll("'@mini-crm/domain'", `'${entrance}'`));
  // The compiler reads no file: addresses.
  await writeFile(
    join(folder, 'typed.mts'),
    `declare const console: { log(...parts: unknown[]): void };\n${text.replaceAll("'@mini-crm/domain'", `'${inRoot('packages/domain/src/index.ts')}'`)}`,
  );
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('each part prints what the page says', async () => {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', script], { cwd: inRoot() });
  const printed = stdout.split(`${mark}\n`).map((text) => text.trim());
  const said = parts.map(({ heading, prints }, i) => ({ heading, prints: prints ?? '', actual: printed[i] }));
  expect(parts.length).toBeGreaterThan(6);
  for (const { heading, prints, actual } of said) expect({ heading, prints: actual }).toEqual({ heading, prints });
}, 60_000);

test('the script has no type errors', async () => {
  const options = ['--noEmit', '--strict', '--target', 'ES2023', '--lib', 'ES2023', '--module', 'NodeNext'];
  const more = ['--allowImportingTsExtensions', '--skipLibCheck', '--types', ''];
  const tsc = inRoot('node_modules/typescript/bin/tsc');
  const found = await run(process.execPath, [tsc, ...options, ...more, join(folder, 'typed.mts')], {
    cwd: folder,
  }).catch((error: { stdout: string }) => error);
  expect(found.stdout).toBe('');
}, 60_000);
