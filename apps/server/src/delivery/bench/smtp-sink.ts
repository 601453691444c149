import { createServer, type Socket } from 'node:net';

/*
 * An SMTP server that takes everything and keeps nothing but how often each recipient got a message; run as a process of its own.
 * Prints its port; answers each line on stdin with what it counted. `delayMs` (its argument) is how late it answers, as a far server does.
 */

const delayMs = Number(process.argv[2] ?? 0);
const messages = new Map<string, number>();
let bytes = 0;
let firstAt = 0;
let lastAt = 0;

const endOfMessage = Buffer.from('\r\n.\r\n');

function serve(socket: Socket): void {
  socket.setNoDelay(true);
  let rest: Buffer = Buffer.alloc(0);
  let inMessage = false;
  let recipient = '';
  let answers = '';
  const say = (line: string) => {
    answers += `${line}\r\n`;
  };
  const flush = () => {
    if (answers === '') return;
    const out = answers;
    answers = '';
    if (delayMs > 0) setTimeout(() => socket.write(out), delayMs);
    else socket.write(out);
  };
  const command = (line: string) => {
    switch (line.slice(0, 4).toUpperCase()) {
      case 'EHLO':
        return say('250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 50000000');
      case 'RCPT':
        recipient = line.slice(line.indexOf('<') + 1, line.indexOf('>'));
        return say('250 2.1.5 ok');
      case 'DATA':
        inMessage = true;
        return say('354 go on');
      case 'QUIT':
        say('221 bye');
        flush();
        return socket.end();
      default:
        return say('250 2.0.0 ok');
    }
  };
  const take = (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const end = inMessage ? rest.indexOf(endOfMessage) : rest.indexOf('\r\n');
      if (end < 0) break;
      if (inMessage) {
        inMessage = false;
        bytes += end;
        lastAt = performance.timeOrigin + performance.now();
        firstAt ||= lastAt;
        messages.set(recipient, (messages.get(recipient) ?? 0) + 1);
        rest = rest.subarray(end + endOfMessage.length);
        say('250 2.0.0 taken');
      } else {
        command(rest.toString('latin1', 0, end));
        rest = rest.subarray(end + 2);
      }
    }
    flush();
  };
  socket.on('data', take);
  socket.on('error', () => undefined);
  socket.write('220 sink\r\n');
}

/** What the sink has counted. */
export interface SinkCounts {
  readonly recipients: number;
  readonly messages: number;
  readonly bytes: number;
  /** When the first and the last message were taken, in ms since 1970. */
  readonly firstAt: number;
  readonly lastAt: number;
}

const server = createServer(serve);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : 0}\n`);
});
process.stdin.on('data', () => {
  let sum = 0;
  for (const count of messages.values()) sum += count;
  const counts: SinkCounts = { recipients: messages.size, messages: sum, bytes, firstAt, lastAt };
  process.stdout.write(`${JSON.stringify(counts)}\n`);
});
process.stdin.on('end', () => process.exit(0));
