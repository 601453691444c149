import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startWebhook, type WebhookLedger } from '../../testing/webhook-ledger.ts';
import { channelContract, messageTo } from '../testing/channel-contract.ts';
import { startTlsWeb } from '../testing/tls-web.ts';
import { webhookChannel } from './webhook-channel.ts';

let receiver: WebhookLedger;
beforeAll(async () => {
  receiver = await startWebhook();
});
afterAll(() => receiver.stop());
afterEach(() => receiver.takeAll());

const now = () => new Date();
const open = (change: Partial<Parameters<typeof webhookChannel>[0]> = {}) =>
  webhookChannel({
    url: receiver.url,
    secret: receiver.secret,
    connections: 2,
    timeoutMs: 10_000,
    allowPrivate: true,
    now,
    ...change,
  });
const two = () => [messageTo('a@test.example'), messageTo('b@test.example')];

channelContract('webhook', {
  open,
  arrived: (to) => receiver.to(to).length,
  async read(to) {
    const message = receiver.to(to)[0];
    if (!message) throw new Error(`nothing for ${to}`);
    const { from, replyTo, subject, html, text, headers } = message;
    const header = (name: string) => Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
    return { from: `${from.name} <${from.address}>`, replyTo, subject, html, text, header };
  },
});

describe('a webhook', () => {
  test('carries thousands of messages a call, and the same messages have the same id', async () => {
    const channel = open();
    const batch = Array.from({ length: 3_000 }, (_, i) => messageTo(`many${i}@test.example`));
    await channel.send(batch);
    await channel.send(batch);
    expect(receiver.calls.map(({ messages }) => messages)).toEqual([3_000, 3_000]);
    expect(new Set(receiver.calls.map(({ id }) => id)).size).toBe(1);
    expect(receiver.taken).toHaveLength(3_000);
    await channel.close();
  });

  test('is told what became of each message', async () => {
    receiver.answer(([first, second, third]) => ({
      status: 200,
      body: JSON.stringify({
        outcomes: [
          { id: third?.id, type: 'temporary', detail: 'later' },
          { id: first?.id, type: 'sent' },
          { id: second?.id, type: 'failed', reason: 'address_unknown', detail: 'nobody of this name' },
        ],
      }),
    }));
    const channel = open();
    expect(await channel.send([...two(), messageTo('c@test.example'), messageTo('d@test.example')])).toEqual([
      { type: 'sent', detail: null },
      { type: 'failed', reason: 'address_unknown', detail: 'nobody of this name' },
      { type: 'temporary', detail: 'later' },
      { type: 'unknown', reason: 'connection_lost', detail: 'the answer does not name the message' },
    ]);
    await channel.close();
  });

  test('without an answer that can be read says of no message that it was not taken', async () => {
    const channel = open({ timeoutMs: 500 });
    for (const answer of [
      { status: 200, body: '<html>Welcome to nginx</html>' },
      { status: 500, body: 'oops' },
      { status: 502, body: '<html>Bad Gateway</html>' },
      { hang: true, taken: true },
      { drop: 'at once', taken: true },
      { drop: 'in the middle of the answer', taken: true },
    ] as const) {
      receiver.answer(() => answer);
      const outcomes = await channel.send(two());
      expect(outcomes.map(({ type }) => type)).toEqual(['repeat', 'repeat']);
    }
    await channel.close();
  });

  test.each([
    [401, { type: 'unavailable', fault: 'login_refused' }],
    [403, { type: 'unavailable', fault: 'login_refused' }],
    [404, { type: 'unavailable', fault: 'unreachable' }],
    [429, { type: 'unavailable', fault: 'throttled' }],
    [503, { type: 'unavailable', fault: 'throttled' }],
    [400, { type: 'failed', reason: 'refused' }],
    [422, { type: 'failed', reason: 'refused' }],
  ])('that answers %i took nothing, and says why', async (status, outcome) => {
    receiver.answer(() => ({ status, body: 'in its own words', taken: false }));
    const channel = open();
    expect(await channel.send(two())).toMatchObject([
      { ...outcome, detail: `${status} in its own words` },
      { ...outcome, detail: `${status} in its own words` },
    ]);
    await channel.close();
  });

  test('is not followed where it redirects to', async () => {
    receiver.answer(() => ({ status: 307, location: 'http://127.0.0.1:1/', taken: false }));
    const channel = open();
    expect(await channel.send(two())).toMatchObject([{ type: 'unavailable' }, { type: 'unavailable' }]);
    await channel.close();
  });

  test('that finds a call too large gets it in halves, and only a message too large by itself fails', async () => {
    receiver.answer((messages) => (messages.length > 1 ? { status: 413, taken: false } : { status: 204 }));
    const channel = open();
    const batch = Array.from({ length: 5 }, (_, i) => messageTo(`half${i}@test.example`));
    expect((await channel.send(batch)).map(({ type }) => type)).toEqual(batch.map(() => 'sent'));
    receiver.answer(() => ({ status: 413, taken: false }));
    expect(await channel.send(two())).toMatchObject([
      { type: 'failed', reason: 'message_too_large' },
      { type: 'failed', reason: 'message_too_large' },
    ]);
    await channel.close();
  });

  test('with another secret is refused by its receiver', async () => {
    const before = receiver.forged;
    const channel = open({ secret: `whsec_${Buffer.from('another secret of 32 bytes, wrong').toString('base64')}` });
    expect(await channel.send(two())).toMatchObject([{ fault: 'login_refused' }, { fault: 'login_refused' }]);
    expect(receiver.forged).toBe(before + 1);
    await channel.close();
  });

  test('that nobody reaches took nothing', async () => {
    const channel = open({ url: 'http://127.0.0.1:1/send' });
    expect(await channel.send(two())).toMatchObject([{ fault: 'unreachable' }, { fault: 'unreachable' }]);
    await channel.close();
  });

  test('inside a private network is called only where that is allowed, by whatever name', async () => {
    for (const url of [receiver.url, receiver.url.replace('127.0.0.1', 'localhost')]) {
      const channel = open({ url, allowPrivate: false });
      expect(await channel.send(two())).toMatchObject([{ type: 'unavailable' }, { type: 'unavailable' }]);
      await channel.close();
    }
    expect(receiver.calls).toHaveLength(0);
  });

  test('with a certificate that nobody signed is not trusted', async () => {
    const server = await startTlsWeb();
    const channel = open({ url: server.url });
    expect(await channel.send(two())).toMatchObject([{ fault: 'tls_failed' }, { fault: 'tls_failed' }]);
    await channel.close();
    const trusting = open({ url: server.url, ca: server.certificate });
    expect(await trusting.send(two())).toMatchObject([{ type: 'sent' }, { type: 'sent' }]);
    await trusting.close();
    await server.stop();
  });
});
