import { createPrivateKey } from 'node:crypto';
import type { DkimAlgorithm } from '@mini-crm/domain';
import { dkimRecord } from '@mini-crm/domain';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { type DkimKeyPair, generateDkimKey, readDkimKey } from '../../senders/dkim-key.ts';
import { messageTo } from '../testing/channel-contract.ts';
import type { ChannelMessage } from './channel.ts';
import { dkimSigner } from './dkim.ts';
import { buildMime } from './mime.ts';

const at = new Date('2026-11-23T09:00:00Z');

/** What an independent library says of a message, with our record in its DNS. */
async function verify(message: Buffer, pair: DkimKeyPair) {
  const { name, value } = dkimRecord({ domain: 'example.com', selector: 'crm', ...pair });
  const resolver = async (asked: string, type: string) => {
    if (asked === name && type === 'TXT') return [value.match(/.{1,255}/g) ?? []];
    throw Object.assign(new Error('not there'), { code: 'ENOTFOUND' });
  };
  const { results } = await dkimVerify(message, { resolver });
  return results.map(({ signingDomain, status, canonBodyLength }) => ({
    signingDomain,
    result: status.result,
    body: canonBodyLength,
  }));
}

describe.each(['rsa', 'ed25519'] as const)('a signature with %s', (algorithm: DkimAlgorithm) => {
  let pair: DkimKeyPair;
  beforeAll(async () => {
    pair = await generateDkimKey(algorithm);
  });
  const signed = async (change: Partial<ChannelMessage> = {}) => {
    const privateKey = createPrivateKey(pair.privateKey);
    const sign = dkimSigner({ domain: 'example.com', selector: 'crm', algorithm, privateKey }, () => at);
    return sign(buildMime(messageTo('reader@test.example', change), at));
  };

  test.each<[string, Partial<ChannelMessage>]>([
    ['short and plain', {}],
    [
      'without a name, an answer address or a body',
      { from: { name: '', address: 'a@example.com' }, replyTo: '', text: '', html: '' },
    ],
    [
      'in any script, with long lines',
      {
        subject: 'Grüße 🎉 an alle, die heute hier sind und noch ein wenig bleiben, und an die anderen auch',
        from: { name: 'Žluťoučký "kůň", s.r.o.', address: 'shop@example.com' },
        html: `<p>Zoë 🎉 ${'very '.repeat(400)}long</p>`,
      },
    ],
    [
      'with spaces, tabs, dots and empty lines where they may matter',
      { subject: 'two  spaces\tand a tab ', html: '<p> \t </p>  \n\n.\n..\n\n\n', text: 'a  b \t\n \n\n\n' },
    ],
    [
      'with unsubscribe headers',
      {
        headers: {
          'List-Unsubscribe': `<https://crm.example/u/${'x'.repeat(300)}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      },
    ],
  ])('of a message that is %s is good', async (_what, change) => {
    expect(await verify(await signed(change), pair)).toMatchObject([{ signingDomain: 'example.com', result: 'pass' }]);
  });

  test('is good whatever a relay does to spaces, and whether or not the message ends with a line break', async () => {
    const message = (await signed({ text: 'a b' })).toString('latin1');
    const relayed = `${message.replace('\r\nSubject: Hello', '\r\nsubject:   Hello ').replace('a b', 'a  \tb ')}\r\n\r\n`;
    expect(relayed).not.toBe(message);
    expect(await verify(Buffer.from(relayed, 'latin1'), pair)).toMatchObject([{ result: 'pass' }]);
  });

  test.each([
    ['its subject was changed', 'Subject: Hello', 'Subject: Other'],
    ['its text was changed', '<p>Hello</p>', '<p>Other</p>'],
    ['the link for leaving was changed', 'https://crm.example/u/token', 'https://crm.example/u/other'],
    ['a second From was added', '\r\nTo: ', '\r\nFrom: evil@test.example\r\nTo: '],
  ])('is bad where %s', async (_what, from, to) => {
    const message = (await signed()).toString('latin1');
    const changed = message.replace(from, to);
    expect(changed).not.toBe(message);
    const [result] = await verify(Buffer.from(changed, 'latin1'), pair);
    expect(result?.result).not.toBe('pass');
  });
});

describe('a key that somebody pastes', () => {
  test.each(['rsa', 'ed25519'] as const)('of %s is read with its public half', async (algorithm) => {
    const pair = await generateDkimKey(algorithm);
    expect(readDkimKey(`\n${pair.privateKey}\n`)).toEqual(pair);
  });

  test('is refused where it is none, of another kind or too short', () => {
    expect(readDkimKey('hello')).toBeNull();
    expect(readDkimKey(ecKey)).toBeNull();
    expect(readDkimKey(shortRsaKey)).toBeNull();
  });
});

const ecKey = `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIJIAyks6Z+UeQhFmD04GR3hPbKRA3Kl/+TXRsbTMYofjoAoGCCqGSM49
AwEHoUQDQgAEt6lmUri8bwsBXdHGhpbYszq/Cs1w+hXfEDN63qnwEPXMxmBhtpPK
89ChPCG1j2paYYkck61JaOywnsgqp06Tlw==
-----END EC PRIVATE KEY-----`;
const shortRsaKey = `-----BEGIN PRIVATE KEY-----
MIIBVAIBADANBgkqhkiG9w0BAQEFAASCAT4wggE6AgEAAkEAwoMCu3Yzp07no900
lj7hqVawBEIw2l/Rm65l1lqJHinHntdxqNjA0V68GFd9t2NXcjsvhshj+Nlt6Tgz
ly+tUwIDAQABAkAKg/im18oNFnfxZOkN4lJizDvxzv5DIAD98JyyzOwyxClUjQ4Z
rgOcm0hehyN3KSMywlE+B4JEVr1Pg2FqxzyRAiEA4X6o6aIDo6xGMr6UTqy1ZjY1
2qzie9wlb3V3mqOqD5kCIQDc01jA6SCZc4AUdJrLKdmheOUIhlEcpxI9cL1sW70n
ywIhAJTnfAlTyE1zvKNTwEG3wM3vLF7r3V9nP307t7BxNSK5AiB/ldi8tLUyE8qX
hvt8kHR+V+Q0da5dmKXwO7gl6Cc02wIgPuGUFj0OmJ0RCileQLsNJ8Ec55m70AL/
CNsKBpBC5RE=
-----END PRIVATE KEY-----`;
