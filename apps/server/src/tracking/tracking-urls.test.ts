import { createCipheriv, createHmac } from 'node:crypto';
import { makeId, type TrackedMessage, trackingPayload } from '@mini-crm/domain';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hmacSha256 } from './hmac.ts';
import { trackingUrls } from './tracking-urls.ts';

const random = new Uint8Array(16).fill(7);
const message = {
  orgId: makeId('organization', 1, random),
  runId: makeId('run', 2, random),
  customerId: makeId('customer', 3, random),
};
const other = { ...message, customerId: makeId('customer', 4, random) };
const secret = 'a secret for tests';
const urls = trackingUrls('https://crm.example', secret);
const tokenOf = (url: string) => (url.split('/').at(-1) ?? '').replace('.gif', '');

test('an HMAC is what Node itself makes of the same text, one after another', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 200, unit: 'grapheme' }),
      fc.array(fc.string({ maxLength: 3_000 })),
      (key, texts) => {
        const mac = hmacSha256(key);
        for (const text of texts) {
          expect(mac(text).toString('hex')).toBe(createHmac('sha256', key).update(text).digest('hex'));
        }
      },
    ),
  );
});

test('every URL of a message says which one it is, and the unsubscribe link to whom it went', () => {
  const made = urls.of(message, 'zoë@example.com');
  expect(urls.read('open', tokenOf(made.open))).toMatchObject({ ...message, link: null });
  expect(urls.read('click', tokenOf(made.click(0)))).toMatchObject({ ...message, link: 0 });
  expect(urls.read('click', tokenOf(made.click(499)))).toMatchObject({ ...message, link: 499 });
  expect(urls.read('unsubscribe', tokenOf(made.unsubscribe))).toMatchObject({ ...message, address: 'zoë@example.com' });
  expect(urls.read('unsubscribe', tokenOf(urls.unsubscribeUrl(message, null)))).toMatchObject({ address: null });
  expect([urls.openUrl(message), urls.clickUrl(message, 3)]).toEqual([made.open, made.click(3)]);
  expect(urls.unsubscribeUrl(message, 'zoë@example.com')).toBe(made.unsubscribe);
});

test('an address of any length is sealed and read again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 254 }), (address) => {
      const token = tokenOf(urls.unsubscribeUrl(message, address));
      expect(urls.read('unsubscribe', token)?.address).toBe(Buffer.from(address).toString());
    }),
  );
});

test('a token of one kind is none of another, nor of another message, nor of another secret', () => {
  const made = urls.of(message, 'ann@example.com');
  const tokens = { open: made.open, click: made.click(0), unsubscribe: made.unsubscribe };
  const ids = trackingPayload({ ...message, link: null });
  const kinds = ['open', 'click', 'unsubscribe'] as const;
  for (const kind of kinds) {
    const token = tokenOf(tokens[kind]);
    const tail = token.slice(ids.length);
    expect(trackingUrls('https://crm.example', 'another secret').read(kind, token)).toBeNull();
    expect(urls.read(kind, trackingPayload({ ...other, link: null }) + tail)).toBeNull();
    expect(urls.read(kind, token.slice(0, -2) + (token.endsWith('AA') ? 'BB' : 'AA'))).toBeNull();
    for (const another of kinds) {
      if (another === kind) continue;
      expect(urls.read(another, token)).toBeNull();
      expect(urls.read(another, ids + (another === 'click' ? '0' : '') + token.slice(-22))).toBeNull();
    }
  }
});

test('links in the mails of older releases go on working', () => {
  const signed = (kind: string, payload: string) =>
    payload + createHmac('sha256', secret).update(`${kind}:${payload}`).digest('base64url').slice(0, 22);
  const token = (kind: string, tracked: TrackedMessage) => signed(kind, trackingPayload(tracked));
  const plain = { ...message, link: null };
  expect(urls.read('open', token('open', plain))).toMatchObject(plain);
  expect(urls.read('click', token('click', { ...message, link: 37 }))).toMatchObject({ ...message, link: 37 });
  expect(urls.read('unsubscribe', token('unsubscribe', plain))).toMatchObject({ ...plain, address: null });
  expect(urls.read('click', token('open', plain))).toBeNull();

  const ids = trackingPayload(plain);
  const key = createHmac('sha256', secret).update('address in an unsubscribe link').digest();
  const iv = createHmac('sha256', key).update(`${ids}:ann@example.com`).digest().subarray(0, 16);
  const cipher = createCipheriv('aes-256-ctr', key, iv);
  const sealed = Buffer.concat([iv, cipher.update('ann@example.com'), cipher.final()]).toString('base64url');
  expect(urls.read('unsubscribe', signed('unsubscribe', ids + sealed))).toMatchObject({ address: 'ann@example.com' });
});
