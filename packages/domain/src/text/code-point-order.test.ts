import { expect, it } from 'vitest';
import { compareCodePoints } from './code-point-order.ts';

// Each before the next by its bytes in UTF-8; sort() of JavaScript has the emoji before \ue000.
const ordered = ['', 'a', 'ab', 'a\uff5e', 'a👩', 'b', 'é', '\ue000', '\uff5e', '𐐀', '👨', '👩', '👩a'];

it('orders texts as their bytes in UTF-8 are', () => {
  for (const [i, a] of ordered.entries()) {
    for (const [j, b] of ordered.entries()) expect(Math.sign(compareCodePoints(a, b)), a + b).toBe(Math.sign(i - j));
  }
});
