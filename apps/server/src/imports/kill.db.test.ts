import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { importer } from './testing/importer.ts';

let app: TestApp;
const workers = new Set<ChildProcess>();
beforeAll(async () => {
  app = await testApp();
});
afterEach(async () => {
  for (const worker of workers) await kill(worker);
});
afterAll(() => app.close());

/** The worker as it runs in production, in a process of its own. */
function startWorker(): ChildProcess {
  const [address = '', query = ''] = app.database.uri.split('?');
  const uri = `${address.replace(/\/$/, '')}/${app.database.name}?${query}`;
  const file = fileURLToPath(new URL('../worker.ts', import.meta.url));
  const worker = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', file], {
    env: { ...process.env, MONGODB_URI: uri, LEASE_MS: '1500', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  workers.add(worker);
  return worker;
}

async function kill(worker: ChildProcess): Promise<void> {
  workers.delete(worker);
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  worker.kill('SIGKILL');
  await once(worker, 'exit');
}

test('a worker that is killed in the middle leaves an import that the next one finishes: nothing doubled, the counts right', async () => {
  const org = importer(app, await app.owner());
  const people = 5000;
  const customers = Array.from({ length: people }, (_, n) => `${n},p${n}@example.com,${n % 7}`);
  // Every hundredth row is refused, so that refused rows are counted once, too.
  const bad = customers.map((line, n) => (n % 100 === 50 ? line.replace('@', ' ') : line));
  const id = await org.start('people.csv', Buffer.from(`customer_id,email,points\n${bad.join('\n')}\n`));
  const job = await killedUntilDone(org, id);
  const refused = people / 100;
  expect(job).toMatchObject({
    state: 'done',
    counts: { rows: people, created: people - refused, updated: 0, unchanged: 0, refused },
  });
  expect(await app.database.db.collection('customers').countDocuments({ orgId: org.orgId })).toBe(people - refused);
  expect((await org.refusedFile(id)).trim().split('\r\n')).toHaveLength(refused + 1);

  // Orders without an id: the hardest to keep from doubling.
  const orders = Array.from({ length: 9000 }, (_, n) => `${(n * 7) % 40},2026-01-05,1.00`);
  const ordersId = await org.start('orders.csv', Buffer.from(`customer_id,date,amount\n${orders.join('\n')}\n`), {
    kind: 'orders',
  });
  const bought = await killedUntilDone(org, ordersId);
  expect(bought).toMatchObject({ state: 'done', counts: { rows: 9000, created: 9000, unchanged: 0, refused: 0 } });
  expect(await app.database.db.collection('events').countDocuments({ orgId: org.orgId })).toBe(9000);
  const sums = await app.database.db
    .collection('customers')
    .aggregate([
      { $match: { orgId: org.orgId } },
      { $group: { _id: null, orders: { $sum: '$rollups.orderCount' }, revenue: { $sum: '$rollups.revenue' } } },
    ])
    .toArray();
  expect(sums[0]).toMatchObject({ orders: 9000, revenue: 900_000 });
}, 180_000);

/** Kills a worker in the middle; the next one may finish. */
async function killedUntilDone(
  org: ReturnType<typeof importer>,
  id: Parameters<ReturnType<typeof importer>['finished']>[0],
) {
  const worker = startWorker();
  const batches = app.database.db.collection('import_batches');
  while ((await batches.countDocuments({ importId: id as never })) === 0) {
    if (worker.exitCode !== null) throw new Error('The worker ended by itself.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await kill(worker);
  const { data } = await org.call('imports.get', { orgId: org.orgId, importId: id });
  expect(data.state).toBe('running');
  const last = startWorker();
  const job = await org.finished(id);
  await kill(last);
  return job;
}
