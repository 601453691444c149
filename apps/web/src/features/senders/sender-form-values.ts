import {
  type DkimAlgorithm,
  noThrottle,
  type SenderInput,
  type SenderType,
  type SmtpTls,
  senderInputSchema,
  usualSmtpPort,
} from '@mini-crm/domain';
import type { Outputs } from '../../trpc.ts';

export type Sender = Outputs['senders']['list']['senders'][number];

/** A sender as the form has it: every field a text or a choice, whichever kind of sender it becomes. */
export interface SenderValues {
  readonly type: SenderType;
  readonly name: string;
  readonly enabled: boolean;
  readonly host: string;
  readonly port: number | string;
  readonly tls: SmtpTls;
  readonly user: string;
  /** "" keeps the one that is there. */
  readonly password: string;
  readonly url: string;
  readonly secretFrom: 'keep' | 'generate' | 'paste';
  readonly secret: string;
  readonly signs: boolean;
  readonly domain: string;
  readonly selector: string;
  readonly keyFrom: 'keep' | 'generate' | 'paste';
  readonly algorithm: DkimAlgorithm;
  readonly privateKey: string;
  readonly perSecond: number | string;
  readonly perMinute: number | string;
  readonly perHour: number | string;
}

/** The form of a sender that is there, or of a new one; `fromEmail` says whose domain it probably signs for. */
export function valuesOf(sender: Sender | null, fromEmail: string): SenderValues {
  const smtp = sender?.way.type === 'smtp' ? sender.way : null;
  const webhook = sender?.way.type === 'webhook' ? sender.way : null;
  const { perSecond, perMinute, perHour } = sender?.throttle ?? noThrottle;
  return {
    type: sender?.way.type ?? 'smtp',
    name: sender?.name ?? '',
    enabled: sender?.enabled ?? true,
    host: smtp?.host ?? '',
    port: smtp?.port ?? usualSmtpPort.starttls,
    tls: smtp?.tls ?? 'starttls',
    user: smtp?.user ?? '',
    password: '',
    url: webhook?.url ?? '',
    secretFrom: webhook ? 'keep' : 'generate',
    secret: '',
    signs: smtp?.dkim != null,
    domain: smtp?.dkim?.domain ?? fromEmail.split('@').at(1) ?? '',
    selector: smtp?.dkim?.selector ?? 'crm',
    keyFrom: smtp?.dkim ? 'keep' : 'generate',
    algorithm: smtp?.dkim?.algorithm ?? 'rsa',
    privateKey: '',
    perSecond: perSecond ?? '',
    perMinute: perMinute ?? '',
    perHour: perHour ?? '',
  };
}

const limit = (value: number | string): number | null => (value === '' ? null : Number(value));

/** What the server is told. */
export function inputOf(values: SenderValues): SenderInput {
  const { name, enabled, perSecond, perMinute, perHour } = values;
  const throttle = { perSecond: limit(perSecond), perMinute: limit(perMinute), perHour: limit(perHour) };
  return { name, enabled, throttle, way: wayOf(values) };
}

function wayOf(values: SenderValues): SenderInput['way'] {
  if (values.type === 'webhook') {
    const { url, secretFrom, secret } = values;
    return {
      type: 'webhook',
      url: url.trim(),
      secret: secretFrom === 'paste' ? { type: 'paste', secret: secret.trim() } : { type: secretFrom },
    };
  }
  const { host, port, tls, user, password, signs, domain, selector, keyFrom, algorithm, privateKey } = values;
  const key =
    keyFrom === 'generate'
      ? ({ type: 'generate', algorithm } as const)
      : keyFrom === 'paste'
        ? ({ type: 'paste', privateKey } as const)
        : ({ type: 'keep' } as const);
  return {
    type: 'smtp',
    host: host.trim(),
    port: Number(port),
    tls,
    user,
    password: password === '' ? null : password,
    dkim: signs ? { domain, selector, key } : null,
  };
}

/** Which field of the form a path of the input is, and what to say of it. */
const fields: Readonly<Record<string, { readonly field: keyof SenderValues; readonly words: string }>> = {
  name: { field: 'name', words: 'Enter a name of at most 80 characters.' },
  'throttle.perSecond': { field: 'perSecond', words: 'Enter a whole number, or nothing for no limit.' },
  'throttle.perMinute': { field: 'perMinute', words: 'Enter a whole number, or nothing for no limit.' },
  'throttle.perHour': { field: 'perHour', words: 'Enter a whole number, or nothing for no limit.' },
  'way.host': { field: 'host', words: 'Enter the name of a mail server, such as smtp.example.com.' },
  'way.port': { field: 'port', words: 'Enter a port from 1 to 65535.' },
  'way.user': { field: 'user', words: 'Enter a user name of at most 320 characters.' },
  'way.password': {
    field: 'password',
    words: 'Enter the password again: it is not sent to another server or user than the one it was saved for.',
  },
  'way.url': { field: 'url', words: 'Enter an address that begins with https://, without a user name in it.' },
  'way.secret': { field: 'secret', words: 'Enter a secret that begins with whsec_, or let one be made.' },
  'way.dkim.domain': { field: 'domain', words: 'Enter a domain, such as example.com.' },
  'way.dkim.selector': { field: 'selector', words: 'Enter letters, digits and hyphens.' },
  'way.dkim.key': { field: 'privateKey', words: 'Paste a private key as PEM: RSA or Ed25519, without a password.' },
};

/** What to say at a field that a path of the input is of; null where the form has no such field. */
export function faultAt(path: readonly PropertyKey[]): { field: keyof SenderValues; words: string } | null {
  for (let length = path.length; length > 0; length--) {
    const found = fields[path.slice(0, length).join('.')];
    if (found) return found;
  }
  return null;
}

/** Checks the form as the server does. */
export function senderErrors(values: SenderValues): Partial<Record<keyof SenderValues, string>> {
  const parsed = senderInputSchema.safeParse(inputOf(values));
  const errors: Partial<Record<keyof SenderValues, string>> = {};
  for (const { path } of parsed.error?.issues ?? []) {
    const fault = faultAt(path);
    if (fault) errors[fault.field] ??= fault.words;
  }
  return errors;
}
