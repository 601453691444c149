import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { connect } from '@mini-crm/db';
import { benchMjml } from '../delivery/bench/bench-message.ts';
import { end, start, startSink, usage } from '../delivery/bench/processes.ts';
import { type Stage, sendingFigure } from '../delivery/bench/sending-figure.ts';
import { launchSending } from '../delivery/testing/sending-fixture.ts';
import { startReaders } from './bench/readers.ts';
import { trackingUrls } from './tracking-urls.ts';

// `npm run bench -- tracking [--recipients 50000] [--rate 2000] [--rounds 2] [--port 7450]`: the same campaign goes out by turns
// alone and while readers of an earlier one open and click at the API, four opens to a click. Everything shares the machine: the
// worker, mongod, the sink, the API and the readers themselves. The bar: 2,000 a second cost at most a fifth of the sending.

const { values: options } = parseArgs({
  options: {
    recipients: { type: 'string', default: '50000' },
    rate: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '2' },
    readers: { type: 'string', default: '20000' },
    port: { type: 'string', default: '7450' },
  },
});
const recipients = Number(options.recipients);
const rate = Number(options.rate);
const barLoss = 0.2;
const secret = 'a secret of this benchmark, of 32 characters or more';
const whole = (number: number) => Math.round(number).toLocaleString('en');
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

console.log(
  `tracking: ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 1024 ** 3)} GB, load ${loadavg()[0]?.toFixed(1)} before it began`,
);
const base = new URL(process.env.MONGODB_URI ?? 'mongodb://127.0.0.1:27017');
base.pathname = `/bench_tracking_${process.pid}`;
const database = await connect(base.href);
const sink = await startSink(0);
const env = {
  MONGODB_URI: base.href,
  SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
  SMTP_CONNECTIONS: '20',
  PUBLIC_URL: 'https://crm.example',
  SECRET: secret,
  LOG_LEVEL: 'warn',
  PORT: options.port,
  ENGINE_DIR: join(tmpdir(), `bench-tracking-${process.pid}`),
  RATE_LIMIT_PER_MINUTE: '1000000',
};
let holds = false;
try {
  await database.prepare();
  const mongodPid = Number((await database.driver.admin().command({ serverStatus: 1 })).pid);
  const worker = start('../../worker.ts', [], env);
  const api = start('../../api.ts', [], env);
  const quiet: string[] = [];
  const stage: Stage = { database, workers: [worker], mongodPid, sink, say: (line) => quiet.push(line) };

  const urls = trackingUrls(env.PUBLIC_URL, secret);
  const earlier = await launchSending(database, Number(options.readers), {
    mjml: benchMjml,
    domain: 'earlier.example',
  });
  await settled(earlier.runId);
  await answering();
  const paths = earlier.customerIds.map((customerId, i) => {
    const message = { orgId: earlier.orgId, runId: earlier.runId, customerId };
    return (i % 5 === 4 ? urls.clickUrl(message, i % 5) : urls.openUrl(message)).replace(env.PUBLIC_URL, '');
  });

  const alone: number[] = [];
  const beside: number[] = [];
  const reached: number[] = [];
  let answered = 0;
  for (let round = 0; round < Number(options.rounds); round++) {
    alone.push((await sendingFigure(stage, recipients)).rate);
    const before = await usage(api.pid as number);
    const readers = await startReaders(Number(options.port), paths, rate);
    const started = Date.now();
    beside.push((await sendingFigure(stage, recipients)).rate);
    const done = await readers.stop();
    const after = await usage(api.pid as number);
    const cpu = after.userSeconds + after.systemSeconds - before.userSeconds - before.systemSeconds;
    reached.push(done.perSecond);
    answered += done.answered;
    console.log(
      `  round ${round + 1}: ${whole(alone.at(-1) ?? 0)} mails/s alone, ${whole(beside.at(-1) ?? 0)} beside ${whole(done.perSecond)} reactions/s; the API took ${percent((cpu * 1000) / (Date.now() - started))} of a core, peak ${whole(after.peakMb)} MB`,
    );
  }
  const mean = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
  const loss = 1 - mean(beside) / mean(alone);
  const noted = await notedReactions();
  const complete = noted === answered;
  holds = loss <= barLoss && mean(reached) >= 0.95 * rate && complete;
  console.log(`  ${whole(noted)} of ${whole(answered)} answered reactions are in the log${complete ? '' : ': FAILS'}`);
  console.log(
    `  ${holds ? 'holds' : 'FAILS'}  ${whole(mean(reached))} reactions/s cost ${percent(Math.max(0, loss))} of the sending, bar ${whole(rate)} at ${percent(barLoss)}`,
  );
  await Promise.all([worker, api].map(end));

  async function settled(runId: string): Promise<void> {
    const projection = { settledAt: 1 };
    const runs = database.models.runs.collection;
    while (!(await runs.findOne({ _id: runId as never }, { projection }))?.settledAt) await wait(50);
  }

  async function answering(): Promise<void> {
    for (;;) {
      const response = await fetch(`http://127.0.0.1:${options.port}/api/v1/openapi.json`).catch(() => null);
      if (response?.ok) return;
      await wait(100);
    }
  }

  /** All openings and clicks that the rows of the earlier campaign count, once they stand still. */
  async function notedReactions(): Promise<number> {
    const sum = async () => {
      const { clicks, opens, clicked } = await database
        .forOrganization(earlier.orgId)
        .campaignReports.figures(earlier.campaignId);
      // Nobody here both opens and clicks, and whoever clicks has opened: that opening was not asked for.
      return clicks + opens - clicked;
    };
    for (let last = -1, now = await sum(); now !== last; ) {
      await wait(1_000);
      last = now;
      now = await sum();
    }
    return sum();
  }
} finally {
  await end(sink.child);
  await database.driver.dropDatabase();
  await database.close();
}
process.exitCode = holds ? 0 : 1;
