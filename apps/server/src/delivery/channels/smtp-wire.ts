import type { Socket } from 'node:net';

/** A reply of the server: its code, and its lines without codes. */
export interface Reply {
  readonly code: number;
  readonly lines: readonly string[];
}

/** The whole reply as one line, as a person would quote it. */
export const wordsOf = ({ code, lines }: Reply): string => `${code} ${lines.join(' ')}`.trim();

/** The connection is gone, or speaks no SMTP; no more replies will come. */
export class WireLost extends Error {}

/** Replies of a connection in the order of the commands that were written, whoever waits for them. */
export interface SmtpWire {
  /** Writes a text, a character a byte, when this turn of the event loop ends: what it wrote leaves as one packet. */
  write(text: string): void;
  /** The next reply that nobody waits for yet. Throws {@link WireLost}. */
  reply(): Promise<Reply>;
  readonly alive: () => boolean;
  /** Gives the socket back without closing it, for TLS over it. */
  detach(): Socket;
  destroy(reason: string): void;
}

interface Waiting {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: WireLost) => void;
}

// RFC 5321 4.5.3.1.5 allows 512 octets a reply line; real servers say more, but not this much.
const longestReply = 64 * 1024;

/** Speaks over a connected socket; a server that is silent for `silenceMs` while somebody waits for it is lost. */
export function smtpWire(socket: Socket, silenceMs: number): SmtpWire {
  const waiting: Waiting[] = [];
  const early: Reply[] = [];
  let lost: WireLost | null = null;
  let rest = '';
  let lines: string[] = [];
  let unwritten = '';

  const lose = (reason: string) => {
    if (lost) return;
    lost = new WireLost(reason);
    socket.destroy();
    for (const { reject } of waiting.splice(0)) reject(lost);
  };

  const take = (line: string) => {
    const match = /^(\d{3})(?:([ -])(.*))?$/.exec(line);
    if (!match) return lose(`not an SMTP reply: ${line.slice(0, 200)}`);
    lines.push(match[3] ?? '');
    if (match[2] === '-') return;
    const reply = { code: Number(match[1]), lines };
    lines = [];
    const next = waiting.shift();
    if (next) next.resolve(reply);
    else early.push(reply);
  };

  const onData = (chunk: string) => {
    rest += chunk;
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 1);
      take(line.endsWith('\r') ? line.slice(0, -1) : line);
    }
    if (rest.length + lines.length * 1000 > longestReply) lose('the reply has no end');
  };
  const flush = () => {
    const text = unwritten;
    unwritten = '';
    if (!lost && text !== '') socket.write(text, 'latin1');
  };
  const onError = (error: Error) => lose(error.message);
  const onEnd = () => lose('the server closed the connection');
  const onTimeout = () => {
    if (waiting.length > 0) lose('the server did not answer in time');
  };

  socket.setEncoding('utf8');
  socket.setNoDelay(true);
  // Counted from the last byte in either direction, and so from the command that somebody waits for the answer of.
  socket.setTimeout(silenceMs);
  socket.on('data', onData);
  socket.on('error', onError);
  socket.on('end', onEnd);
  socket.on('close', onEnd);
  socket.on('timeout', onTimeout);

  return {
    alive: () => lost === null,
    write(text) {
      if (lost) return;
      // Behind all that goes on from promises: the next message is announced together with the end of the one before.
      if (unwritten === '') process.nextTick(flush);
      unwritten += text;
    },
    reply() {
      const ready = early.shift();
      if (ready) return Promise.resolve(ready);
      if (lost) return Promise.reject(lost);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    detach() {
      socket.setTimeout(0);
      socket.off('data', onData);
      socket.off('error', onError);
      socket.off('end', onEnd);
      socket.off('close', onEnd);
      socket.off('timeout', onTimeout);
      return socket;
    },
    destroy: lose,
  };
}
