import { MongoServerError } from 'mongodb';
import { expect, test } from 'vitest';
import { isPassingFault } from './is-passing-fault.ts';

test.each([
  ['a cursor that the server lost', 43, true],
  ['a cursor that was killed', 237, true],
  ['a server that shuts down', 91, true],
  ['a server that is no longer the primary', 10107, true],
  ['a duplicate key', 11000, false],
])('%s: passes by waiting?', (_what, code, passes) => {
  expect(isPassingFault(new MongoServerError({ message: 'refused', code }))).toBe(passes);
});

test('an error of the program does not pass by waiting', () => {
  expect(isPassingFault(new TypeError('x is not a function'))).toBe(false);
});
