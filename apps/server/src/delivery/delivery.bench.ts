import { generateKeyPairSync } from 'node:crypto';
import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { connect, type SenderDocument } from '@mini-crm/db';
import type { DkimAlgorithm, OrganizationId } from '@mini-crm/domain';
import { secretBox } from '../senders/secret-box.ts';
import { secretContext } from '../senders/secret-context.ts';
import { launchFigure } from './bench/launch-figure.ts';
import { end, start, startPostfixSink, startSink } from './bench/processes.ts';
import { type SendingFigure, type Stage, sendingFigure } from './bench/sending-figure.ts';
import { sinkCeiling } from './bench/sink-ceiling.ts';
import { addSender, smtpWay } from './testing/sender-fixture.ts';

// `npm run bench -- delivery [--recipients 100000] [--workers 1] [--only plain,ed25519,rsa,far] [--launch 1000000]`: a campaign
// with 5 KB of HTML, three personal fields, five tracked links, a pixel and unsubscribe headers goes through real worker
// processes to Postfix's smtp-sink, or else to an SMTP server of our own that counts; every recipient gets a row. Beside it, to a fifth of the people: signed with
// DKIM, and over a line of 20 ms. The bar is 1.5 times what the fastest measured peer does on two cores.

const { values: options } = parseArgs({
  options: {
    recipients: { type: 'string', default: '100000' },
    workers: { type: 'string', default: String(Math.ceil(cpus().length / 2)) },
    only: { type: 'string', default: 'plain,ed25519,rsa,far' },
    launch: { type: 'string', default: '0' },
  },
});
const recipients = Number(options.recipients);
const fewer = Math.ceil(recipients / 5);
const people = Number(options.launch);
const barRate = 10_000;
const barMb = 500;
const barLaunch = 60;
const farMs = 20;
const secret = 'a secret of this benchmark, of 32 characters or more';

const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.versions.node}`;
console.log(`delivery: ${machine}, ${options.workers} worker(s); workers, mongod and the sink share the machine`);
console.log(`  load of the last minute before it began: ${loadavg()[0]?.toFixed(1)}`);

const base = new URL(process.env.MONGODB_URI ?? 'mongodb://127.0.0.1:27017');
base.pathname = `/bench_delivery_${process.pid}`;
const database = await connect(base.href);
const mongodPid = Number((await database.driver.admin().command({ serverStatus: 1 })).pid);
const env = {
  MONGODB_URI: base.href,
  PUBLIC_URL: 'https://crm.example',
  SECRET: secret,
  ALLOW_PRIVATE_SENDERS: 'true',
  WORKERS: options.workers,
  LOG_LEVEL: 'warn',
};
const held: boolean[] = [];
const bar = (text: string, holds: boolean) => {
  held.push(holds);
  console.log(`  ${holds ? 'holds' : 'FAILS'}  ${text}`);
};

const figures: Record<string, () => Promise<void>> = {
  plain: () =>
    on(0, 20, async (stage) => {
      const ceiling = (await stage.sink.counts()) ? whole(await sinkCeiling(stage.sink.port, 9_000)) : null;
      console.log(ceiling ? `  our own sink, which takes at most ${ceiling} messages/s` : "  Postfix's smtp-sink");
      const figure = await sendingFigure(stage, recipients);
      if (figure.bytesEach) console.log(`  ${whole(figure.bytesEach)} bytes a message`);
      bar(`${rateOf(figure)} from the launch to the last row, bar ${whole(barRate)}`, figure.rate >= barRate);
      bar(`memory without mongod: ${whole(figure.workersMb)} MB, bar ${barMb} MB`, figure.workersMb <= barMb);
      exact(figure, recipients);
    }),
  ed25519: () => signed('ed25519'),
  rsa: () => signed('rsa'),
  far: () =>
    on(farMs, 200, async (stage) => {
      const figure = await sendingFigure(stage, fewer);
      console.log(`  ${rateOf(figure)} to a server that answers after ${farMs} ms, over 200 connections`);
      exact(figure, fewer);
    }),
};

try {
  await database.prepare();
  for (const name of options.only.split(',')) {
    console.log(`${name}:`);
    await figures[name]?.();
  }
  if (people > 0) {
    console.log('launch:');
    const { madeSeconds, seconds, peakMb, complete } = await launchFigure(database, people, env);
    console.log(`  ${whole(people)} people made in ${madeSeconds.toFixed(0)} s`);
    const text = `${whole(people)} people in pages in ${seconds.toFixed(1)} s, bar ${barLaunch} s; worker's peak ${whole(peakMb)} MB`;
    bar(text, complete && seconds <= barLaunch);
  }
} finally {
  await database.driver.dropDatabase();
  await database.close();
}
console.log(`delivery: ${held.filter(Boolean).length} of ${held.length} bars hold`);
process.exitCode = held.every(Boolean) ? 0 : 1;

/** Does something with a sink and workers of its own. */
async function on(delayMs: number, connections: number, work: (stage: Stage) => Promise<void>): Promise<void> {
  // It can only be late by whole seconds.
  const sink = (delayMs === 0 ? await startPostfixSink() : null) ?? (await startSink(delayMs));
  const settings = { ...env, SMTP_URL: `smtp://127.0.0.1:${sink.port}`, SMTP_CONNECTIONS: String(connections) };
  const workers = Array.from({ length: Number(options.workers) }, () => start('../../worker.ts', [], settings));
  try {
    await work({ database, workers, mongodPid, sink, say: console.log });
  } finally {
    await Promise.all([...workers, sink.child].map(end));
  }
}

function signed(algorithm: DkimAlgorithm): Promise<void> {
  return on(0, 20, async (stage) => {
    const figure = await sendingFigure(stage, fewer, (orgId) => addSigner(orgId, stage.sink.port, algorithm));
    const name = algorithm === 'rsa' ? 'RSA of 2048 bits' : 'Ed25519';
    console.log(`  ${rateOf(figure)} signed with DKIM, ${name}`);
    exact(figure, fewer);
  });
}

async function addSigner(orgId: OrganizationId, port: number, algorithm: DkimAlgorithm): Promise<void> {
  const { privateKey } =
    algorithm === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const way = (id: Pick<SenderDocument, '_id' | 'orgId'>): SenderDocument['way'] => {
    const key = secretBox(secret).seal(secretContext(id, 'dkim'), pem);
    const dkim = { domain: 'example.com', selector: 'bench', algorithm, privateKey: key, publicKey: '' };
    return { ...smtpWay({ port })(id), dkim } as SenderDocument['way'];
  };
  await addSender(database, orgId, way);
}

function exact({ rows, arrived }: SendingFigure, expected: number): void {
  const all = !arrived || (arrived.people === expected && arrived.messages === expected);
  const said = arrived ? `; ${whole(arrived.people)} people got ${whole(arrived.messages)} messages` : '';
  bar(`${whole(rows)} rows say sent${said}`, rows === expected && all);
}

function rateOf({ rate }: SendingFigure): string {
  return `${whole(rate)} mails/s`;
}

function whole(number: number): string {
  return Math.round(number).toLocaleString('en');
}
