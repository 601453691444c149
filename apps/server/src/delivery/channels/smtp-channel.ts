import type { Outcome } from '@mini-crm/domain';
import { shortDetail } from '@mini-crm/domain';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import type { SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import type { ChannelMessage, DeliveryChannel } from './channel.ts';
import { buildMime } from './mime.ts';
import { smtpPool } from './smtp-pool.ts';
import type { SmtpLogin } from './smtp-session.ts';

export interface SmtpChannelOptions {
  /**
   * `smtp://user:password@host:587`, or `smtps://` for TLS from the start. Behind a `?`: `requireTLS=true` insists on
   * STARTTLS (else it is used where it is offered), `tls.rejectUnauthorized=false` takes any certificate.
   */
  readonly url: string;
  readonly connections: number;
  /** How long a silent server is waited for, in all its phases; 30 s to connect and 60 s for an answer unless given. */
  readonly timeoutMs?: number;
  readonly now: () => Date;
}

/** Hands messages to an SMTP server over pooled connections. Not idempotent: a message whose answer is lost stays unknown. */
export function smtpChannel(options: SmtpChannelOptions): DeliveryChannel {
  const { connection, login } = connectionOptions(options);
  const pool = smtpPool({
    connection,
    login,
    size: options.connections,
    messagesPerConnection: 500,
    idleMs: 15_000,
  });

  async function sendOne(message: ChannelMessage): Promise<Outcome> {
    let bytes: Buffer;
    try {
      bytes = await buildMime(message, options.now());
    } catch (error) {
      return { type: 'failed', reason: 'rendering_failed', detail: shortDetail(String(error)) };
    }
    return pool.send({ from: message.from.address, to: message.to }, bytes);
  }

  return {
    name: 'smtp',
    capabilities: { batchSize: 25, idempotent: false, reports: [] },
    send: (batch) => Promise.all(batch.map(sendOne)),
    close: async () => pool.close(),
  };
}

function connectionOptions({ url, timeoutMs }: SmtpChannelOptions): {
  connection: SMTPConnectionOptions;
  login: SmtpLogin | null;
} {
  const { auth, ...rest } = parseConnectionUrl(url) as SMTPConnectionOptions & { auth?: SmtpLogin };
  const connection: SMTPConnectionOptions = {
    connectionTimeout: timeoutMs ?? 30_000,
    greetingTimeout: timeoutMs ?? 30_000,
    socketTimeout: timeoutMs ?? 60_000,
    dnsTimeout: timeoutMs ?? 15_000,
    ...rest,
  };
  return { connection, login: auth ? { user: auth.user, pass: auth.pass } : null };
}
