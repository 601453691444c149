import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { SMTPServer, type SMTPServerAddress, type SMTPServerSession } from 'smtp-server';
import { type MimeMessage, parseMime } from './mime-message.ts';

/** A message that this server took for one recipient: what really left the application. */
export interface AcceptedMail {
  readonly recipient: string;
  readonly sender: string;
  readonly at: Date;
  readonly raw: Buffer;
  /** Parsed when asked for: a ledger of many thousands is mostly counted. */
  readonly message: MimeMessage;
}

/** How to answer certain recipients instead of accepting; the last rule that was added wins. */
export interface Answer {
  /** Recipients that the rule is about; all of them unless given. */
  readonly recipient?: RegExp;
  /** At which command it answers: the recipient, or the message itself. */
  readonly stage: 'rcpt' | 'data';
  /** 250 accepts, as after a delay; `lost` accepts the message and breaks the connection before it says so. */
  readonly code: number | 'lost';
  readonly text?: string;
  readonly delayMs?: number;
  /** The rule is over after so many answers. */
  readonly times?: number;
}

export interface SmtpLedger {
  readonly url: string;
  readonly port: number;
  readonly accepted: readonly AcceptedMail[];
  readonly refused: readonly { recipient: string; code: number; stage: Answer['stage'] }[];
  /** The messages for one address, oldest first. */
  to(recipient: string): AcceptedMail[];
  /** Waits for a message to an address; throws when none came in time. */
  waitFor(recipient: string, options?: { count?: number; timeoutMs?: number }): Promise<AcceptedMail>;
  answer(answer: Answer): void;
  acceptAll(): void;
  /** Connections that were opened, for tests of pooling. */
  connections(): number;
  clear(): void;
  stop(): Promise<void>;
}

/** Starts a real SMTP server on loopback that writes down what it accepts and delivers nothing. */
export async function startSmtp(options: { port?: number; delayMs?: number } = {}): Promise<SmtpLedger> {
  const accepted: AcceptedMail[] = [];
  const refused: { recipient: string; code: number; stage: Answer['stage'] }[] = [];
  let rules: { answer: Answer; left: number }[] = [];
  let connections = 0;
  const sockets = new Map<number, Socket>();

  async function answerFor(recipient: string, stage: Answer['stage']): Promise<Error | 'lost' | undefined> {
    const rule = rules.findLast(
      ({ answer, left }) => left > 0 && answer.stage === stage && (answer.recipient?.test(recipient) ?? true),
    );
    if (!rule) return undefined;
    rule.left--;
    if (rule.answer.delayMs) await wait(rule.answer.delayMs);
    if (rule.answer.code === 'lost') return 'lost';
    if (rule.answer.code < 400) return undefined;
    refused.push({ recipient, code: rule.answer.code, stage });
    return Object.assign(new Error(rule.answer.text ?? 'Refused by the test'), { responseCode: rule.answer.code });
  }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    logger: false,
    onConnect(_session, callback) {
      connections++;
      callback();
    },
    onRcptTo(address: SMTPServerAddress, _session, callback) {
      answerFor(address.address, 'rcpt').then((error) => callback(error === 'lost' ? undefined : error), callback);
    },
    onData(stream, session: SMTPServerSession, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const recipients = session.envelope.rcptTo.map((to) => to.address);
        const sender = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
        finish(recipients, sender, Buffer.concat(chunks)).then((error) => {
          if (error === 'lost') sockets.get(session.remotePort)?.destroy();
          else callback(error);
        }, callback);
      });
    },
  });

  async function finish(recipients: string[], sender: string, raw: Buffer): Promise<Error | 'lost' | undefined> {
    if (options.delayMs) await wait(options.delayMs);
    let lost = false;
    for (const recipient of recipients) {
      const answer = await answerFor(recipient, 'data');
      if (answer === 'lost') lost = true;
      else if (answer) return answer;
    }
    for (const recipient of recipients) accepted.push(acceptedMail(recipient, sender, raw));
    return lost ? 'lost' : undefined;
  }

  server.server.on('connection', (socket: Socket) => {
    const { remotePort } = socket;
    if (remotePort === undefined) return;
    sockets.set(remotePort, socket);
    socket.once('close', () => sockets.delete(remotePort));
  });
  // A client that is killed in the middle of a message is what some tests are about.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;

  const to = (recipient: string) => accepted.filter((mail) => mail.recipient.toLowerCase() === recipient.toLowerCase());

  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    accepted,
    refused,
    to,
    async waitFor(recipient, { count = 1, timeoutMs = 20_000 } = {}) {
      const deadline = Date.now() + timeoutMs;
      for (;;) {
        const mail = to(recipient)[count - 1];
        if (mail) return mail;
        if (Date.now() > deadline) throw new Error(`No message ${count} to ${recipient} within ${timeoutMs} ms.`);
        await wait(25);
      }
    },
    answer(answer) {
      rules.push({ answer, left: answer.times ?? Number.POSITIVE_INFINITY });
    },
    acceptAll() {
      rules = [];
    },
    connections: () => connections,
    clear() {
      accepted.length = 0;
      refused.length = 0;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function acceptedMail(recipient: string, sender: string, raw: Buffer): AcceptedMail {
  let message: MimeMessage | undefined;
  return {
    recipient,
    sender,
    at: new Date(),
    raw,
    get message() {
      message ??= parseMime(raw);
      return message;
    },
  };
}
