import { expect, test } from 'vitest';
import { highlight } from './highlight.ts';

test('tells tags, attributes, Liquid and comments apart', () => {
  const source = '<mj-text color="#fff">Hi {{ customer.firstName | default: "you" }}<!-- x --></mj-text>';
  expect(highlight(source).map(({ kind, text }) => [kind, text])).toEqual([
    ['tag', '<mj-text'],
    ['plain', ' color='],
    ['text', '"#fff"'],
    ['tag', '>'],
    ['plain', 'Hi '],
    ['liquid', '{{ customer.firstName | default: "you" }}'],
    ['comment', '<!-- x -->'],
    ['tag', '</mj-text'],
    ['tag', '>'],
  ]);
});

test.each(['', '{{ open', '<!-- open', 'a < b "c', '{% if x %}\n  <p>'])(
  'the pieces of %j are the source again',
  (source) => {
    expect(
      highlight(source)
        .map(({ text }) => text)
        .join(''),
    ).toBe(source);
  },
);
