import { createServer, type Socket } from 'node:net';

/** What the server does to a recipient's message instead of taking it. */
export type Crook =
  | 'drop at RCPT'
  | 'drop in the message'
  | 'take and drop before the answer'
  | 'hang before the answer'
  | 'drop the idle connection'
  | 'answer HTML'
  | 'refuse, then ask for the message';

export interface CrookedSmtp {
  readonly url: string;
  readonly port: number;
  /** Recipients whose message was taken whole, whether or not they were told. */
  readonly taken: readonly string[];
  connections(): number;
  stop(): Promise<void>;
}

/** An SMTP server that breaks off where it is told to: what no well-behaved library does. */
export async function startCrookedSmtp(
  crook: (recipient: string) => Crook | null,
  { pipelining = false } = {},
): Promise<CrookedSmtp> {
  const taken: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let recipient = '';
    let body: string | null = null;
    let rest = '';
    let hangs = false;
    const say = (line: string) => socket.write(`${line}\r\n`);
    say('220 crooked');

    const command = (line: string) => {
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO' && pipelining) return say('250-crooked\r\n250 PIPELINING');
      if (verb === 'EHLO' || verb === 'HELO') return say('250 crooked');
      if (verb === 'MAIL' || verb === 'RSET' || verb === 'NOOP') return say('250 ok');
      if (verb === 'RCPT') {
        recipient = /<(.*)>/.exec(line)?.[1] ?? '';
        const how = crook(recipient);
        if (how === 'drop at RCPT') return socket.destroy();
        if (how === 'answer HTML') return say('<html><body>502 Bad Gateway</body></html>');
        if (how === 'refuse, then ask for the message') return say('550 5.1.1 nobody of this name');
        return say('250 ok');
      }
      if (verb === 'DATA') {
        body = '';
        return say('354 go on');
      }
      if (verb === 'QUIT') {
        say('221 bye');
        return socket.end();
      }
      return say('500 what?');
    };

    const message = () => {
      const how = crook(recipient);
      if (how === 'refuse, then ask for the message') return say('554 5.5.1 no valid recipients');
      if (how === 'drop in the message') return socket.destroy();
      taken.push(recipient);
      if (how === 'take and drop before the answer') return socket.destroy();
      if (how === 'hang before the answer') {
        hangs = true;
        return;
      }
      say('250 taken');
      if (how === 'drop the idle connection') setTimeout(() => socket.destroy(), 20);
    };

    socket.setEncoding('latin1');
    socket.on('data', (chunk) => {
      rest += chunk;
      for (;;) {
        const end = rest.indexOf('\r\n');
        if (end < 0 || hangs) return;
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (body === null) command(line);
        else if (line === '.') {
          body = null;
          message();
        } else body += line;
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    taken,
    connections: () => connections,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
