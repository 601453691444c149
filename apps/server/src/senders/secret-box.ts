import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Sealed } from '@mini-crm/db';
import type { Deps } from '../deps.ts';

const algorithm = 'aes-256-gcm';
const version = 'v1';
const ivLength = 12;
const tagLength = 16;

/** Encrypts what must not stand in the database as it is: passwords of mail servers, keys of signatures. */
export interface SecretBox {
  /** `context` names what the secret belongs to: it opens nowhere else. */
  seal(context: string, secret: string): Sealed;
  /** The secret of a sealed text. Throws where it was changed, moved, or sealed under another SECRET. */
  open(context: string, sealed: Sealed): string;
}

/** AES-256-GCM under a key that HKDF makes from the installation's secret (RFC 5869), with a random IV each. */
export function secretBox(secret: string): SecretBox {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'secrets of senders', 32));
  return {
    seal(context, text) {
      const iv = randomBytes(ivLength);
      const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagLength }).setAAD(Buffer.from(context));
      const bytes = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${version}.${bytes.toString('base64url')}` as Sealed;
    },
    open(context, sealed) {
      const [given, text = ''] = sealed.split('.');
      const bytes = Buffer.from(text, 'base64url');
      if (given !== version || bytes.length < ivLength + tagLength) throw new Error('not a sealed secret');
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivLength), { authTagLength: tagLength })
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(bytes.length - tagLength));
      return decipher.update(bytes.subarray(ivLength, -tagLength), undefined, 'utf8') + decipher.final('utf8');
    },
  };
}

/** The box of this installation: keyed by SECRET, or by the secret that it keeps in its database. */
export async function openSecretBox({ database, env }: Pick<Deps, 'database' | 'env'>): Promise<SecretBox> {
  return secretBox(env.SECRET ?? (await database.settings.secret()));
}
