import { createHmac } from 'node:crypto';
import { connect as connectPlain, isIP, type LookupFunction, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { classifySmtpFault, type Outcome, type SmtpPhase } from '@mini-crm/domain';
import { type Reply, type SmtpWire, smtpWire, WireLost, wordsOf } from './smtp-wire.ts';

export interface SmtpLogin {
  readonly user: string;
  readonly pass: string;
}

export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; without it STARTTLS is used where it is offered. */
  readonly secure: boolean;
  /** No message without TLS. */
  readonly requireTls: boolean;
  /** No STARTTLS even where it is offered: for a broken server on a trusted line. */
  readonly ignoreTls: boolean;
  readonly tls: Pick<ConnectionOptions, 'rejectUnauthorized' | 'servername' | 'minVersion'>;
  readonly login: SmtpLogin | null;
  /** How the name becomes an address; the system's way unless given. */
  readonly lookup?: LookupFunction | undefined;
  /** What we call ourselves; this machine's name unless given. */
  readonly name?: string;
  readonly connectMs: number;
  readonly silenceMs: number;
}

/** What the server said it can do (RFC 5321 4.1.1.1), by the keyword in capitals. */
export type Extensions = ReadonlyMap<string, string>;

export interface OpenedWire {
  readonly wire: SmtpWire;
  readonly extensions: Extensions;
}

/** Something between the connection and the first message went wrong; `reply` is the server's word on it. */
class OpeningFault extends Error {
  readonly phase: SmtpPhase;
  readonly reply: Reply | null;
  constructor(phase: SmtpPhase, text: string, reply: Reply | null = null) {
    super(text);
    this.phase = phase;
    this.reply = reply;
  }
}

/** Connects, greets, starts TLS where it is offered or asked for, logs in. A failure is the outcome of every message that waited for it. */
export async function openWire(server: SmtpServer): Promise<OpenedWire | { readonly fault: Outcome }> {
  let wire: SmtpWire | null = null;
  let phase: SmtpPhase = server.secure ? 'secure' : 'connect';
  try {
    wire = smtpWire(await connectSocket(server), server.silenceMs);
    phase = 'connect';
    const greeting = await wire.reply();
    if (greeting.code !== 220) throw new OpeningFault(phase, wordsOf(greeting), greeting);
    let extensions = await greet(wire, server);
    if (!server.secure && !server.ignoreTls && (server.requireTls || extensions.has('STARTTLS'))) {
      phase = 'secure';
      wire = await startTls(wire, server);
      extensions = await greet(wire, server);
    }
    phase = 'login';
    if (server.login) await logIn(wire, extensions, server.login);
    return { wire, extensions };
  } catch (error) {
    wire?.destroy('it could not be opened');
    return { fault: faultOf(error, phase) };
  }
}

function faultOf(error: unknown, phase: SmtpPhase): Outcome {
  if (error instanceof OpeningFault) {
    const { reply } = error;
    const code = reply && reply.code >= 400 ? reply.code : null;
    if (error.phase === 'login' && code === null) {
      return { type: 'unavailable', fault: 'login_refused', detail: error.message };
    }
    return classifySmtpFault({ phase: error.phase, code, text: error.message });
  }
  const text = error instanceof Error ? error.message : String(error);
  const code = error instanceof WireLost ? undefined : (error as NodeJS.ErrnoException).code;
  const isTls = code !== undefined && /CERT|TLS|SSL|SIGNATURE|ALTNAME|EPROTO/.test(code);
  return classifySmtpFault({
    phase: isTls ? 'secure' : phase === 'secure' && code !== undefined ? 'connect' : phase,
    code: null,
    text,
  });
}

