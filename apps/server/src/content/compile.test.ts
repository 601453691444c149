import { type MessageContent, type RunContent, starters } from '@mini-crm/domain';
import { describe, expect, test } from 'vitest';
import { checkMessage } from './check-message.ts';
import { compileMessage } from './compile.ts';

const sender = { fromName: 'Shop', fromEmail: 'shop@example.com', replyTo: '', postalAddress: '1 Main St\nBoston' };
const page = (body: string) =>
  `<mjml><mj-body><mj-section><mj-column><mj-text>${body}</mj-text></mj-column></mj-section></mj-body></mjml>`;
const content = (change: Partial<MessageContent>): MessageContent => ({
  subject: 'Hello',
  preheader: '',
  mjml: page('Hello'),
  text: null,
  ...change,
});

async function compiled(change: Partial<MessageContent>): Promise<RunContent> {
  const result = await compileMessage(content(change), sender, 'marketing');
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.value;
}

async function faults(change: Partial<MessageContent>) {
  const result = await compileMessage(content(change), sender, 'marketing');
  return result.ok ? [] : result.faults.map(({ code, path, details }) => ({ code, path, details }));
}

describe('compiling', () => {
  test('leaves Liquid as it was written, wherever it stands', async () => {
    const liquid = `{% if customer.attributes.visits < 3 and customer.firstName != "<b>" %}{{ customer.firstName | default: "you & me" }}{% endif %}`;
    const { html } = await compiled({
      mjml: page(`${liquid} <span title="{{ customer.email | default: 'a"b' }}">x</span>`),
    });
    expect(html).toContain(liquid);
    expect(html).toContain(`title="{{ customer.email | default: 'a"b' }}"`);
  });

  test('collects each link once and leaves what is no plain web address', async () => {
    const { html, links } = await compiled({
      mjml: page(`<a href="https://a.example/?x=1&amp;n={{ customer.externalId | url_encode }}">1</a>
        <a class='y' href='https://b.example/'>2</a> <a href=https://c.example/c>3</a>
        <a href="https://b.example/">2 again</a>
        <a href="mailto:x@example.com">mail</a> <a href="#top">top</a>
        <a href="{{ unsubscribeUrl }}">out</a>`),
    });
    expect(links).toEqual([
      'https://a.example/?x=1&n={{ customer.externalId | url_encode }}',
      'https://b.example/',
      'https://c.example/c',
    ]);
    expect(html.match(/href="\{\{ links\[1\] \}\}"/g)).toHaveLength(2);
    expect(html).toContain('href="mailto:x@example.com"');
    expect(html).toContain('href="{{ unsubscribeUrl }}"');
    expect(html).not.toContain('b.example');
  });

  test('makes the plain text from the HTML, with links and Liquid', async () => {
    const { text } = await compiled({
      mjml: page(
        '<h1>Hello {{ customer.firstName | default: "you" }}</h1><p>See <a href="https://a.example">this</a></p>',
      ),
    });
    expect(text).toBe('Hello {{ customer.firstName | default: "you" }}\n\nSee this <{{ links[0] }}>');
  });

  test("keeps the author's own plain text", async () => {
    expect((await compiled({ text: 'Mine, {{ customer.firstName }}' })).text).toBe('Mine, {{ customer.firstName }}');
  });

  test('hides the preheader at the top, escaped around its Liquid', async () => {
    const { html } = await compiled({ preheader: 'A < B & {{ customer.firstName | default: "C" }}' });
    expect(html).toMatch(
      /<body[^>]*><div style="display:none[^>]*>A &lt; B &amp; \{\{ customer\.firstName \| default: "C" \}\}&#847;/,
    );
  });

  test('asks no font server', async () => {
    expect((await compiled({})).html).not.toContain('googleapis');
  });
});

