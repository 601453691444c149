import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { DkimAlgorithm } from '@mini-crm/domain';

export interface DkimKeyPair {
  readonly algorithm: DkimAlgorithm;
  /** PEM of PKCS 8. */
  readonly privateKey: string;
  /** In base64, as the DNS record has it. */
  readonly publicKey: string;
}

const generate = promisify(generateKeyPair);
// RFC 8301: signers use at least 1,024 bits and should use 2,048; verifiers need not check more than 4,096.
const rsaBits = 2_048;
const smallestRsa = 1_024;
const largestRsa = 4_096;
/** An Ed25519 key ends its SubjectPublicKeyInfo (RFC 8410); RFC 8463 publishes it bare. */
const ed25519Length = 32;

/** A new key pair. */
export async function generateDkimKey(algorithm: DkimAlgorithm): Promise<DkimKeyPair> {
  const pair = algorithm === 'rsa' ? await generate('rsa', { modulusLength: rsaBits }) : await generate('ed25519', {});
  return keyPair(algorithm, pair.privateKey);
}

/** The key pair of a private key in PEM; null where it is none that DKIM can sign with. */
export function readDkimKey(pem: string): DkimKeyPair | null {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem.trim());
  } catch {
    return null;
  }
  if (key.asymmetricKeyType === 'ed25519') return keyPair('ed25519', key);
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== 'rsa' || bits < smallestRsa || bits > largestRsa) return null;
  return keyPair('rsa', key);
}

function keyPair(algorithm: DkimAlgorithm, key: KeyObject): DkimKeyPair {
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const published = algorithm === 'rsa' ? spki : spki.subarray(spki.length - ed25519Length);
  return {
    algorithm,
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: published.toString('base64'),
  };
}
