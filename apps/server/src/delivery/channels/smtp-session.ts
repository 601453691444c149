import { domainToASCII } from 'node:url';
import { classifySmtpFault, type Outcome, type SmtpPhase, shortDetail } from '@mini-crm/domain';
import { type Extensions, openWire, type SmtpServer } from './smtp-opening.ts';
import { type Reply, type SmtpWire, WireLost, wordsOf } from './smtp-wire.ts';

export interface Envelope {
  readonly from: string;
  readonly to: string;
}

/** What came of one message, and whether its session can take another one. */
export interface SessionAnswer {
  readonly outcome: Outcome;
  readonly alive: boolean;
  /** The connection was lost before the message was begun, without a word of the server: nothing speaks against a new one. */
  readonly silent: boolean;
}

/** One connection to an SMTP server, logged in. */
export interface SmtpSession {
  /** Hands one message over, a character a byte. Never throws. At most `depth` messages may be on their way at once. */
  send(envelope: Envelope, message: string): Promise<SessionAnswer>;
  /** 2 where the server takes commands ahead of its answers (RFC 2920): the next message begins while the last one is answered. */
  readonly depth: 1 | 2;
  readonly alive: () => boolean;
  quit(): void;
}

/** Opens a session; a failure is the outcome of every message that waited for it. */
export async function openSession(
  server: SmtpServer,
): Promise<{ readonly session: SmtpSession } | { readonly fault: Outcome }> {
  const opened = await openWire(server);
  return 'fault' in opened ? opened : { session: session(opened.wire, opened.extensions) };
}

const endOfMessage = '\r\n.\r\n';

function session(wire: SmtpWire, extensions: Extensions): SmtpSession {
  const pipelining = extensions.has('PIPELINING');
  const sizeLimit = Number(extensions.get('SIZE') ?? 0);
  // Resolved when the message before has said all that it has to say, so that the replies that follow are the next one's.
  let turn: Promise<void> = Promise.resolve();

  /** The commands before the message itself; null where the server waits for it now, else what became of the message. */
  async function announce(commands: readonly string[], heard: (reply: Reply) => void): Promise<Outcome | null> {
    let fault: Outcome | null = null;
    if (pipelining) wire.write(commands.join(''));
    for (const [i, phase] of phases.entries()) {
      if (!pipelining) wire.write(commands[i] as string);
      const reply = await wire.reply();
      heard(reply);
      if (phase === 'content' && reply.code === 354) {
        if (!fault) return null;
        // It wants the message though it refused its sender or recipient (RFC 2920 3.1): an empty one to nobody ends it.
        wire.write('.\r\n');
        await wire.reply();
      } else if (!isFine(reply)) {
        fault ??= outcomeOf(phase, reply);
        if (!pipelining) break;
      }
      if (reply.code === 421) throw new WireLost(wordsOf(reply));
      // Asked for a message too early: replies and commands no longer fit, and no later one could be believed.
      if (phase !== 'content' && reply.code === 354) throw new WireLost(wordsOf(reply));
    }
    wire.write('RSET\r\n');
    if (!isFine(await wire.reply())) wire.destroy('the server did not take RSET');
    return fault ?? { type: 'temporary', detail: 'the server did not ask for the message' };
  }

  async function send(envelope: Envelope, message: string): Promise<SessionAnswer> {
    const before = turn;
    let pass = () => {};
    turn = new Promise((resolve) => {
      pass = resolve;
    });
    await before;
    let begun = false;
    let said: Reply | null = null;
    try {
      const commands = envelopeCommands(envelope, message, extensions, sizeLimit);
      if ('type' in commands) return { outcome: commands, alive: wire.alive(), silent: false };
      const refused = await announce(commands, (reply) => {
        if (!isFine(reply) && reply.code !== 354) said ??= reply;
      });
      if (refused) return { outcome: refused, alive: wire.alive(), silent: false };
      begun = true;
      wire.write(stuffed(message) + endOfMessage);
      const answer = wire.reply();
      if (pipelining) pass();
      const reply = await answer;
      if (reply.code === 421) wire.destroy('421');
      const outcome = isFine(reply)
        ? ({ type: 'sent', detail: shortDetail(wordsOf(reply)) } as const)
        : outcomeOf('answer', reply);
      return { outcome, alive: wire.alive(), silent: false };
    } catch (error) {
      if (!(error instanceof WireLost)) throw error;
      wire.destroy(error.message);
      const reply = said as Reply | null;
      const outcome = reply
        ? outcomeOf('recipient', reply)
        : classifySmtpFault({ phase: begun ? 'answer' : 'recipient', code: null, text: error.message });
      return { outcome, alive: false, silent: !begun && reply === null };
    } finally {
      pass();
    }
  }

  return {
    send,
    depth: pipelining ? 2 : 1,
    alive: wire.alive,
    quit() {
      wire.write('QUIT\r\n');
      wire.reply().then(
        () => wire.destroy('quit'),
        () => undefined,
      );
    },
  };
}

