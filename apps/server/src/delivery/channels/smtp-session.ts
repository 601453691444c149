import { Readable } from 'node:stream';
import { classifySmtpFault, type Outcome, type SmtpPhase, shortDetail } from '@mini-crm/domain';
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';

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
  /** Hands one message over. Never throws; call it again only after it answered. */
  send(envelope: Envelope, message: Buffer): Promise<SessionAnswer>;
  readonly alive: () => boolean;
  quit(): void;
}

/** The fields that nodemailer sets on its errors. */
interface SmtpError extends Error {
  code?: string;
  originalCode?: string;
  response?: string;
  responseCode?: number;
  command?: string;
}

export interface SmtpLogin {
  readonly user: string;
  readonly pass: string;
}

/** Opens a session: connects, greets, starts TLS where it is offered or asked for, logs in. A failure is the outcome of every message that waited for it. */
export function openSession(
  options: SMTPConnectionOptions,
  login: SmtpLogin | null,
): Promise<{ readonly session: SmtpSession } | { readonly fault: Outcome }> {
  const connection = new SMTPConnection(options);
  let alive = true;
  connection.on('end', () => {
    alive = false;
  });
  return new Promise((resolve) => {
    const fail = (error: SmtpError, phase: SmtpPhase) => {
      alive = false;
      connection.close();
      resolve({ fault: openingFault(error, phase) });
    };
    // Later errors also reach the callback of the message in hand.
    connection.on('error', (error: SmtpError) => fail(error, 'connect'));
    const ready = () => resolve({ session: session(connection, () => alive) });
    connection.connect((error) => {
      if (error) return fail(error as SmtpError, 'connect');
      if (!login) return ready();
      connection.login({ user: login.user, pass: login.pass }, (refused) =>
        refused ? fail(refused as SmtpError, 'login') : ready(),
      );
    });
  });
}

function session(connection: SMTPConnection, isAlive: () => boolean): SmtpSession {
  const reset = () =>
    new Promise<boolean>((resolve) => {
      const gone = () => resolve(false);
      connection.once('end', gone);
      connection.reset((error) => {
        connection.off('end', gone);
        resolve(!error);
      });
    });

  return {
    alive: isAlive,
    quit: () => connection.quit(),
    send: (envelope, message) =>
      new Promise((resolve) => {
        let begun = false;
        // nodemailer reads the message when the server has answered DATA with 354: from here on it can have arrived.
        const body = new Readable({
          read() {
            begun = true;
            this.push(message);
            this.push(null);
          },
        });
        const ascii = !/[^\x20-\x7e]/.test(envelope.from + envelope.to);
        connection.send({ ...envelope, size: message.length, use8BitMime: !ascii }, body, (error, info) => {
          if (!error) {
            const outcome: Outcome = { type: 'sent', detail: shortDetail(info?.response) };
            return resolve({ outcome, alive: isAlive(), silent: false });
          }
          body.destroy();
          const fault = error as SmtpError;
          const outcome = messageFault(fault, begun);
          const silent = !begun && fault.responseCode === undefined && !isAlive();
          if (!isAlive()) return resolve({ outcome, alive: false, silent });
          void reset().then((clean) => {
            if (!clean) connection.close();
            resolve({ outcome, alive: clean && isAlive(), silent });
          });
        });
      }),
  };
}

const replyCode = (error: SmtpError) => (error.responseCode && error.responseCode >= 400 ? error.responseCode : null);
const words = (error: SmtpError) => error.response ?? error.message;

function messageFault(error: SmtpError, begun: boolean): Outcome {
  const code = replyCode(error);
  if (!begun && error.response === undefined) {
    // Refused by the client itself, before a word was said.
    const detail = shortDetail(error.message);
    if (error.code === 'EMESSAGE') return { type: 'failed', reason: 'message_too_large', detail };
    if (error.code === 'EENVELOPE') {
      const isSender = /^Invalid sender/.test(error.message);
      if (isSender) return { type: 'unavailable', fault: 'sender_refused', detail };
      return { type: 'failed', reason: 'address_invalid', detail };
    }
  }
  return classifySmtpFault({ phase: phaseOf(error, begun), code, text: words(error) });
}

function phaseOf(error: SmtpError, begun: boolean): SmtpPhase {
  if (begun) return 'answer';
  if (error.command === 'MAIL FROM') return 'sender';
  if (error.command === 'DATA') return 'content';
  return 'recipient';
}

const tlsTrouble = /CERT|TLS|SSL|SIGNATURE|ALTNAME|EPROTO/;

function openingFault(error: SmtpError, phase: SmtpPhase): Outcome {
  const secure = error.code === 'ETLS' || tlsTrouble.test(error.originalCode ?? '') || error.command === 'STARTTLS';
  const code = replyCode(error);
  if (error.code === 'EAUTH' && code === null) {
    return { type: 'unavailable', fault: 'login_refused', detail: shortDetail(words(error)) };
  }
  return classifySmtpFault({ phase: secure ? 'secure' : phase, code, text: words(error) });
}
