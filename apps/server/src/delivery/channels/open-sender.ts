import { createPrivateKey } from 'node:crypto';
import type { SenderDocument } from '@mini-crm/db';
import type { Outcome } from '@mini-crm/domain';
import type { Env } from '../../env.ts';
import { leadsInside, publicLookup } from '../../http/public-address.ts';
import type { SecretBox } from '../../senders/secret-box.ts';
import { secretContext } from '../../senders/secret-context.ts';
import type { DeliveryChannel } from './channel.ts';
import { dkimSigner } from './dkim.ts';
import { smtpChannel } from './smtp-channel.ts';
import { webhookChannel } from './webhook-channel.ts';

export interface OpenSenderDeps {
  readonly env: Pick<Env, 'SMTP_CONNECTIONS' | 'ALLOW_PRIVATE_SENDERS'>;
  readonly box: SecretBox;
  readonly now: () => Date;
  /** How long an answer is waited for; the channels' own patience unless given. */
  readonly timeoutMs?: number;
}

/** The channel of an organization's sender, with its secrets opened. */
export function openSender(sender: SenderDocument, { env, box, now, timeoutMs }: OpenSenderDeps): DeliveryChannel {
  const { way } = sender;
  const allowPrivate = env.ALLOW_PRIVATE_SENDERS;
  const patience = timeoutMs === undefined ? {} : { timeoutMs };
  if (way.type === 'webhook') {
    const secret = box.open(secretContext(sender, 'secret'), way.secret);
    return webhookChannel({ url: way.url, secret, connections: 4, allowPrivate, now, ...patience });
  }
  if (!allowPrivate && leadsInside(way.host)) return insideChannel;
  const password = way.password === null ? '' : box.open(secretContext(sender, 'password'), way.password);
  const { dkim } = way;
  const privateKey = dkim && createPrivateKey(box.open(secretContext(sender, 'dkim'), dkim.privateKey));
  const sign = dkim && privateKey ? dkimSigner({ ...dkim, privateKey }, now) : undefined;
  return smtpChannel({
    url: smtpUrl(way, password),
    connections: env.SMTP_CONNECTIONS,
    now,
    sign,
    ...(allowPrivate ? {} : { lookup: publicLookup }),
    ...patience,
  });
}

/** STARTTLS is insisted on where it is chosen: a line that somebody stripped of it must not carry a password. */
function smtpUrl(way: Extract<SenderDocument['way'], { type: 'smtp' }>, password: string): string {
  const login = way.user === '' ? '' : `${encodeURIComponent(way.user)}:${encodeURIComponent(password)}@`;
  const host = way.host.includes(':') ? `[${way.host.replace(/^\[|\]$/g, '')}]` : way.host;
  const options = { implicit: '', starttls: '?requireTLS=true', none: '?ignoreTLS=true' }[way.tls];
  return `${way.tls === 'implicit' ? 'smtps' : 'smtp'}://${login}${host}:${way.port}/${options}`;
}

const inside: Outcome = {
  type: 'unavailable',
  fault: 'unreachable',
  detail: 'the address is inside a private network',
};

/** Takes nothing: for an address that was allowed when it was saved. */
const insideChannel: DeliveryChannel = {
  name: 'smtp',
  capabilities: { batchSize: 500, idempotent: false, reports: [] },
  send: async (batch) => batch.map(() => inside),
  close: async () => undefined,
};
