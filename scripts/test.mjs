// `npm test`: everything that can be checked, on a machine with nothing but Node and npm. The last line counts.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './launcher/plain-error.mjs';
import { inRoot } from './launcher/root.mjs';
import { runTool } from './launcher/run-tool.mjs';
import { build, install } from './launcher/set-up.mjs';
import { checkNode } from './launcher/settings.mjs';
import { stopOnSignals } from './launcher/signals.mjs';
import { countsOf } from './launcher/test-counts.mjs';

const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const skips = [];

await run(async () => {
  checkNode();
  stopOnSignals(console.log);
  await install(console.log);
  // From here on our own TypeScript can be imported: it finds the database and the browser.
  const { register } = await import('tsx/esm/api');
  register();

  const node = (args) => ({ file: process.execPath, args });
  const tsc = inRoot('node_modules/typescript/bin/tsc');
  const typed = await step('types', node([tsc, '-b']), node([tsc, '-p', inRoot('apps/web/tsconfig.e2e.json')]));
  await step('lint', node([inRoot('node_modules/@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.']));
  const database = await missing('database', async () => {
    if (process.env.MONGODB_URI) return;
    const { findMongod } = await import('../packages/db/src/embedded/index.ts');
    await findMongod(() => undefined);
  });
  await vitest(database ? ['unit', 'db'] : ['unit']);
  if (database && (await buildForBrowser(typed)) && (await browser())) await vitest(['e2e']);
  report();
});

/** Runs commands that count as one test together. */
async function step(name, ...commands) {
  const began = Date.now();
  for (const { file, args } of commands) {
    const { code, output } = await runTool(file, args);
    if (code === 0) continue;
    total.failed++;
    failures.push(`${name}\n${output.trim()}`);
    console.log(`✗ ${name}`);
    return false;
  }
  total.passed++;
  console.log(`✓ ${name} (${seconds(began)})`);
  return true;
}

/** Whether what a part of the tests needs is there; what is missing is said, and counts as one skipped test. */
async function missing(name, look) {
  try {
    await look();
    return true;
  } catch (error) {
    skip(`${name} (${error.message.split('\n')[0]})`);
    return false;
  }
}

function browser() {
  return missing('browser', async () => {
    const { findBrowser } = await import('../apps/web/e2e/find-browser.ts');
    await findBrowser(console.log);
  });
}

async function buildForBrowser(typed) {
  const began = Date.now();
  try {
    await build(() => undefined);
    console.log(`✓ build (${seconds(began)})`);
    return true;
  } catch (error) {
    // A fault of the types was counted already, and says the same.
    if (typed) {
      total.failed++;
      failures.push(`build\n${error.message}`);
    }
    console.log('✗ build');
    skip('browser journeys (the app could not be built)');
    return false;
  }
}

async function vitest(projects) {
  const folder = await mkdtemp(join(tmpdir(), 'mini-crm-tests-'));
  const file = join(folder, 'result.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const args = ['run', ...reporters, ...projects.flatMap((name) => ['--project', name])];
  const { code } = await runTool(process.execPath, [inRoot('node_modules/vitest/vitest.mjs'), ...args], { show: true });
  const counts = countsOf(await readFile(file, 'utf8').catch(() => ''), code, projects.join(' and '));
  await rm(folder, { recursive: true, force: true });
  total.passed += counts.passed;
  total.failed += counts.failures.length;
  failures.push(...counts.failures);
  for (const name of counts.skipped) skip(name);
}

function skip(name) {
  total.skipped++;
  skips.push(name);
}

function report() {
  for (const failure of failures) console.log(`\nFAILED: ${failure}`);
  console.log('');
  for (const name of skips) console.log(`skipped: ${name}`);
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

function seconds(began) {
  return `${((Date.now() - began) / 1000).toFixed(1)} s`;
}
