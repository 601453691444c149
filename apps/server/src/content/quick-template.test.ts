import fc from 'fast-check';
import { expect, test } from 'vitest';
import { htmlEngine, textEngine } from './liquid-engines.ts';
import { liquidEscape, quickTemplate } from './quick-template.ts';

const value = fc.oneof(
  fc.constantFrom(null, undefined, '', 'Ann', `O'Brien & <b>"Co"</b>`, '{{ x }}', 0, 12.5, -1, true, false),
  fc.constantFrom<unknown>(['a', 'b'], { size: 3 }, new Date(0)),
  fc.string(),
);
const scope = fc.record(
  {
    customer: fc.record(
      { firstName: value, attributes: fc.record({ color: value, size: value, toString: value }, { requiredKeys: [] }) },
      { requiredKeys: [] },
    ),
    links: fc.array(fc.string(), { maxLength: 3 }),
    unsubscribeUrl: value,
  },
  { requiredKeys: [] },
);
const piece = fc.constantFrom(
  'Hello ',
  '<a href="x">\n',
  '{',
  '}}',
  '{{customer.firstName}}',
  '{{ customer.firstName | default: "there" }}',
  '{{ customer.firstName | default: \'you "two"\' }}',
  '{{ customer.attributes.color | default: "" }}',
  '{{ customer.attributes.size }}',
  '{{ customer.attributes.toString }}',
  '{{ customer.gone.further }}',
  '{{ links[1] }}',
  '{{ unsubscribeUrl }}',
  '{{- customer.firstName -}}',
  '{{ customer.firstName | upcase }}',
  '{% if customer.firstName %}yes{% endif %}',
  '{{ customer.firstName.size }}',
  '{{ "text" }}',
  '{{ nil | default: "x" }}',
);
const template = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));

test.each([
  ['HTML', htmlEngine, liquidEscape],
  ['text', textEngine, (text: string) => text],
] as const)('shows what Liquid shows, as %s, or leaves it to Liquid', { timeout: 60_000 }, (_as, engine, escaped) => {
  let quick = 0;
  fc.assert(
    fc.property(template, scope, (source, given) => {
      const made = quickTemplate(source, escaped)?.(given);
      if (typeof made !== 'string') return;
      quick++;
      expect(made).toBe(engine.parseAndRenderSync(source, given));
    }),
    { numRuns: process.env.CI ? 20_000 : 3_000 },
  );
  expect(quick).toBeGreaterThan(200);
});

test('leaves tags, filters and trimming to Liquid', () => {
  const isQuick = (source: string) => quickTemplate(source, (text) => text) !== null;
  expect(isQuick('Hi {{ customer.firstName | default: "there" }}, {{ links[0] }}')).toBe(true);
  for (const source of ['{% raw %}{{ x }}{% endraw %}', '{{ x | upcase }}', '{{- x }}', '{{ x.size }}', '{{ "x" }}']) {
    expect(isQuick(source)).toBe(false);
  }
});
