import { type ChildProcess, fork } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ProcessFigures } from './watch-process.ts';

/** The real API in a process of its own, and a browser's session with it. */
export interface BenchApi {
  /** Calls a procedure; throws where it refuses. */
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape
  call(path: string, input?: object): Promise<any>;
  /** Takes a file piece by piece, for as long as `more` says so; then it goes away. */
  download(path: string, more: (piece: Uint8Array) => Promise<boolean>): Promise<void>;
  figures(): Promise<ProcessFigures>;
  stop(): Promise<void>;
}

const entrance = fileURLToPath(new URL('../../api.ts', import.meta.url));
const watch = new URL('./watch-process.ts', import.meta.url).href;
const queries = new Set(['accounts.me', 'messages.list', 'messages.count']);

/** Starts the API and waits until it answers. `session` keeps the cookie between two starts. */
export async function startApi(env: Record<string, string>, session: { cookie: string }): Promise<BenchApi> {
  const port = await freePort();
  const child = fork(entrance, {
    execArgv: [...process.execArgv, '--import', watch],
    env: {
      ...process.env,
      ...env,
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      LOG_LEVEL: 'warn',
      RATE_LIMIT_PER_MINUTE: '1000000',
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const origin = `http://127.0.0.1:${port}`;
  await untilReady(child, origin);

  return {
    async call(path, input = {}) {
      const isQuery = queries.has(path);
      const url = `${origin}/api/trpc/${path}${isQuery ? `?input=${encodeURIComponent(JSON.stringify(input))}` : ''}`;
      const response = await fetch(url, {
        method: isQuery ? 'GET' : 'POST',
        headers: { 'content-type': 'application/json', origin, cookie: session.cookie },
        ...(isQuery ? {} : { body: JSON.stringify(input) }),
      });
      const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
      if (cookie) session.cookie = cookie;
      const body = (await response.json()) as { result: { data: unknown } };
      if (!response.ok) throw new Error(`${path}: ${JSON.stringify(body)}`);
      return body.result.data;
    },
    async download(path, more) {
      const response = await fetch(`${origin}${path}`, { headers: { cookie: session.cookie } });
      if (!response.ok || !response.body) throw new Error(`${path}: ${response.status}`);
      for await (const piece of response.body) if (!(await more(piece))) break;
    },
    figures: () =>
      new Promise((resolve) => {
        child.once('message', (figures: ProcessFigures) => resolve(figures));
        child.send('figures');
      }),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

async function untilReady(child: ChildProcess, origin: string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The API ended with ${child.exitCode}.`);
    const answer = await fetch(`${origin}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await wait(20);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
