import { z } from 'zod';

export const dkimAlgorithms = ['rsa', 'ed25519'] as const;
export type DkimAlgorithm = (typeof dkimAlgorithms)[number];

const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const domainPattern = new RegExp(`^(?:${label}\\.)+${label}$`);
const selectorPattern = new RegExp(`^${label}(?:\\.${label})*$`);

/** What a person says of a signature: whose domain it speaks for and where its key stands (RFC 6376 3.1). */
export const dkimInputSchema = z.strictObject({
  domain: z.string().trim().max(253).regex(domainPattern),
  selector: z.string().trim().max(63).regex(selectorPattern),
  key: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('keep') }),
    z.strictObject({ type: z.literal('generate'), algorithm: z.enum(dkimAlgorithms) }),
    /** PEM, as other programs write it. */
    z.strictObject({ type: z.literal('paste'), privateKey: z.string().min(1).max(20_000) }),
  ]),
});
export type DkimInput = z.infer<typeof dkimInputSchema>;

/** A DNS record that has to be published before signatures can be checked. */
export interface DkimRecord {
  readonly name: string;
  readonly value: string;
}

/** The TXT record of a public key in base64 (RFC 6376 3.6.1, RFC 8463 4). */
export function dkimRecord(dkim: {
  readonly domain: string;
  readonly selector: string;
  readonly algorithm: DkimAlgorithm;
  readonly publicKey: string;
}): DkimRecord {
  return {
    name: `${dkim.selector}._domainkey.${dkim.domain}`,
    value: `v=DKIM1; k=${dkim.algorithm}; p=${dkim.publicKey}`,
  };
}
