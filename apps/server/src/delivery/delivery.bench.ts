import { cpus, totalmem } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { connect } from '@mini-crm/db';
import { benchMjml } from './bench/bench-message.ts';
import { end, start, startSink, type Usage, usage } from './bench/processes.ts';
import { launchSending } from './testing/sending-fixture.ts';

// `npm run bench -- delivery [--recipients 100000] [--workers 2] [--delay 0]`: a campaign with 5 KB of HTML, three personal
// fields, five tracked links, a pixel and unsubscribe headers goes through real worker processes to an SMTP server of our
// own that counts; every recipient gets a row. The bar is 1.5 times what the fastest measured peer does on two cores.

const { values: options } = parseArgs({
  options: {
    recipients: { type: 'string', default: '100000' },
    workers: { type: 'string', default: '1' },
    delay: { type: 'string', default: '0' },
  },
});
const recipients = Number(options.recipients);
const barRate = 10_000;
const barMb = 500;

const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.versions.node}`;
console.log(`delivery: ${machine}; workers, mongod and the sink share them`);

const base = new URL(process.env.MONGODB_URI ?? 'mongodb://127.0.0.1:27017');
base.pathname = `/bench_delivery_${process.pid}`;
const database = await connect(base.href);
const sink = await startSink(Number(options.delay));
const held: boolean[] = [];
const bar = (text: string, holds: boolean) => {
  held.push(holds);
  console.log(`  ${holds ? 'holds' : 'FAILS'}  ${text}`);
};
try {
  await database.prepare();
  const env = {
    MONGODB_URI: base.href,
    SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
    PUBLIC_URL: 'https://crm.example',
    LOG_LEVEL: 'warn',
  };
  const mongodPid = Number((await database.driver.admin().command({ serverStatus: 1 })).pid);
  const workers = Array.from({ length: Number(options.workers) }, () => start('../../worker.ts', [], env));
  const warmUp = await launchSending(database, 200, { mjml: benchMjml });
  await settled(warmUp.runId);
  const before = await all();
  const counted = await sink.counts();
  const started = Date.now();
  const sending = await launchSending(database, recipients, { mjml: benchMjml, domain: 'bench.example' });
  const launched = Date.now();
  await settled(sending.runId);
  const ended = Date.now();
  const after = await all();
  const { messages, recipients: reached, bytes, lastAt } = await sink.counts();
  const seconds = (Math.max(lastAt, ended) - launched) / 1000;
  const rate = recipients / seconds;
  console.log(`  ${recipients.toLocaleString('en')} people made in ${((launched - started) / 1000).toFixed(1)} s`);
  console.log(`  ${Math.round((bytes - counted.bytes) / (messages - counted.messages))} bytes a message`);
  for (const [name, used] of after) say(name, used, before.get(name), seconds);
  bar(
    `${Math.round(rate).toLocaleString('en')} mails/s from the launch to the last row, bar ${barRate.toLocaleString('en')}`,
    rate >= barRate,
  );
  const peak = [...after]
    .filter(([name]) => name.startsWith('worker'))
    .reduce((sum, [, { peakMb }]) => sum + peakMb, 0);
  bar(`memory without mongod: ${Math.round(peak)} MB, bar ${barMb} MB`, peak <= barMb);
  const rows = await database.models.deliveries.collection.countDocuments({ runId: sending.runId, state: 'sent' });
  const exact =
    rows === recipients && messages - counted.messages === recipients && reached - counted.recipients === recipients;
  bar(
    `${rows.toLocaleString('en')} rows say sent, ${(reached - counted.recipients).toLocaleString('en')} people got one message each`,
    exact,
  );
  await Promise.all(workers.map(end));

  async function settled(runId: string): Promise<void> {
    for (;;) {
      const run = await database.models.runs.collection.findOne(
        { _id: runId as never },
        { projection: { settledAt: 1 } },
      );
      if (run?.settledAt) return;
      await wait(50);
    }
  }

  async function all(): Promise<Map<string, Usage>> {
    const named: [string, number | undefined][] = [
      ...workers.map(({ pid }, i): [string, number | undefined] => [`worker ${i + 1}`, pid]),
      ['mongod', mongodPid],
      ['sink', sink.child.pid],
    ];
    return new Map(await Promise.all(named.map(async ([name, pid]) => [name, await usage(pid as number)] as const)));
  }
} finally {
  await end(sink.child);
  await database.driver.dropDatabase();
  await database.close();
}

function say(name: string, { cpuSeconds, peakMb }: Usage, before: Usage | undefined, seconds: number): void {
  const used = cpuSeconds - (before?.cpuSeconds ?? 0);
  const share = `${((used / seconds) * 100).toFixed(0)} % of a core`;
  const each = `${((used / recipients) * 1e6).toFixed(0)} µs a mail`;
  console.log(`  ${name.padEnd(9)} ${share.padStart(16)}  ${each.padStart(14)}  peak ${peakMb.toFixed(0)} MB`);
}

console.log(`delivery: ${held.filter(Boolean).length} of ${held.length} bars hold`);
process.exitCode = held.every(Boolean) ? 0 : 1;
