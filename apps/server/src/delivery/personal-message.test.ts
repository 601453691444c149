import { type Customer, makeId, type RunContent } from '@mini-crm/domain';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { compileMessage } from '../content/compile.ts';
import { openMessage } from '../content/render.ts';
import { trackingUrls } from '../tracking/tracking-urls.ts';
import { buildMime } from './channels/mime.ts';
import { personalMessage, type RunMessages } from './personal-message.ts';

const bytes = new Uint8Array(16).fill(3);
const sender = { fromName: 'Shop', fromEmail: 'shop@example.com', replyTo: '', postalAddress: '1 Main St\nBoston' };

async function messagesOf(subject: string, body: string): Promise<RunMessages> {
  const mjml = `<mjml><mj-body><mj-section><mj-column><mj-text>${body}</mj-text></mj-column></mj-section></mj-body></mjml>`;
  const compiled = await compileMessage({ subject, preheader: '', mjml, text: null }, sender, 'marketing');
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.faults));
  const content: RunContent = compiled.value;
  return {
    orgId: makeId('organization', 1, bytes),
    organizationName: 'Shop & Sons',
    run: { id: makeId('run', 1, bytes), campaignId: makeId('campaign', 1, bytes), content },
    template: openMessage(content),
    urls: trackingUrls('https://crm.example', 'a secret for tests'),
    oneClick: true,
    state: async () => 'sending',
    clearTrouble: async () => undefined,
  };
}

const customer = (fields: Partial<Customer>): Customer => ({
  id: makeId('customer', 1, bytes),
  externalId: null,
  email: 'ann@example.com',
  phone: null,
  firstName: null,
  lastName: null,
  timeZone: null,
  locale: null,
  attributes: {},
  consents: {},
  rollups: { orderCount: 0, revenue: 0, firstOrderAt: null, lastOrderAt: null },
  createdAt: new Date(0),
  updatedAt: new Date(0),
  version: 1,
  ...fields,
});

const made = (shared: RunMessages, fields: Partial<Customer>) => {
  const message = personalMessage(shared, customer(fields), 'ann@example.com');
  if ('type' in message) throw new Error(JSON.stringify(message));
  return message;
};

const plain =
  'Zoë says: {{ customer.firstName | default: "there" }}, {{ customer.attributes.word }}.{{ customer.lastName }}\n=3D <a href="https://shop.example/{{ customer.externalId }}?a=1">See</a> <a href="{{ unsubscribeUrl }}">Leave</a>';

const awkward = ['', ' ', '=', '=3D', '.', '\n', '\r\n', '\t', 'ß', '🎉', '<b>', '"', '&', 'x'.repeat(80), '{{ x }}'];
const value = fc
  .array(fc.oneof(fc.constantFrom(...awkward), fc.string({ unit: 'grapheme', maxLength: 12 })), { maxLength: 5 })
  .map((parts) => parts.join('').replace(/[^\P{Cc}\n\r\t]|\p{Cs}/gu, ''));
const unified = (text: string) => text.replace(/\r\n|\r|\n/g, '\n').replace(/\n*$/, '');

test('bodies that were encoded ahead read as rendered ones, whatever a customer is called', {
  timeout: 60_000,
}, async () => {
  const shared = await messagesOf('Hi {{ customer.firstName }}', plain);
  await fc.assert(
    fc.asyncProperty(value, value, value, async (firstName, lastName, word) => {
      const message = made(shared, { firstName, lastName, attributes: { word } });
      if (!message.encoded) throw new Error('it was not encoded ahead');
      const mail = buildMime(message, new Date(0));
      for (const line of mail.toString('latin1').split('\r\n')) {
        expect(line.length).toBeLessThanOrEqual(200);
        expect(line).not.toMatch(/[\r\n\x80-\xff]/);
      }
      for (const line of message.encoded.html.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76);
      const parsed = await simpleParser(mail, { skipTextToHtml: true, skipHtmlToText: true });
      expect(unified(String(parsed.html))).toBe(unified(message.html));
      expect(unified(parsed.text ?? '')).toBe(unified(message.text));
    }),
    { numRuns: process.env.CI ? 1_000 : 60 },
  );
});

test('a template that takes Liquid is rendered by it', async () => {
  const shared = await messagesOf('Hi', '{{ customer.firstName | upcase }} {{ customer.attributes.tags | join: "+" }}');
  const message = made(shared, { firstName: 'Ann', attributes: { tags: ['a', 'b'] } });
  expect(message.encoded).toBeUndefined();
  expect(message.html).toContain('ANN a+b');
  const list = await messagesOf('Hi', '{{ customer.attributes.tags }}');
  expect(made(list, { attributes: { tags: ['a', 'b'] } }).html).toContain('ab');
});
