import { expect, test } from 'vitest';
import { countsOf } from './test-counts.mjs';

const file = (status: string, tests: [string, string][], message = '') => ({
  name: '/somewhere/a.test.ts',
  status,
  message,
  assertionResults: tests.map(([fullName, testStatus]) => ({
    fullName,
    status: testStatus,
    failureMessages: testStatus === 'failed' ? ['expected 1 to be 2'] : [],
  })),
});
const report = (...testResults: unknown[]) => JSON.stringify({ testResults });

test('counts what passed, what failed and what was skipped', () => {
  const counts = countsOf(
    report(
      file('failed', [
        ['is right', 'passed'],
        ['is wrong', 'failed'],
        ['needs a thing', 'pending'],
        ['is planned', 'todo'],
      ]),
    ),
    1,
    'unit',
  );
  expect(counts.passed).toBe(1);
  expect(counts.failures).toEqual([expect.stringMatching(/a\.test\.ts: is wrong\nexpected 1 to be 2/)]);
  expect(counts.skipped).toEqual(['needs a thing', 'is planned']);
});

test('a file that can not be run is one failure', () => {
  const counts = countsOf(report(file('failed', [], 'Cannot find module')), 1, 'unit');
  expect(counts.failures).toEqual([expect.stringContaining('Cannot find module')]);
});

test('a run that ended badly is a failure, although every test passed or none was reported', () => {
  expect(countsOf(report(file('passed', [['is right', 'passed']])), 1, 'db').failures).toHaveLength(1);
  expect(countsOf('', 137, 'db').failures).toEqual(['db: Vitest ended with code 137 and no report']);
  expect(countsOf(report(file('passed', [['is right', 'passed']])), 0, 'db').failures).toEqual([]);
});
