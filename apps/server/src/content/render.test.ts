import type { MessageContent } from '@mini-crm/domain';
import { describe, expect, test } from 'vitest';
import { compileMessage } from './compile.ts';
import { linkTarget, type OpenMessage, openMessage, type Recipient, renderMessage } from './render.ts';

const sender = { fromName: 'Shop', fromEmail: 'shop@example.com', replyTo: '', postalAddress: '1 Main St\nBoston' };
const page = (body: string) =>
  `<mjml><mj-body><mj-section><mj-column><mj-text>${body}</mj-text></mj-column></mj-section></mj-body></mjml>`;

async function message(change: Partial<MessageContent>): Promise<OpenMessage> {
  const content = { subject: 'Hello', preheader: '', mjml: page('Hello'), text: null, ...change };
  const compiled = await compileMessage(content, sender, 'marketing');
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.faults));
  return openMessage(compiled.value);
}

const customer: Recipient['customer'] = {
  id: 'cus_00000000000000000000000001' as Recipient['customer']['id'],
  firstName: 'Ann',
  lastName: 'Lee',
  email: 'ann@example.com',
  phone: null,
  externalId: '0042',
  locale: null,
  timeZone: null,
  attributes: { size: 'M', budget: { amount: 1250, currency: 'EUR' }, tags: ['a', 'b'] },
};
const recipient = (change: Partial<Recipient['customer']> = {}): Recipient => ({
  customer: { ...customer, ...change },
  organization: { name: 'Shop & Sons', postalAddress: '1 Main St\nBoston' },
  links: (index) => `https://track.example/${index}?a=1&b=2`,
  unsubscribeUrl: 'https://track.example/u',
  pixelUrl: 'https://track.example/p.gif',
});

async function rendered(change: Partial<MessageContent>, to = recipient()) {
  const result = renderMessage(await message(change), to);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

describe('rendering', () => {
  test('shows fields and attributes, and defaults where nothing is known', async () => {
    const text =
      '{{ customer.firstName | default: "there" }} {{ customer.phone | default: "none" }} {{ customer.attributes.budget }} {{ customer.attributes.gone | default: "-" }} {{ customer.attributes.tags | join: "+" }}';
    expect((await rendered({ text })).text).toBe('Ann none 12.50 EUR - a+b');
    expect((await rendered({ text }, recipient({ firstName: null }))).text).toMatch(/^there /);
  });

  test.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    [`O'Brien "Bob" & Co`, 'O&#39;Brien &#34;Bob&#34; &amp; Co'],
    ['Zoë 👩‍👩‍👧 🎉', 'Zoë 👩‍👩‍👧 🎉'],
    ['{{ organization.name }}', '{{ organization.name }}'],
  ])('a first name %s is text in HTML, and itself in plain text and subject', async (firstName, escaped) => {
    const to = recipient({ firstName });
    const result = await rendered(
      {
        subject: 'Hi {{ customer.firstName }}',
        mjml: page('<b title="{{ customer.firstName }}">Hi {{ customer.firstName }}!</b>'),
      },
      to,
    );
    expect(result.html).toContain(`<b title="${escaped}">Hi ${escaped}!</b>`);
    expect(result.text).toBe(`Hi ${firstName}!`);
    expect(result.subject).toBe(`Hi ${firstName}`);
  });

  test('a subject is one line whatever a customer typed', async () => {
    const to = recipient({ firstName: 'Ann\r\nBcc: all@example.com\u0000\u2028x' });
    expect((await rendered({ subject: '{{ customer.firstName }}' }, to)).subject).toBe('Ann Bcc: all@example.com x');
    const long = await rendered({ subject: '{% for i in (1..200) %}👍👍👍👍👍{% endfor %}' });
    expect([...long.subject]).toHaveLength(400);
  });

  test('puts tracked links, the pixel and the address in', async () => {
    const mjml = page(
      '<a href="https://a.example/?x=1&amp;y=2">1</a> {{ organization.name }} {{ organization.postalAddress }} <a href="{{ unsubscribeUrl }}">out</a>',
    );
    const result = await rendered({ mjml });
    expect(result.html).toContain('href="https://track.example/0?a=1&amp;b=2"');
    expect(result.html).toContain('Shop &amp; Sons 1 Main St, Boston');
    expect(result.html).toContain('<img src="https://track.example/p.gif"');
    expect(result.text).toContain('1 <https://track.example/0?a=1&b=2>');
    expect(result.text).toContain('out <https://track.example/u>');
    const preview = renderMessage(await message({ mjml }), { ...recipient(), links: null, pixelUrl: null });
    expect(preview.ok && preview.value.html).toContain('href="https://a.example/?x=1&amp;y=2"');
    expect(preview.ok && preview.value.html).not.toContain('p.gif');
  });

  test.each([
    ['loops without end', '{% for i in (1..1000000000) %}x{% endfor %}'],
    [
      'nests loops',
      '{% for a in (1..9999) %}{% for b in (1..9999) %}{% for c in (1..9999) %}x{% endfor %}{% endfor %}{% endfor %}',
    ],
    [
      'doubles a text',
      '{% assign s = "xxxxxxxxxx" %}{% for i in (1..40) %}{% assign s = s | append: s %}{% endfor %}{{ s }}',
    ],
    [
      'captures for ever',
      '{% capture s %}xxxxxxxxxx{% endcapture %}{% for i in (1..40) %}{% capture s %}{{ s }}{{ s }}{% endcapture %}{% endfor %}{{ s }}',
    ],
    ['writes 100 MB', `{% for i in (1..90000) %}${'x'.repeat(2000)}{% endfor %}`],
  ])('a template that %s fails for that person, and soon', async (_what, liquid) => {
    const open = await message({ text: liquid });
    const before = Date.now();
    const result = renderMessage(open, recipient());
    expect(result).toMatchObject({ ok: false, error: { code: 'template_faulty' } });
    expect(Date.now() - before).toBeLessThan(2000);
  });

  test('reaches nothing but its variables', async () => {
    const text =
      '{{ customer.constructor }}{{ customer.__proto__.x }}{{ process.env.PATH }}{{ customer.attributes.toString }}.';
    expect((await rendered({ text })).text).toBe('.');
  });
});

describe('a click', () => {
  test("goes to the message's own link, rendered for that person", async () => {
    const open = await message({
      mjml: page(
        '<a href="https://a.example/{{ customer.externalId | url_encode }}?n={{ customer.firstName | url_encode }}">1</a>',
      ),
    });
    expect(linkTarget(open, 0, recipient({ firstName: 'A&B é' }))).toBe('https://a.example/0042?n=A%26B+%C3%A9');
    expect(linkTarget(open, 1, recipient())).toBeNull();
    expect(linkTarget(open, -1, recipient())).toBeNull();
  });

  test('goes nowhere when what comes out is no web address', async () => {
    const open = await message({ mjml: page('<a href="https://{{ customer.externalId }}">1</a>') });
    expect(linkTarget(open, 0, recipient({ externalId: ' ' }))).toBeNull();
  });
});
