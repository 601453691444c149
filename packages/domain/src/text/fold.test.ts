import { describe, expect, it } from 'vitest';
import { awkwardTexts } from '../testing/awkward-values.ts';
import { fold } from './fold.ts';

describe('fold', () => {
  it('makes one form of composed and decomposed, upper and lower case', () => {
    expect(fold('CAFE\u0301')).toBe(fold('caf\u00e9'));
    expect(fold('RØD')).toBe('rød');
    expect(fold('STRASSE')).toBe(fold('Straße'));
    expect(fold('\u{10400}')).toBe('\u{10428}');
  });

  it('does not treat a sigma by its place, so that the beginning of a word stays one', () => {
    expect(fold('ΣΊΣΥΦΟΣ')).toBe(fold('σίσυφος'));
    expect(fold('ΣΊΣΥΦΟΣ').startsWith(fold('ΣΊΣ'))).toBe(true);
  });

  it('changes nothing the second time', () => {
    for (const text of awkwardTexts) expect(fold(fold(text))).toBe(fold(text));
  });
});