describe('refuses', () => {
  test('a file that is asked for', async () => {
    expect(await faults({ mjml: page('{% include "/etc/passwd" %}') })).toMatchObject([
      { code: 'template_faulty', path: ['content', 'mjml'], details: { line: 1 } },
    ]);
    expect(await faults({ mjml: page("{% render 'x' %}") })).toMatchObject([{ code: 'template_faulty' }]);
    expect(await faults({ subject: "{% layout 'x' %}" })).toMatchObject([
      { code: 'template_faulty', path: ['content', 'subject'] },
    ]);
    expect(
      await faults({ mjml: '<mjml><mj-body><mj-include path="/etc/passwd" type="html" /></mj-body></mjml>' }),
    ).toMatchObject([{ code: 'mjml_faulty' }]);
  });

  test('the filter that would let HTML of a customer through', async () => {
    expect(await faults({ mjml: page('{{ customer.firstName | raw }}') })).toMatchObject([{ code: 'template_faulty' }]);
  });

  test('MJML that is broken, with its line', async () => {
    expect(await faults({ mjml: '<mjml>\n<mj-body>\n<mj-nonsense />\n</mj-body></mjml>' })).toMatchObject([
      { code: 'mjml_faulty', details: { line: 3, tag: 'mj-nonsense' } },
    ]);
    expect(await faults({ mjml: '<mjml><mj-body>' })).toMatchObject([{ code: 'mjml_faulty' }]);
    expect(await faults({ mjml: page('</mj-text>\n<mj-text>Hello') })).toEqual([]);
    expect(
      await faults({ mjml: page('</mj-text>\n\n<mj-button href="https://a.example/?x=1>2">Hello') }),
    ).toMatchObject([
      {
        code: 'mjml_faulty',
        details: { line: 3, tag: 'mj-button', message: '<mj-button> is not closed before </mj-text>' },
      },
    ]);
    expect(await faults({ mjml: `${page('x')}</mjml>` })).toMatchObject([
      { details: { message: '</mjml> closes nothing' } },
    ]);
    expect(await faults({ mjml: page('<!-- <mj-text> --> <br> <mj-text') })).toEqual([]);
    expect(await faults({ mjml: 'Hello' })).toMatchObject([{ code: 'mjml_faulty' }]);
  });

  test('Liquid that is broken, with its part and line', async () => {
    expect(await faults({ mjml: page('\n\n{% if %}') })).toMatchObject([
      { code: 'template_faulty', path: ['content', 'mjml'], details: { line: 3 } },
    ]);
    expect(await faults({ text: '{{ x ' })).toMatchObject([{ path: ['content', 'text'] }]);
    expect(await faults({ mjml: page('{{ customer.firstName | nonsense }}') })).toMatchObject([
      { code: 'template_faulty' },
    ]);
  });

  test('a tag between elements, where MJML would drop it', async () => {
    const mjml = `<mjml><mj-body>{% if customer.firstName %}<mj-section></mj-section>{% endif %}</mj-body></mjml>`;
    expect(await faults({ mjml })).toMatchObject([{ code: 'tag_misplaced', details: { line: 1 } }]);
    const raw = mjml.replace(/(\{%.*?%\})/g, '<mj-raw>$1</mj-raw>');
    expect(await faults({ mjml: raw })).toEqual([]);
  });
});

describe('checking', () => {
  const check = (change: Partial<MessageContent>) =>
    checkMessage(content(change), sender, 'marketing', [{ slug: 'size' }]);

  test('names variables that nobody has, in any part', async () => {
    const report = await check({
      subject: '{{ customer.fristName }}',
      mjml: page('{{ customer.attributes.size }}{{ customer.attributes.colour | default: "red" }}{{ nobody.x }}'),
      text: '{% for part in customer.attributes.size %}{{ part }}{{ forloop.index }}{% endfor %}{{ unsubscribeUrl }}',
    });
    expect(report.faults.map(({ path, details }) => [path[1], details?.name])).toEqual([
      ['subject', 'customer.fristName'],
      ['mjml', 'customer.attributes.colour'],
      ['mjml', 'nobody.x'],
    ]);
  });

  test('sees whether the unsubscribe link is there for everybody', async () => {
    const link = '<a href="{{ unsubscribeUrl }}">Out</a>';
    expect((await check({ mjml: page(link) })).unsubscribe).toEqual({ html: true, text: true });
    expect((await check({ mjml: page('{{ unsubscribeUrl }}') })).unsubscribe).toEqual({ html: false, text: true });
    expect((await check({ mjml: page(`{% if customer.firstName %}${link}{% endif %}`) })).unsubscribe.html).toBe(false);
    expect((await check({ mjml: page(`<!-- ${link} -->`) })).unsubscribe.html).toBe(false);
    expect((await check({ mjml: page(link), text: 'No link' })).unsubscribe).toEqual({ html: true, text: false });
  });

  test.each(starters)('the starter "$name" has nothing to mend', async ({ subject, preheader, mjml }) => {
    expect(await check({ subject, preheader, mjml })).toEqual({
      faults: [],
      unsubscribe: { html: true, text: true },
      showsPostalAddress: true,
    });
  });
});
