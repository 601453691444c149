import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '@mini-crm/db/embedded';
import type { SinkCounts } from './smtp-sink.ts';

/** A process of the benchmark, started from source. */
export function start(file: string, args: string[], env: Record<string, string>): ChildProcess {
  const path = fileURLToPath(new URL(file, import.meta.url));
  return spawn(process.execPath, [...process.execArgv, path, ...args], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}

/** Takes every message, and counts. */
export interface Sink {
  readonly child: ChildProcess;
  readonly port: number;
  /** Null where it does not say whom it got messages for. */
  counts(): Promise<SinkCounts | null>;
}

/** Postfix's own sink; null where it is not installed or does not start. */
export async function startPostfixSink(): Promise<Sink | null> {
  const port = await freePort(0);
  const child = spawn('smtp-sink', [`127.0.0.1:${port}`, '1000'], { stdio: 'ignore' });
  let gone = false;
  const fails = () => {
    gone = true;
  };
  child.once('error', fails);
  child.once('exit', fails);
  while (!gone) {
    if (await answers(port)) return { child, port, counts: async () => null };
    await wait(50);
  }
  return null;
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });

/** The sink as a process: its port, and what it has counted. */
export async function startSink(delayMs: number): Promise<Sink> {
  const child = start('./smtp-sink.ts', [String(delayMs)], {});
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  const next = async () => String((await lines.next()).value);
  const port = Number(await next());
  return {
    child,
    port,
    async counts() {
      child.stdin?.write('counts\n');
      return JSON.parse(await next());
    },
  };
}

export interface Usage {
  readonly userSeconds: number;
  readonly systemSeconds: number;
  readonly peakMb: number;
}

const ticksPerSecond = 100;

/** Processor time and peak memory of a process so far, from Linux's own books. */
export async function usage(pid: number): Promise<Usage> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return {
    userSeconds: Number(fields[11]) / ticksPerSecond,
    systemSeconds: Number(fields[12]) / ticksPerSecond,
    peakMb: Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024,
  };
}
