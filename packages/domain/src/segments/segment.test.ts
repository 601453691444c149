import { describe, expect, it } from 'vitest';
import { copyName, segmentFieldsSchema } from './segment.ts';

describe('the name of a copy', () => {
  it.each([
    ['Lapsed', [], 'Lapsed copy'],
    ['Lapsed', ['Lapsed copy', 'Lapsed copy 2'], 'Lapsed copy 3'],
    ['Lapsed copy 2', ['Lapsed copy 2'], 'Lapsed copy'],
    // Names that differ only in case are the same name.
    ['Lapsed', ['LAPSED COPY', 'lapsed copy 2'], 'Lapsed copy 3'],
  ])('of %j beside %j is %j', (name, taken, copy) => {
    expect(copyName(name, taken)).toBe(copy);
  });

  it('can be stored, however long the name is and wherever it is cut', () => {
    for (const name of ['x'.repeat(120), `${'x'.repeat(104)}👩👩`, '👩'.repeat(60)]) {
      const copy = copyName(
        name,
        Array.from({ length: 9 }, (_, i) => `${name} copy ${i}`),
      );
      expect(segmentFieldsSchema.safeParse({ name: copy, description: '' }).success).toBe(true);
    }
  });
});
