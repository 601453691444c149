import { createConnection, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** Readers of a mailing: asks for the paths one after the other over and over, so many a second, until it is stopped. */
export interface Readers {
  /** Ends when all that was asked is answered, and says how many that were. */
  stop(): Promise<{ readonly asked: number; readonly answered: number; readonly perSecond: number }>;
}

const connections = 16;
const tickMs = 10;

/** Writes requests that were made before to open connections, and counts the answers by their first line: next to no work. */
export async function startReaders(port: number, paths: readonly string[], perSecond: number): Promise<Readers> {
  const requests = paths.map((path) =>
    Buffer.from(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nuser-agent: Mail/1\r\n\r\n`),
  );
  let asked = 0;
  let answered = 0;
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  for (const socket of sockets) {
    socket.on('data', (chunk: Buffer) => {
      const text = chunk.toString('latin1');
      for (let at = text.indexOf('HTTP/1.1 '); at >= 0; at = text.indexOf('HTTP/1.1 ', at + 9)) answered++;
    });
  }
  const started = performance.now();
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - started) / 1000) * perSecond);
    // What is not answered holds the rest back: an API that can't follow is seen in the rate.
    for (; asked < due && asked - answered < 2_000; asked++) {
      sockets[asked % connections]?.write(requests[asked % requests.length] as Buffer);
    }
  }, tickMs);
  return {
    async stop() {
      clearInterval(timer);
      const seconds = (performance.now() - started) / 1000;
      for (let tries = 0; answered < asked && tries < 1_000; tries++) await wait(10);
      for (const socket of sockets) socket.destroy();
      return { asked, answered, perSecond: asked / seconds };
    },
  };
}

async function open(port: number): Promise<Socket> {
  const socket = createConnection({ port, host: '127.0.0.1', noDelay: true });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  return socket;
}
