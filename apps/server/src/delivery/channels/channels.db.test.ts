import { generateKeyPairSync } from 'node:crypto';
import { type TestDatabase, testDatabase } from '@mini-crm/db/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type SmtpLedger, startSmtp } from '../../testing/smtp-ledger.ts';
import { channelContract, messageTo } from '../testing/channel-contract.ts';
import { type CrookedSmtp, startCrookedSmtp } from '../testing/crooked-smtp.ts';
import { startLoginSmtp, startStartTlsSmtp, startTlsSmtp } from '../testing/login-smtp.ts';
import type { DeliveryChannel } from './channel.ts';
import { dkimSigner } from './dkim.ts';
import { outboxChannel } from './outbox-channel.ts';
import { smtpChannel } from './smtp-channel.ts';

const now = () => new Date();

describe('the outbox', () => {
  let store: TestDatabase;
  beforeAll(async () => {
    store = await testDatabase();
  });
  afterAll(() => store.close());
  const kept = (to: string) => store.db.collection('outbox').find({ to }).toArray();
  channelContract('outbox', {
    open: () => outboxChannel(store.database, now),
    arrived: async (to) => (await kept(to)).length,
    async read(to) {
      const [message] = await kept(to);
      if (!message) throw new Error(`nothing for ${to}`);
      const { from, replyTo, subject, html, text, headers } = message;
      const header = (name: string) =>
        Object.entries(headers as Record<string, string>).find(([key]) => key.toLowerCase() === name)?.[1];
      return { from, replyTo, subject, html, text, header };
    },
  });
});

describe('SMTP', () => {
  let smtp: SmtpLedger;
  beforeAll(async () => {
    smtp = await startSmtp();
  });
  afterAll(() => smtp.stop());
  const open = (connections = 5) => smtpChannel({ url: smtp.url, connections, timeoutMs: 2_000, now });

  afterEach(() => smtp.clear());
  channelContract('smtp', {
    open,
    arrived: (to) => smtp.to(to).length,
    async read(to) {
      const { headers, html, text } = (await smtp.waitFor(to)).message;
      const header = (name: string) => headers.get(name)?.[0];
      const [from, replyTo, subject] = [header('from'), header('reply-to'), header('subject')];
      return { from: from ?? '', replyTo: replyTo ?? '', subject: subject ?? '', html, text, header };
    },
  });

  describe('with a signature', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const sign = dkimSigner({ domain: 'example.com', selector: 'crm', algorithm: 'ed25519', privateKey }, now);
    channelContract('smtp and dkim', {
      open: () => smtpChannel({ url: smtp.url, connections: 2, timeoutMs: 2_000, now, sign }),
      arrived: (to) => smtp.to(to).length,
      async read(to) {
        const { headers, html, text } = (await smtp.waitFor(to)).message;
        expect(headers.get('dkim-signature')?.[0]).toContain('d=example.com');
        const header = (name: string) => headers.get(name)?.[0];
        const [from, replyTo, subject] = [header('from'), header('reply-to'), header('subject')];
        return { from: from ?? '', replyTo: replyTo ?? '', subject: subject ?? '', html, text, header };
      },
    });
  });

  test('matches every answer to its message, however they are mixed', async () => {
    smtp.answer({ recipient: /^busy/, stage: 'rcpt', code: 451, text: '4.7.1 greylisted' });
    smtp.answer({ recipient: /^gone/, stage: 'rcpt', code: 550, text: '5.1.1 no such user' });
    smtp.answer({ recipient: /^spam/, stage: 'data', code: 554, text: '5.7.1 looks like spam' });
    smtp.answer({ recipient: /^full/, stage: 'data', code: 452, text: '4.2.2 full' });
    const names = ['fine', 'busy', 'gone', 'fine', 'spam', 'full', 'fine', 'gone'];
    const channel = open(3);
    const outcomes = await channel.send(names.map((name, i) => messageTo(`${name}${i}@mixed.example`)));
    const said = outcomes.map((outcome) => ('reason' in outcome ? outcome.reason : outcome.type));
    expect(said).toEqual([
      'sent',
      'temporary',
      'address_unknown',
      'sent',
      'policy_refused',
      'temporary',
      'sent',
      'address_unknown',
    ]);
    smtp.acceptAll();
    await channel.close();
  });

  test('keeps connections from message to message', async () => {
    const before = smtp.connections();
    const channel = open(2);
    await channel.send(Array.from({ length: 30 }, (_, i) => messageTo(`pool${i}@test.example`)));
    expect(smtp.connections() - before).toBe(2);
    await channel.close();
  });

  test('a server that nobody reaches is no fault of the recipient', async () => {
    const channel = smtpChannel({ url: 'smtp://127.0.0.1:1', connections: 5, timeoutMs: 1_000, now });
    const outcomes = await channel.send([messageTo('a@test.example'), messageTo('b@test.example')]);
    expect(outcomes).toMatchObject([
      { type: 'unavailable', fault: 'unreachable' },
      { type: 'unavailable', fault: 'unreachable' },
    ]);
    await channel.close();
  });

  test('a refused login is no fault of the recipient', async () => {
    const server = await startLoginSmtp('ann', 'secret');
    const wrong = smtpChannel({
      url: `smtp://ann:wrong@127.0.0.1:${server.port}`,
      connections: 2,
      timeoutMs: 2_000,
      now,
    });
    expect(await wrong.send([messageTo('a@test.example')])).toMatchObject([
      { type: 'unavailable', fault: 'login_refused' },
    ]);
    await wrong.close();
    const right = smtpChannel({
      url: `smtp://ann:secret@127.0.0.1:${server.port}`,
      connections: 2,
      timeoutMs: 2_000,
      now,
    });
    expect(await right.send([messageTo('a@test.example')])).toMatchObject([{ type: 'sent' }]);
    await right.close();
    await server.stop();
  });

  test.each([
    ['from the start', startTlsSmtp, 'smtps'],
    ['by STARTTLS', startStartTlsSmtp, 'smtp'],
  ])(
    'with TLS %s a certificate that nobody signed stops the sending unless it is allowed',
    async (_how, start, protocol) => {
      const server = await start();
      const url = `${protocol}://127.0.0.1:${server.port}`;
      const strict = smtpChannel({ url, connections: 1, timeoutMs: 2_000, now });
      expect(await strict.send([messageTo('a@test.example')])).toMatchObject([
        { type: 'unavailable', fault: 'tls_failed' },
      ]);
      await strict.close();
      const lax = smtpChannel({ url: `${url}?tls.rejectUnauthorized=false`, connections: 1, timeoutMs: 2_000, now });
      expect(await lax.send([messageTo('a@test.example')])).toMatchObject([{ type: 'sent' }]);
      await lax.close();
      await server.stop();
    },
  );
});

