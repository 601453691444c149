import { type CampaignId, type CustomerId, makeId, type OrganizationId } from '@mini-crm/domain';
import { expect, test } from 'vitest';
import type { ChannelMessage, DeliveryChannel } from '../channels/channel.ts';

/** A channel on its stage: how to open it, and what the receiving side has of a message. */
export interface ChannelUnderTest {
  open(): DeliveryChannel;
  /** How many messages arrived for an address. */
  arrived(address: string): Promise<number> | number;
  /** What arrived for an address, as its reader sees it. */
  read(address: string): Promise<ArrivedMessage>;
}

export interface ArrivedMessage {
  readonly from: string;
  readonly replyTo: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly header: (name: string) => string | undefined;
}

const id = <K extends 'organization' | 'campaign' | 'customer'>(kind: K, n: number) =>
  makeId(kind, n, new Uint8Array(16).fill(n));

/** A message to an address. */
export function messageTo(to: string, change: Partial<ChannelMessage> = {}): ChannelMessage {
  return {
    id: `${to.replace('@', '.')}@example.com`,
    orgId: id('organization', 1) as OrganizationId,
    campaignId: id('campaign', 1) as CampaignId,
    customerId: id('customer', 1) as CustomerId,
    from: { name: 'The Shop', address: 'shop@example.com' },
    replyTo: 'help@example.com',
    to,
    subject: 'Hello',
    html: '<p>Hello</p>',
    text: 'Hello',
    headers: { 'List-Unsubscribe': '<https://crm.example/u/token>' },
    ...change,
  };
}

/** What every channel keeps: the engine relies on nothing else. */
export function channelContract(name: string, stage: ChannelUnderTest): void {
  test(`${name}: answers for each message of a batch, in its order`, async () => {
    const channel = stage.open();
    const batch = Array.from({ length: Math.min(20, channel.capabilities.batchSize) }, (_, i) =>
      messageTo(`order${i}@test.example`),
    );
    const outcomes = await channel.send(batch);
    expect(outcomes.map(({ type }) => type)).toEqual(batch.map(() => 'sent'));
    for (const { to } of batch) expect(await stage.arrived(to)).toBe(1);
    await channel.close();
  });

  test(`${name}: an empty batch is no work`, async () => {
    const channel = stage.open();
    expect(await channel.send([])).toEqual([]);
    await channel.close();
  });

  test(`${name}: a message arrives as it was written, in any script`, async () => {
    const channel = stage.open();
    const html = `<p>Zoë 🎉 ${'very '.repeat(300)}long</p>\n<p>.a line that begins with a dot</p>`;
    const message = messageTo('reader@test.example', {
      subject: 'Grüße 🎉 an alle, die heute hier sind und noch ein wenig bleiben',
      from: { name: 'Žluťoučký "kůň", s.r.o.', address: 'shop@example.com' },
      html,
      text: 'Zoë 🎉\n.dot',
    });
    expect(await channel.send([message])).toMatchObject([{ type: 'sent' }]);
    const arrived = await stage.read('reader@test.example');
    expect(arrived.subject).toBe(message.subject);
    expect(arrived.html.replaceAll('\r\n', '\n').trim()).toBe(html);
    expect(arrived.text.replaceAll('\r\n', '\n').trim()).toBe('Zoë 🎉\n.dot');
    expect(arrived.from).toContain('Žluťoučký');
    expect(arrived.from).toContain('shop@example.com');
    expect(arrived.replyTo).toBe('help@example.com');
    expect(arrived.header('list-unsubscribe')).toBe('<https://crm.example/u/token>');
    await channel.close();
  });

  test(`${name}: no text of a message can add a header`, async () => {
    const channel = stage.open();
    const evil = 'x\r\nBcc: everybody@test.example\r\n\r\nbody';
    await channel.send([
      messageTo('careful@test.example', {
        subject: evil,
        from: { name: evil, address: 'shop@example.com' },
        headers: { 'List-Unsubscribe': evil },
      }),
    ]);
    expect(await stage.arrived('everybody@test.example')).toBe(0);
    if ((await stage.arrived('careful@test.example')) > 0) {
      expect((await stage.read('careful@test.example')).header('bcc')).toBeUndefined();
    }
    await channel.close();
  });

  test(`${name}: the same message again is no second one, if the channel says so of itself`, async () => {
    const channel = stage.open();
    const message = messageTo('again@test.example');
    await channel.send([message]);
    await channel.send([message]);
    expect(await stage.arrived('again@test.example')).toBe(channel.capabilities.idempotent ? 1 : 2);
    await channel.close();
  });
}
