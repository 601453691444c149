import { expect, test } from 'vitest';
import { breaker } from './breaker.ts';

const policy = { firstPauseMs: 1_000, factor: 2, longestPauseMs: 3_000 };

function stage() {
  let now = 0;
  const guard = breaker(policy, () => now, 'seed');
  const wait = (ms: number) => {
    now += ms;
  };
  return { guard, wait };
}

/** Lets a group pass that must be let pass. */
function pass(guard: ReturnType<typeof stage>['guard']) {
  const admitted = guard.admit();
  if (!admitted) throw new Error('nobody is let pass');
  return admitted;
}

test('lets everybody pass while all is well', () => {
  const { guard } = stage();
  expect([guard.admit(), guard.admit()]).toEqual([{ trial: false }, { trial: false }]);
  expect(guard.allowance(4)).toBe(4);
  expect(guard.pause()).toBe(0);
});

test('lets nobody pass for a while after a fault, then one who tries, and everybody after its success', () => {
  const { guard, wait } = stage();
  const pauseMs = guard.fault(pass(guard));
  expect(pauseMs).toBeGreaterThan(0);
  expect([guard.admit(), guard.allowance(4), guard.pause()]).toEqual([null, 0, pauseMs]);
  wait(pauseMs);
  expect(guard.allowance(4)).toBe(1);
  expect(pass(guard).trial).toBe(true);
  expect([guard.admit(), guard.allowance(4)]).toEqual([null, 0]);
  expect(guard.success()).toBe(true);
  expect([guard.admit()?.trial, guard.allowance(4)]).toEqual([false, 4]);
});

test('waits longer after each try that fails, up to the longest pause, and counts faults of one moment once', () => {
  const { guard, wait } = stage();
  const [one, two] = [pass(guard), pass(guard)];
  const first = guard.fault(one);
  expect(guard.fault(two)).toBe(first);
  const pauses = [first];
  for (let i = 0; i < 4; i++) {
    wait(guard.pause());
    pauses.push(guard.fault(pass(guard)));
  }
  expect(pauses[1]).toBeGreaterThan(first);
  for (const pause of pauses) expect(pause).toBeLessThanOrEqual(policy.longestPauseMs * 1.25);
});

test('lets the next one try where the one before found out nothing', () => {
  const { guard, wait } = stage();
  wait(guard.fault(pass(guard)));
  const trial = pass(guard);
  expect(guard.admit()).toBeNull();
  guard.leave(trial);
  expect(pass(guard).trial).toBe(true);
});