function connectSocket(server: SmtpServer): Promise<Socket> {
  const { host, port, secure, lookup } = server;
  const where = { host, port, ...(lookup ? { lookup } : {}) };
  return new Promise((resolve, reject) => {
    const ready = () => {
      socket.off('error', failed);
      clearTimeout(timer);
      resolve(socket);
    };
    const failed = (error: Error) => {
      clearTimeout(timer);
      reject(error);
    };
    const socket: Socket = secure ? connectTls({ ...where, ...tlsOptions(server) }, ready) : connectPlain(where, ready);
    const timer = setTimeout(() => {
      socket.destroy();
      reject(Object.assign(new Error('the server did not answer in time'), { code: 'ETIMEDOUT' }));
    }, server.connectMs);
    socket.once('error', failed);
  });
}

/** The certificate must name the host; an address has no name to send ahead. */
const tlsOptions = ({ host, tls }: SmtpServer): ConnectionOptions => ({
  ...(isIP(host) ? {} : { servername: host }),
  ...tls,
});

async function greet(wire: SmtpWire, { name }: SmtpServer): Promise<Extensions> {
  const ourName = name ?? (/^[A-Za-z0-9.-]+\.[A-Za-z0-9.-]+$/.test(hostname()) ? hostname() : '[127.0.0.1]');
  wire.write(`EHLO ${ourName}\r\n`);
  const reply = await wire.reply();
  if (reply.code === 250) {
    return new Map(
      reply.lines.slice(1).map((line) => {
        const [keyword = '', ...rest] = line.replace(/^AUTH=/i, 'AUTH ').split(' ');
        return [keyword.toUpperCase(), rest.join(' ')];
      }),
    );
  }
  // A server from before 1995, or a filter in front of one.
  wire.write(`HELO ${ourName}\r\n`);
  const old = await wire.reply();
  if (old.code !== 250) throw new OpeningFault('connect', wordsOf(old), old);
  return new Map();
}

async function startTls(plain: SmtpWire, server: SmtpServer): Promise<SmtpWire> {
  plain.write('STARTTLS\r\n');
  const reply = await plain.reply();
  if (reply.code !== 220) throw new OpeningFault('secure', wordsOf(reply), reply);
  // What stands behind the reply in the clear was never meant to be read under TLS: the wire that held it is left behind.
  const socket = plain.detach();
  return new Promise((resolve, reject) => {
    const secured = connectTls({ socket, ...tlsOptions(server), host: server.host }, () => {
      clearTimeout(timer);
      secured.off('error', failed);
      resolve(smtpWire(secured, server.silenceMs));
    });
    const failed = (error: Error) => {
      clearTimeout(timer);
      socket.destroy();
      reject(new OpeningFault('secure', error.message));
    };
    const timer = setTimeout(() => failed(new Error('TLS was not agreed on in time')), server.connectMs);
    secured.once('error', failed);
  });
}

/** RFC 4954 with the first of CRAM-MD5 (only without TLS), PLAIN and LOGIN that the server knows. */
async function logIn(wire: SmtpWire, extensions: Extensions, { user, pass }: SmtpLogin): Promise<void> {
  const offered = (extensions.get('AUTH') ?? '').toUpperCase().split(' ');
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const say = async (line: string) => {
    wire.write(`${line}\r\n`);
    return wire.reply();
  };
  let reply: Reply;
  if (offered.includes('PLAIN')) {
    reply = await say(`AUTH PLAIN ${base64(`\0${user}\0${pass}`)}`);
  } else if (offered.includes('LOGIN')) {
    reply = await say('AUTH LOGIN');
    if (reply.code === 334) reply = await say(base64(user));
    if (reply.code === 334) reply = await say(base64(pass));
  } else if (offered.includes('CRAM-MD5')) {
    reply = await say('AUTH CRAM-MD5');
    if (reply.code === 334) {
      const challenge = Buffer.from(reply.lines[0] ?? '', 'base64');
      reply = await say(base64(`${user} ${createHmac('md5', pass).update(challenge).digest('hex')}`));
    }
  } else {
    throw new OpeningFault('login', 'the server offers no way to log in that we know');
  }
  if (reply.code !== 235) throw new OpeningFault('login', wordsOf(reply), reply);
}
