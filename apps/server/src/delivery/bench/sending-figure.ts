import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '@mini-crm/db';
import type { OrganizationId } from '@mini-crm/domain';
import { launchSending } from '../testing/sending-fixture.ts';
import { benchMjml } from './bench-message.ts';
import { type Sink, type Usage, usage } from './processes.ts';

/** The processes of a benchmark. */
export interface Stage {
  readonly database: Database;
  readonly workers: readonly ChildProcess[];
  readonly mongodPid: number;
  readonly sink: Sink;
  readonly say: (line: string) => void;
}

export interface SendingFigure {
  readonly rate: number;
  readonly bytesEach: number | null;
  /** Rows that say sent. */
  readonly rows: number;
  /** People who got a message, and messages; null where the sink does not say. */
  readonly arrived: { readonly people: number; readonly messages: number } | null;
  readonly workersMb: number;
}

/** Sends one campaign to so many people and says what it took of each process. `prepare` may add senders to the organization. */
export async function sendingFigure(
  { database, workers, mongodPid, sink, say }: Stage,
  recipients: number,
  prepare: (orgId: OrganizationId) => Promise<unknown> = async () => undefined,
): Promise<SendingFigure> {
  // So that every worker has what it needs in memory, and V8 has seen the code.
  const warmUp = await launchSending(database, 0, { mjml: benchMjml });
  await prepare(warmUp.orgId);
  const { orgId } = warmUp;
  await ended(await launchSending(database, 2_000, { mjml: benchMjml, orgId, domain: 'warm.example' }));
  const before = await all();
  const counted = await sink.counts();
  await database.models.customers.collection.deleteMany({ orgId });
  const sending = await launchSending(database, recipients, { mjml: benchMjml, orgId, domain: 'bench.example' });
  const launched = Date.now();
  await ended(sending);
  const seconds = (Date.now() - launched) / 1000;
  const after = await all();
  const now = await sink.counts();
  for (const [name, used] of after) say(usageLine(name, used, before.get(name), seconds, recipients));
  const arrived = now &&
    counted && { people: now.recipients - counted.recipients, messages: now.messages - counted.messages };
  const where = { runId: sending.runId, state: 'sent' as const };
  return {
    rate: recipients / seconds,
    bytesEach: arrived && now && counted ? (now.bytes - counted.bytes) / arrived.messages : null,
    rows: await database.models.deliveries.collection.countDocuments(where),
    arrived,
    workersMb: [...after].reduce((sum, [name, { peakMb }]) => (name.startsWith('worker') ? sum + peakMb : sum), 0),
  };

  async function ended({ runId }: { readonly runId: string }): Promise<void> {
    const projection = { settledAt: 1 };
    const runs = database.models.runs.collection;
    while (!(await runs.findOne({ _id: runId as never }, { projection }))?.settledAt) await wait(50);
  }

  async function all(): Promise<Map<string, Usage>> {
    const named: [string, number | undefined][] = [
      ...workers.map(({ pid }, i): [string, number | undefined] => [`worker ${i + 1}`, pid]),
      ['mongod', mongodPid],
      ['sink', sink.child.pid],
    ];
    return new Map(await Promise.all(named.map(async ([name, pid]) => [name, await usage(pid as number)] as const)));
  }
}

function usageLine(name: string, used: Usage, before: Usage | undefined, seconds: number, recipients: number): string {
  const user = used.userSeconds - (before?.userSeconds ?? 0);
  const system = used.systemSeconds - (before?.systemSeconds ?? 0);
  const share = `${(((user + system) / seconds) * 100).toFixed(0)} % of a core`;
  const micros = (time: number) => ((time / recipients) * 1e6).toFixed(0);
  const each = `${micros(user + system)} µs a mail (${micros(system)} in the kernel)`;
  return `  ${name.padEnd(9)} ${share.padStart(16)}  ${each.padStart(34)}  peak ${used.peakMb.toFixed(0)} MB`;
}
