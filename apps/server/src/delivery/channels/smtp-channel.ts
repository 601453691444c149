import type { Outcome } from '@mini-crm/domain';
import { shortDetail } from '@mini-crm/domain';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import type { ChannelMessage, DeliveryChannel } from './channel.ts';
import type { Sign } from './dkim.ts';
import { mimeText } from './mime.ts';
import type { SmtpServer } from './smtp-opening.ts';
import { smtpPool } from './smtp-pool.ts';

export interface SmtpChannelOptions {
  /**
   * `smtp://user:password@host:587`, or `smtps://` for TLS from the start. Behind a `?`: `requireTLS=true` insists on
   * STARTTLS (else it is used where it is offered), `tls.rejectUnauthorized=false` takes any certificate.
   */
  readonly url: string;
  readonly connections: number;
  /** How long a silent server is waited for, in all its phases; 30 s to connect and 60 s for an answer unless given. */
  readonly timeoutMs?: number;
  /** Signs each message with the key of its domain. */
  readonly sign?: Sign | undefined;
  /** How the server's name becomes an address; the system's way unless given. */
  readonly lookup?: SmtpServer['lookup'];
  readonly now: () => Date;
}

/** Hands messages to an SMTP server over pooled connections. Not idempotent: a message whose answer is lost stays unknown. */
export function smtpChannel(options: SmtpChannelOptions): DeliveryChannel {
  const pool = smtpPool({
    server: smtpServer(options),
    size: options.connections,
    messagesPerConnection: 500,
    idleMs: 15_000,
  });

  async function sendOne(message: ChannelMessage): Promise<Outcome> {
    let text: string;
    try {
      text = mimeText(message, options.now());
    } catch (error) {
      return { type: 'failed', reason: 'rendering_failed', detail: shortDetail(String(error)) };
    }
    if (options.sign) text = (await options.sign(Buffer.from(text, 'latin1'))).toString('latin1');
    return pool.send({ from: message.from.address, to: message.to }, text);
  }

  return {
    name: 'smtp',
    capabilities: { batchSize: 500, idempotent: false, reports: [] },
    send: (batch) => Promise.all(batch.map(sendOne)),
    close: async () => pool.close(),
  };
}

/** The server that an address names; what stands behind the `?` is nodemailer's spelling of the options. */
function smtpServer({ url, timeoutMs, lookup }: SmtpChannelOptions): SmtpServer {
  const parsed = parseConnectionUrl(url) as {
    host?: string;
    port?: number;
    secure?: boolean;
    requireTLS?: boolean;
    ignoreTLS?: boolean;
    name?: string;
    tls?: SmtpServer['tls'];
    auth?: { user: string; pass: string };
  };
  const { secure = false, auth } = parsed;
  return {
    host: parsed.host ?? '127.0.0.1',
    port: parsed.port ?? (secure ? 465 : 587),
    secure,
    requireTls: parsed.requireTLS ?? false,
    ignoreTls: parsed.ignoreTLS ?? false,
    tls: parsed.tls ?? {},
    login: auth ? { user: auth.user, pass: auth.pass } : null,
    ...(parsed.name ? { name: parsed.name } : {}),
    ...(lookup ? { lookup } : {}),
    connectMs: timeoutMs ?? 30_000,
    silenceMs: timeoutMs ?? 60_000,
  };
}
