import type { Database } from '@mini-crm/db';
import type { Env } from '../../env.ts';
import type { DeliveryChannel } from './channel.ts';
import { outboxChannel } from './outbox-channel.ts';
import { smtpChannel } from './smtp-channel.ts';

/** The channel that e-mail goes out by: the configured SMTP server, or else the built-in outbox. */
export function openChannel(database: Database, env: Env, now: () => Date): DeliveryChannel {
  if (!env.SMTP_URL) return outboxChannel(database, now);
  return smtpChannel({ url: env.SMTP_URL, connections: env.SMTP_CONNECTIONS, now });
}
