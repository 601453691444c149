import type { Outcome } from '@mini-crm/domain';
import type { ChannelMessage, DeliveryChannel } from '../delivery/channels/channel.ts';
import { openSender } from '../delivery/channels/open-sender.ts';
import { outboxChannel } from '../delivery/channels/outbox-channel.ts';
import { smtpChannel } from '../delivery/channels/smtp-channel.ts';
import type { OrganizationContext } from '../trpc.ts';
import { openSecretBox } from './secret-box.ts';

/** What came of a message, and whether it went no further than the outbox. */
export interface SentOnce {
  readonly outcome: Outcome;
  readonly outbox: boolean;
}

const off: Outcome = { type: 'unavailable', fault: 'senders_off', detail: 'all senders are switched off' };

/** Sends one message while somebody waits, as a campaign's messages go: by the first of the organization's senders that takes it. */
export async function sendOnce(
  ctx: OrganizationContext,
  message: ChannelMessage,
  timeoutMs: number,
): Promise<SentOnce> {
  const { env, database, now } = ctx.deps;
  const senders = await ctx.db.senders.list();
  if (senders.length === 0) {
    const { SMTP_URL: url } = env;
    const channel = url ? smtpChannel({ url, connections: 1, timeoutMs, now }) : outboxChannel(database, now);
    return { outcome: await once(channel, message), outbox: url === undefined };
  }
  const box = await openSecretBox(ctx.deps);
  let outcome = off;
  for (const sender of senders.filter(({ enabled }) => enabled)) {
    outcome = await once(openSender(sender, { env, box, now, timeoutMs }), message);
    if (outcome.type !== 'unavailable') break;
  }
  return { outcome, outbox: false };
}

async function once(channel: DeliveryChannel, message: ChannelMessage): Promise<Outcome> {
  try {
    const [outcome] = await channel.send([message]);
    if (!outcome) throw new Error('a channel did not answer for its message');
    return outcome;
  } finally {
    await channel.close();
  }
}
