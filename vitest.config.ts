import { availableParallelism } from "node:os";

import { defineConfig } from "vitest/config";

/** One more than there are processors, as tests of the stores wait for their databases; a server takes 200 connections. */
const WORKERS = Math.min(availableParallelism(), 7) + 1;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          expect: { poll: { timeout: 10_000 } },
          maxWorkers: WORKERS,
          include: ["{app,db,bin,bench}/**/*.test.ts", "tests/architecture/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "integration",
          maxWorkers: WORKERS,
          globalSetup: "tests/support/prepare.ts",
          setupFiles: "tests/support/clock.ts",
          expect: { poll: { timeout: 10_000 } },
          include: ["tests/integration/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "browser",
          globalSetup: "tests/support/prepare.ts",
          setupFiles: "tests/support/clock.ts",
          expect: { poll: { timeout: 10_000 } },
          include: ["tests/browser/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          // A browser and a server each, so no more than the processors.
          maxWorkers: Math.max(1, WORKERS - 1),
        },
      },
    ],
  },
});
