import { defineConfig } from 'vitest/config';

// Workspace packages run from `src` by their export condition `source`: no build is needed before a test.
const conditions = ['source', 'module', 'node', 'development|production'];
const fromSource = {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ['source', 'node'] } },
};

// Tests that wait for databases, workers and browsers leave half of a core idle: Vitest alone would take one on two cores.
const maxWorkers = 2;

export default defineConfig({
  test: {
    projects: [
      {
        ...fromSource,
        test: {
          name: 'unit',
          maxWorkers,
          include: ['{apps,packages}/*/src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
          exclude: ['**/*.db.test.ts', '**/node_modules/**'],
        },
      },
      {
        ...fromSource,
        test: {
          name: 'db',
          maxWorkers,
          include: ['{apps,packages}/*/src/**/*.db.test.ts'],
          globalSetup: ['packages/db/src/testing/vitest-mongod.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...fromSource,
        test: {
          name: 'e2e',
          maxWorkers,
          include: ['apps/web/e2e/**/*.spec.ts'],
          testTimeout: 300_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
