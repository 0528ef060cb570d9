import { defineConfig } from 'vitest/config'

/** Milliseconds. A browser test starts Chromium and a vault while other files do the same on two cores. */
const BROWSER_TIMEOUT_MS = 180_000

export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: BROWSER_TIMEOUT_MS,
    hookTimeout: BROWSER_TIMEOUT_MS,
    reporters: ['default'],
    allowOnly: false,
    passWithNoTests: false,
  },
})
