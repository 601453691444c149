import type { SenderDocument, StoredDkim, StoredWay } from '@mini-crm/db';
import { type DkimInput, type DomainError, err, ok, type Result, type SenderWayInput } from '@mini-crm/domain';
import { newWebhookSecret } from '../delivery/channels/webhook-signature.ts';
import { leadsInside } from '../http/public-address.ts';
import { generateDkimKey, readDkimKey } from './dkim-key.ts';
import type { SecretBox } from './secret-box.ts';
import { secretContext } from './secret-context.ts';

interface SealDeps {
  readonly box: SecretBox;
  readonly allowPrivate: boolean;
}

/** A way as it is stored, and a webhook's secret where it was made just now: it is shown this once. */
export interface SealedWay {
  readonly way: StoredWay;
  readonly newSecret: string | null;
}

type Outcome<T> = Promise<Result<T, DomainError>>;
type Identity = Pick<SenderDocument, '_id' | 'orgId'>;

/** Seals what a person gave, and takes over from the stored `before` what they kept. */
export async function sealWay(
  deps: SealDeps,
  id: Identity,
  input: SenderWayInput,
  before: StoredWay | null,
): Outcome<SealedWay> {
  return input.type === 'smtp' ? sealSmtp(deps, id, input, before) : sealWebhook(deps, id, input, before);
}

async function sealSmtp(
  { box, allowPrivate }: SealDeps,
  id: Identity,
  { host, port, tls, user, password, dkim }: Extract<SenderWayInput, { type: 'smtp' }>,
  before: StoredWay | null,
): Outcome<SealedWay> {
  if (!allowPrivate && leadsInside(host)) return err({ code: 'private_address', path: ['way', 'host'] });
  const old = before?.type === 'smtp' ? before : null;
  const kept = user === '' || password !== null ? null : (old?.password ?? null);
  // A password that nobody typed goes to the server that it was typed for, and to no other.
  if (
    kept &&
    (old?.host !== host || old.port !== port || old.user !== user || (tls === 'none' && old.tls !== 'none'))
  ) {
    return err({ code: 'invalid_input', path: ['way', 'password'] });
  }
  const sealed =
    password === null || user === '' || password === '' ? kept : box.seal(secretContext(id, 'password'), password);
  const signature = dkim && (await sealDkim(box, id, dkim, old?.dkim ?? null));
  if (signature && !signature.ok) return signature;
  const way = { type: 'smtp', host, port, tls, user, password: sealed, dkim: signature?.value ?? null } as const;
  return ok({ way, newSecret: null });
}

async function sealDkim(box: SecretBox, id: Identity, input: DkimInput, old: StoredDkim | null): Outcome<StoredDkim> {
  const { domain, selector, key } = input;
  if (key.type === 'keep') {
    if (!old) return err({ code: 'dkim_key_invalid', path: ['way', 'dkim', 'key'] });
    return ok({ ...old, domain, selector });
  }
  const pair = key.type === 'generate' ? await generateDkimKey(key.algorithm) : readDkimKey(key.privateKey);
  if (!pair) return err({ code: 'dkim_key_invalid', path: ['way', 'dkim', 'key'] });
  const { algorithm, publicKey } = pair;
  return ok({
    domain,
    selector,
    algorithm,
    publicKey,
    privateKey: box.seal(secretContext(id, 'dkim'), pair.privateKey),
  });
}

async function sealWebhook(
  { box, allowPrivate }: SealDeps,
  id: Identity,
  { url, secret }: Extract<SenderWayInput, { type: 'webhook' }>,
  before: StoredWay | null,
): Outcome<SealedWay> {
  const target = new URL(url);
  if (!allowPrivate && leadsInside(target.hostname)) return err({ code: 'private_address', path: ['way', 'url'] });
  // Names, addresses and texts of customers travel in it.
  if (!allowPrivate && target.protocol !== 'https:') return err({ code: 'invalid_input', path: ['way', 'url'] });
  const seal = (text: string) => box.seal(secretContext(id, 'secret'), text);
  if (secret.type === 'keep') {
    if (before?.type !== 'webhook') return err({ code: 'invalid_input', path: ['way', 'secret'] });
    return ok({ way: { type: 'webhook', url, secret: before.secret }, newSecret: null });
  }
  if (secret.type === 'paste')
    return ok({ way: { type: 'webhook', url, secret: seal(secret.secret) }, newSecret: null });
  const newSecret = newWebhookSecret();
  return ok({ way: { type: 'webhook', url, secret: seal(newSecret) }, newSecret });
}
