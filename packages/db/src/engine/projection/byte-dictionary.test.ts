import { expect, test } from 'vitest';
import { byteDictionary } from './byte-dictionary.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('finds each of many texts by its number, and none that is not there', () => {
  const dictionary = byteDictionary();
  const texts = ['', 'a', 'aa', '\0', 'ä', 'cus_é', ...Array.from({ length: 5000 }, (_, i) => `cus_${i}`)];
  const added = texts.map((text) => {
    const source = bytes(`<${text}>`);
    const before = dictionary.find(source, 1, source.length - 1);
    return [before, dictionary.add(source, 1, source.length - 1)];
  });
  expect(added).toEqual(texts.map((_, number) => [-1, number]));
  const found = texts.map((text) => dictionary.find(bytes(text), 0, bytes(text).length));
  expect(found).toEqual(texts.map((_, number) => number));
  expect(dictionary.find(bytes('cus_5000'), 0, 8)).toBe(-1);
  dictionary.clear();
  expect(dictionary.size()).toBe(0);
  expect(dictionary.find(bytes('a'), 0, 1)).toBe(-1);
  expect(dictionary.add(bytes('b'), 0, 1)).toBe(0);
});
