import { expect, test } from 'vitest';
import { readListCursor, writeListCursor } from './list-cursor.ts';

const id = `cus_${'0'.repeat(26)}`;

test.each([
  ['name', 'müller'],
  ['createdAt', new Date(5)],
  ['lastOrderAt', new Date(-5)],
  ['lastOrderAt', null],
  ['orderCount', 0],
  ['revenue', -12],
] as const)('a cursor by %s at %s comes back as it was', (sort, value) => {
  expect(readListCursor(writeListCursor(sort, 'desc', { value, id }), sort, 'desc')).toEqual({ value, id });
});

test('a cursor of another order, another type or none at all is refused', () => {
  const cursor = writeListCursor('revenue', 'desc', { value: 5, id });
  expect(readListCursor(cursor, 'revenue', 'asc')).toBeNull();
  expect(readListCursor(cursor, 'orderCount', 'desc')).toBeNull();
  const forged = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString('base64url');
  for (const value of ['5', null, { $gt: 1 }, [1]]) {
    expect(readListCursor(forged(['revenue', 'desc', value, id]), 'revenue', 'desc')).toBeNull();
  }
  expect(readListCursor(forged(['createdAt', 'desc', null, id]), 'createdAt', 'desc')).toBeNull();
  expect(readListCursor('%%%', 'name', 'asc')).toBeNull();
});
