import { describe, expect, it } from 'vitest';
import { awkwardTexts } from '../testing/awkward-values.ts';
import { compose, fold } from '../text/fold.ts';
import { compileTest } from './evaluate-test.ts';

/** Texts that fold to one form or begin and end alike, and more of them than a leaf remembers. */
const texts = [
  ...awkwardTexts,
  ...Array.from({ length: 2000 }, (_, i) => `City ${i}`),
  'cIty 3',
  'K',
  '\u212a',
  '@',
  '`',
  ' ',
];

describe.each([
  ['folded', false, fold],
  ['composed', true, compose],
] as const)('texts that are compared %s', (_, caseSensitive, form) => {
  const wanted = [...awkwardTexts, 'city 3', 'City 3', 'k', '@', '`', ''].map(form);

  it('are equal if their forms are, whatever was asked before', () => {
    for (const value of wanted) {
      const test = { kind: 'text', values: [value], caseSensitive } as const;
      const isEqual = compileTest({ ...test, operator: 'eq' });
      const isOther = compileTest({ ...test, operator: 'neq' });
      const expected = texts.map((text) => form(text) === value);
      for (const _again of [1, 2]) expect(texts.map((text) => isEqual(text))).toEqual(expected);
      expect(texts.map((text) => isOther(text))).toEqual(expected.map((is) => !is));
    }
  });

  it('are among many, and lists include them, by their forms', () => {
    const values = wanted.slice(0, 9);
    const isAmong = compileTest({ kind: 'text', operator: 'in', values, caseSensitive });
    const includes = compileTest({ kind: 'list', operator: 'includesAny', values, caseSensitive });
    const expected = texts.map((text) => values.includes(form(text)));
    for (const _again of [1, 2]) expect(texts.map((text) => isAmong(text))).toEqual(expected);
    expect(texts.map((text) => includes(['something else', text]))).toEqual(expected);
  });
});

it('no value fulfils no test', () => {
  const tests = [
    { kind: 'isSet' },
    { kind: 'text', operator: 'neq', values: ['a'], caseSensitive: false },
    { kind: 'number', operator: 'neq', values: [1] },
    { kind: 'money', operator: 'neq', values: [1], currency: 'USD' },
    { kind: 'boolean', operator: 'neq', value: true },
    { kind: 'dates', operator: 'notWithin', range: { from: '2026-01-01', to: null } },
    { kind: 'instants', operator: 'notWithin', range: { from: 1, to: null } },
    { kind: 'anniversary', days: ['06-17'], zone: 'UTC' },
    { kind: 'list', operator: 'includesNone', values: ['a'], caseSensitive: false },
    { kind: 'size', operator: 'neq', values: [1] },
  ] as const;
  for (const test of tests) expect([null, undefined].map(compileTest(test)), test.kind).toEqual([false, false]);
});