const phases = ['sender', 'recipient', 'content'] as const satisfies readonly SmtpPhase[];
const isFine = ({ code }: Reply) => code >= 200 && code < 300;

/** A refusal; a reply that is neither yes nor no is as good as one that may pass. */
function outcomeOf(phase: SmtpPhase, reply: Reply): Outcome {
  if (reply.code >= 400) return classifySmtpFault({ phase, code: reply.code, text: wordsOf(reply) });
  return { type: 'temporary', detail: shortDetail(wordsOf(reply)) };
}

/** MAIL, RCPT and DATA of a message, or why it can't even be announced. */
function envelopeCommands(
  { from, to }: Envelope,
  message: string,
  extensions: Extensions,
  sizeLimit: number,
): string[] | Outcome {
  if (sizeLimit > 0 && message.length > sizeLimit) {
    const detail = `${message.length} bytes, and the server takes ${sizeLimit}`;
    return { type: 'failed', reason: 'message_too_large', detail };
  }
  const sender = mailbox(from);
  if (sender === null) return { type: 'unavailable', fault: 'sender_refused', detail: 'the address is not one' };
  const recipient = mailbox(to);
  if (recipient === null) return { type: 'failed', reason: 'address_invalid', detail: 'the address is not one' };
  const international = /[^\x20-\x7e]/.test(sender + recipient);
  if (international && !extensions.has('SMTPUTF8')) {
    const detail = 'the server takes no addresses with letters beyond ASCII';
    return { type: 'failed', reason: 'address_invalid', detail };
  }
  const size = extensions.has('SIZE') ? ` SIZE=${message.length}` : '';
  const letters = international ? ' SMTPUTF8' : '';
  const commands = [`MAIL FROM:<${sender}>${size}${letters}\r\n`, `RCPT TO:<${recipient}>\r\n`, 'DATA\r\n'];
  return international ? commands.map((command) => Buffer.from(command).toString('latin1')) : commands;
}

/** An address as it stands in a command: no character that could end it, the domain in its ASCII form; null for anything else. */
function mailbox(address: string): string | null {
  if (/[\p{Cc}\s<>]/u.test(address)) return null;
  const at = address.lastIndexOf('@');
  if (at < 1 || at === address.length - 1) return null;
  const domain = address.slice(at + 1);
  const ascii = /^[\x21-\x7e]+$/.test(domain) ? domain : domainToASCII(domain);
  return ascii === '' ? null : `${address.slice(0, at)}@${ascii}`;
}

/** A line that begins with a dot gets a second one (RFC 5321 4.5.2); the message ends without its last line break, which ends it. */
function stuffed(message: string): string {
  const whole = message.endsWith('\r\n') ? message.slice(0, -2) : message;
  return whole.startsWith('.') || whole.includes('\n.') ? whole.replace(/^\./gm, '..') : whole;
}
