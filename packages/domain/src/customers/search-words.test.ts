import fc from 'fast-check';
import { expect, test } from 'vitest';
import { searchTerms, searchWords } from './search-words.ts';

const nobody = { externalId: null, email: null, phone: null, firstName: null, lastName: null };
const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });

const finds = (text: string, words: readonly string[]) =>
  searchTerms(text).every((term) => words.some((candidate) => candidate.startsWith(term)));

test('a customer is found by each of their fields as it is written', () => {
  fc.assert(
    fc.property(word, word, word, (firstName, lastName, externalId) => {
      const words = searchWords({ ...nobody, firstName, lastName, externalId });
      for (const text of [firstName, lastName, `${firstName} ${lastName}`, `${lastName}, ${firstName}`, externalId]) {
        expect(finds(text, words), text).toBe(true);
      }
    }),
  );
});

test('a customer is found by a beginning of a name in any case', () => {
  fc.assert(
    fc.property(word, fc.nat(), (firstName, length) => {
      const words = searchWords({ ...nobody, firstName });
      const characters = [...firstName.normalize('NFC')];
      const beginning = characters.slice(0, 1 + (length % characters.length)).join('');
      expect(finds(beginning.toUpperCase(), words) || finds(beginning, words), beginning).toBe(true);
    }),
  );
});

test('words are bounded, and none is empty', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      for (const found of [...searchTerms(text), ...searchWords({ ...nobody, lastName: text, email: text })]) {
        expect(found).not.toBe('');
        expect([...found].length).toBeLessThanOrEqual(60);
      }
    }),
  );
});

test('accents, hyphens and apostrophes do not hide a name', () => {
  const words = searchWords({ ...nobody, firstName: 'Anne-Marie', lastName: "O'Ñoño" });
  expect(finds('bob', searchWords({ ...nobody, firstName: '"Bob"' }))).toBe(true);
  for (const text of ['marie', 'anne-m', 'nono', 'ÑOÑO', "o'n"]) expect(finds(text, words), text).toBe(true);
});

test('what reads like a phone number is one term, and other digits are words', () => {
  expect(searchTerms('+43 (664) 12-34')).toEqual(['+436641234']);
  expect(searchTerms('43 664 1234')).toEqual(['436641234']);
  expect(finds('555-0123-9', searchWords({ ...nobody, externalId: '555-0123-9' }))).toBe(true);
  expect(searchTerms('12 34')).toEqual(['12', '34']);
  expect(searchTerms('00012345')).toEqual(['00012345']);
});
