import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Workspace packages run from `src` by their export condition `source`: no build is needed before a test.
const conditions = ['source', 'module', 'node', 'development|production'];
const fromSource = {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ['source', 'node'] } },
};

/** Files that take long, though they are short: begun last, they would be waited for alone. */
const longOnes = /(crash|small-run|kill|parity|recovery|lifecycle|columnar-engine)\.db\.test\.ts$/;

class LongOnesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => longOnes.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

const mongod = ['packages/db/src/testing/vitest-mongod.ts'];

export default defineConfig({
  test: {
    sequence: { sequencer: LongOnesFirst },
    projects: [
      {
        ...fromSource,
        test: {
          name: 'unit',
          maxWorkers: 2,
          // Pure functions leave nothing behind: each worker reads them once.
          isolate: false,
          include: ['{apps,packages}/*/src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
          exclude: ['**/*.db.test.ts', '**/node_modules/**'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        ...fromSource,
        test: {
          name: 'db',
          // They wait for leases and processes: two at once would leave a core idle.
          maxWorkers: 3,
          include: ['{apps,packages}/*/src/**/*.db.test.ts'],
          globalSetup: mongod,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        ...fromSource,
        test: {
          name: 'e2e',
          maxWorkers: 2,
          include: ['apps/web/e2e/**/*.spec.ts'],
          globalSetup: mongod,
          testTimeout: 300_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
