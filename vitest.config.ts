// Projects: `unit` (fast, no server), `e2e` (the command as a user runs it), `servers` (real Kafka, Redis, Buildbot …, see
// test/servers), `browser` (the console in a real Chromium). `npm test` is the first two.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // One less than there are cores, as by default, is one where there are two.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/{servers,e2e,browser}/**'],
          // Nothing is measured by it: on a busy machine ten megabytes take their time.
          testTimeout: 30_000,
        },
      },
      { test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 60_000 } },
      { test: { name: 'browser', include: ['test/browser/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 60_000 } },
      {
        test: {
          name: 'servers',
          include: ['test/servers/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
