import { type Database, newId, type SenderDocument, type StoredWay } from '@mini-crm/db';
import { noThrottle, type OrganizationId, type SenderId } from '@mini-crm/domain';
import { secretBox } from '../../senders/secret-box.ts';
import { secretContext } from '../../senders/secret-context.ts';
import type { DeliveryChannel } from '../channels/channel.ts';
import { openSender } from '../channels/open-sender.ts';

const box = secretBox('a secret for tests');
const env = { SMTP_CONNECTIONS: 5, ALLOW_PRIVATE_SENDERS: true };

/** Opens the senders of a test: they may be on this machine, and are not waited for longer than a test can. */
export const openTestSender =
  (now: () => Date) =>
  (sender: SenderDocument): DeliveryChannel =>
    openSender(sender, { env, box, now, timeoutMs: 1_000 });

interface SmtpWay {
  readonly port: number;
  readonly user?: string;
  readonly password?: string;
}

/** The way to an SMTP server on this machine. */
export const smtpWay =
  ({ port, user = '', password }: SmtpWay) =>
  (id: Pick<SenderDocument, '_id' | 'orgId'>): StoredWay => ({
    type: 'smtp',
    host: '127.0.0.1',
    port,
    tls: 'none',
    user,
    password: password === undefined ? null : box.seal(secretContext(id, 'password'), password),
    dkim: null,
  });

/** The way to a webhook's receiver. */
export const webhookWay =
  ({ url, secret }: { readonly url: string; readonly secret: string }) =>
  (id: Pick<SenderDocument, '_id' | 'orgId'>): StoredWay => ({
    type: 'webhook',
    url,
    secret: box.seal(secretContext(id, 'secret'), secret),
  });

/** Adds a sender behind the others of an organization. */
export async function addSender(
  database: Database,
  orgId: OrganizationId,
  way: ReturnType<typeof smtpWay>,
  change: Partial<Pick<SenderDocument, 'name' | 'enabled' | 'throttle'>> = {},
): Promise<SenderId> {
  const _id = newId('sender');
  const settings = { name: 'Ours', enabled: true, throttle: noThrottle, ...change };
  await database.forOrganization(orgId).senders.insert(_id, { ...settings, way: way({ _id, orgId }) }, new Date());
  return _id;
}

/** Changes a sender as its settings page does. */
export async function changeSender(
  database: Database,
  orgId: OrganizationId,
  id: SenderId,
  change: Partial<Pick<SenderDocument, 'enabled' | 'throttle'>> & { readonly way?: ReturnType<typeof smtpWay> },
): Promise<void> {
  const { senders } = database.forOrganization(orgId);
  const before = await senders.get(id);
  if (!before) throw new Error(`there is no ${id}`);
  const { name, enabled, throttle, version } = before;
  const way = change.way?.({ _id: id, orgId }) ?? before.way;
  if (!(await senders.change(id, version, { name, enabled, throttle, ...change, way }, new Date()))) {
    throw new Error(`${id} was changed in the meantime`);
  }
}
