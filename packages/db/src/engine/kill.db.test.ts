import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { OrganizationId } from '@mini-crm/domain';
import { awkwardCustomers, awkwardRules } from '@mini-crm/domain/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type EngineTrial, engineTrial, peopleOf } from './testing/engine-trial.ts';
import { streamWrites } from './testing/stream-writes.ts';

const facts = awkwardCustomers(600, 17);
const rules = awkwardRules(20, 4);
let trial: EngineTrial;
const children = new Set<ChildProcess>();
beforeAll(async () => {
  trial = await engineTrial();
});
afterEach(async () => {
  for (const child of children) await kill(child);
});
afterAll(() => trial.close());

/** An engine in a process of its own; `said` resolves when it says a word. */
function startChild(orgId: OrganizationId) {
  const file = fileURLToPath(new URL('./testing/engine-child.ts', import.meta.url));
  const args = ['--conditions=source', '--import', 'tsx', file, trial.own.uri, trial.own.name, trial.folder, orgId];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.add(child);
  const words = new Set<string>();
  const waiting = new Map<string, () => void>();
  createInterface({ input: child.stdout }).on('line', (word) => {
    words.add(word);
    waiting.get(word)?.();
  });
  const said = (word: string) =>
    new Promise<void>((resolve) => {
      if (words.has(word)) resolve();
      else waiting.set(word, resolve);
    });
  return { child, said };
}

async function kill(child: ChildProcess): Promise<void> {
  children.delete(child);
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** What the next process finds: columns that answer each rule as MongoDB does. */
async function nextIsRight(orgId: OrganizationId): Promise<void> {
  const engine = trial.start();
  await trial.ready(engine, orgId);
  expect(await trial.differences(engine, orgId, rules)).toEqual([]);
  await trial.stop(engine);
}

test('a process that is killed while it loads leaves nothing that the next one believes', async () => {
  const orgId = await trial.organization(facts);
  const { child, said } = startChild(orgId);
  await said('half');
  await kill(child);
  await nextIsRight(orgId);
}, 180_000);

test('a process that is killed while it follows writes leaves columns that go on where they were', async () => {
  const orgId = await trial.organization(facts.slice(0, 200));
  const writes = streamWrites(trial.database, orgId, peopleOf(orgId, facts.slice(200)), 23);
  for (let round = 0; round < 3; round++) {
    const { child, said } = startChild(orgId);
    await said('ready');
    const writing = writes.round(8);
    // In the middle of the writes, wherever that is.
    await writes.reached(round * 20 + 10);
    await kill(child);
    await writing;
    await nextIsRight(orgId);
  }
}, 300_000);

test('a process that is killed under an import leaves columns that the next one brings up', async () => {
  const orgId = await trial.organization(facts.slice(0, 50));
  const { child, said } = startChild(orgId);
  await said('ready');
  const writes = streamWrites(trial.database, orgId, peopleOf(orgId, facts.slice(50)), 29);
  const importing = writes.importAll();
  await writes.reached(3);
  await kill(child);
  await importing;
  await nextIsRight(orgId);
}, 180_000);
