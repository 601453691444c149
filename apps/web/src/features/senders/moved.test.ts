import { expect, test } from 'vitest';
import { moved } from './moved.ts';

test('moves an item to its new place, and the others make room', () => {
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
});

test('leaves the list as it is where there is nothing to move', () => {
  const items = ['a', 'b'];
  expect(moved(items, 0, -1)).toBe(items);
  expect(moved(items, 1, 2)).toBe(items);
  expect(moved(items, 5, 0)).toBe(items);
  expect(moved(items, 1, 1)).toBe(items);
});
