import { expect, test } from 'vitest';
import { runStateAfter } from './run.ts';

test.each([
  ['launch', null, 'building'],
  ['pause', null, 'paused'],
  ['resume', null, 'building'],
  ['resume', new Date(0), 'sending'],
  ['cancel', null, 'cancelled'],
  ['finish', new Date(0), 'finished'],
  ['fail', null, 'failed'],
  ['schedule', null, null],
  ['unschedule', null, null],
] as const)('%s of a run built at %s makes it %s', (command, builtAt, state) => {
  expect(runStateAfter(command, { builtAt })).toBe(state);
});
