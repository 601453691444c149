import { expect, it } from 'vitest';
import { runningJobs } from './running-jobs.ts';

const counts = { rows: 12_400, created: 0, updated: 0, unchanged: 0, refused: 0, consentsKept: 0 };
const id = 'x' as never;

it('says how far an import is, with and without a known end', () => {
  const job = { id, fileName: 'customers.csv', dryRun: false, progress: 0.5, rowsTotal: null, counts };
  expect(runningJobs([job], [], '/o/acme')[0]).toMatchObject({
    label: 'Import',
    detail: `customers.csv, ${(12_400).toLocaleString()} rows`,
    href: '/o/acme/imports/x',
  });
  expect(runningJobs([{ ...job, dryRun: true, rowsTotal: 20_000 }], [], '')[0]).toMatchObject({
    label: 'Dry run',
    detail: `customers.csv, ${(12_400).toLocaleString()} of ${(20_000).toLocaleString()} rows`,
  });
});

it('counts every settled message of a sending, also before its audience is complete', () => {
  const progress = { planned: null, expected: 200, counts: { sent: 40, failed: 5, skipped: 5, unknown: 0 } };
  expect(runningJobs([], [{ id, name: 'Spring', progress }], '')[0]).toMatchObject({
    detail: '50 of 200 messages',
    progress: 0.25,
  });
});

it('does not divide by an audience of nobody', () => {
  const progress = { planned: 0, expected: 0, counts: { sent: 0, failed: 0, skipped: 0, unknown: 0 } };
  expect(runningJobs([], [{ id, name: 'Spring', progress }], '')[0]?.progress).toBeNull();
  expect(runningJobs([], [{ id, name: 'Spring', progress: null }], '')[0]?.detail).toBe('Getting ready');
});
