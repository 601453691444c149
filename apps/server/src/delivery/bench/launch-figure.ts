import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '@mini-crm/db';
import { launchSending } from '../testing/sending-fixture.ts';
import { end, start, usage } from './processes.ts';

/** Seconds in which a worker writes the audience of so many people in pages, and its peak memory; nothing goes out meanwhile. */
export async function launchFigure(database: Database, people: number, env: Record<string, string>) {
  const { customers } = database.models;
  const began = Date.now();
  await customers.collection.dropIndexes();
  const { runId } = await launchSending(database, people);
  await customers.createIndexes();
  const madeSeconds = (Date.now() - began) / 1000;
  // A mail server that is away: only the audience is written.
  const worker = start('../../worker.ts', [], { ...env, SMTP_URL: 'smtp://127.0.0.1:1' });
  const run = () => database.models.runs.collection.findOne({ _id: runId as never });
  while (!(await run())?.builder) await wait(20);
  const launched = Date.now();
  while (!(await run())?.builtAt) await wait(20);
  const seconds = (Date.now() - launched) / 1000;
  const { peakMb } = await usage(worker.pid as number);
  const sizes = { $group: { _id: null, people: { $sum: { $size: '$customerIds' } } } };
  const [written] = await database.models.pages.collection.aggregate([{ $match: { runId } }, sizes]).toArray();
  await end(worker);
  return { madeSeconds, seconds, peakMb, complete: written?.people === people };
}
