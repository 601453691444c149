import type { RunContent } from '@mini-crm/domain';
import { expect, test } from 'vitest';
import { reportOf } from './check-message.ts';
import { compileMessage } from './compile.ts';
import { protectLiquid } from './liquid-source.ts';
import { compileMjml } from './mjml.ts';
import { plainTextOf } from './plain-text-of.ts';
import { openMessage, renderMessage } from './render.ts';
import { trackLinks } from './track-links.ts';

const sender = { fromName: 'Shop', fromEmail: 'shop@example.com', replyTo: '', postalAddress: '1 Main St' };
const run = (change: Partial<RunContent>): RunContent => ({
  subject: '',
  preheader: '',
  html: '',
  text: '',
  links: [],
  sender,
  purpose: 'marketing',
  ...change,
});
const recipient = {
  customer: {
    id: 'cus_00000000000000000000000001' as never,
    firstName: null,
    lastName: null,
    email: 'ann@x.example',
    phone: null,
    externalId: null,
    locale: null,
    timeZone: null,
    attributes: {},
  },
  organization: { name: 'Shop', postalAddress: '' },
  unsubscribeUrl: 'https://crm.example/u/1',
  pixelUrl: null,
  links: null,
};
const report = (html: string) =>
  reportOf({ subject: '', preheader: '', mjml: 'x', text: null }, { ok: true, value: run({ html }) }, []);

// 300,000 characters, what a design may have: a search that starts over at each tag would take minutes.
const long = (text: string) => text.repeat(300_000 / text.length);

test.each([
  ['anchors that are never closed', () => trackLinks(long('<a '), protectLiquid(''))],
  ['anchors that are never closed, in the check', () => report(long('<a '))],
  ['comments that are never closed', () => report(long('<!--'))],
  ['one long name of a tag', () => compileMjml(`<mjml><mj${long('a')}`, () => false)],
  ['blanks that are not at the end of a line', () => plainTextOf(`<p>${'&nbsp;'.repeat(200_000)}x</p>`)],
  ['placeholders that are all lost', () => protectLiquid(long('{{a}} ')).missingFrom(long('text '))],
])('%s cost little', async (_what, work) => {
  const before = performance.now();
  await work();
  expect(performance.now() - before).toBeLessThan(3_000);
});

test('a message with more links than are followed is refused with their number', async () => {
  const links = Array.from({ length: 501 }, (_, i) => `<a href="https://x.example/${i}">x</a>`);
  const compile = (count: number) => {
    const text = links.slice(0, count).join('');
    const mjml = `<mjml><mj-body><mj-section><mj-column><mj-text>${text}</mj-text></mj-column></mj-section></mj-body></mjml>`;
    return compileMessage({ subject: 'Hi', preheader: '', mjml, text: null }, sender, 'marketing');
  };
  expect(await compile(501)).toEqual({
    ok: false,
    faults: [{ code: 'too_many_links', path: ['content', 'mjml'], details: { count: 501, maximum: 500 } }],
  });
  expect((await compile(500)).ok).toBe(true);
});

test('all parts of a message share one time', () => {
  // Each link alone is quick enough.
  const slow = 'https://x.example/{% for i in (1..5000) %}{% if i == 0 %}x{% endif %}{% endfor %}';
  const message = openMessage(run({ links: Array.from({ length: 500 }, () => slow) }));
  const before = performance.now();
  expect(renderMessage(message, recipient)).toMatchObject({ ok: false, error: { code: 'template_faulty' } });
  expect(performance.now() - before).toBeLessThan(1_000);
});
