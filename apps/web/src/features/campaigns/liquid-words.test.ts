import { expect, test } from 'vitest';
import { liquidWords } from './liquid-words.ts';

test.each([
  ['Hello {{ customer.firstName | default: "you" }}!', 'Hello [first name]!'],
  ['{{customer.attributes.favourite_shop}} is open', '[favourite shop] is open'],
  ['{% if customer.firstName %}Hi {{ customer.firstName }}{% endif %} there', 'Hi [first name] there'],
  ['20 % off', '20 % off'],
])('%s reads %s', (source, words) => {
  expect(liquidWords(source)).toBe(words);
});