describe.each([
  ['that answers each command', false],
  ['that takes commands ahead of its answers', true],
])('an SMTP server %s and breaks off', (_what, pipelining) => {
  let crooked: CrookedSmtp;
  let channel: DeliveryChannel;
  beforeAll(async () => {
    const crooks = {
      rcpt: 'drop at RCPT',
      middle: 'drop in the message',
      lost: 'take and drop before the answer',
      hang: 'hang before the answer',
      idle: 'drop the idle connection',
      html: 'answer HTML',
      nobody: 'refuse, then ask for the message',
    } as const;
    const crook = (recipient: string) => crooks[recipient.split('@')[0] as keyof typeof crooks] ?? null;
    crooked = await startCrookedSmtp(crook, { pipelining });
    channel = smtpChannel({ url: crooked.url, connections: 1, timeoutMs: 500, now });
  });
  afterAll(async () => {
    await channel.close();
    await crooked.stop();
  });

  test.each([
    ['at the recipient: it surely did not arrive, and may go again', 'rcpt', 'temporary'],
    ['in the middle of the message: nobody can say', 'middle', 'unknown'],
    ['after it took the message: nobody can say', 'lost', 'unknown'],
    ['by saying nothing: nobody can say', 'hang', 'unknown'],
    ['by answering what is no SMTP: it surely did not arrive', 'html', 'temporary'],
    ['by asking for the message of a refused recipient: nobody gets it', 'nobody', 'failed'],
  ])('%s', async (_what, name, type) => {
    const outcomes = await channel.send([messageTo(`${name}@test.example`), messageTo('next@test.example')]);
    expect(outcomes.map((outcome) => outcome.type)).toEqual([type, 'sent']);
  });

  test('between two messages: the next one goes over a new connection and arrives once', async () => {
    await channel.send([messageTo('idle@test.example')]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await channel.send([messageTo('after@test.example')])).toMatchObject([{ type: 'sent' }]);
    expect(crooked.taken.filter((recipient) => recipient === 'after@test.example')).toHaveLength(1);
  });

  test('while a second message is on its way: the first is unknown, the second arrives once over a new connection', async () => {
    const batch = ['first', 'lost', 'behind', 'last'].map((name) => messageTo(`${name}@overlap.example`));
    const outcomes = await channel.send(batch);
    expect(outcomes.map(({ type }) => type)).toEqual(['sent', 'unknown', 'sent', 'sent']);
    for (const { to } of batch) expect(crooked.taken.filter((recipient) => recipient === to)).toHaveLength(1);
  });
});
