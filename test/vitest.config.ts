import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Milliseconds. A browser test starts Chromium and a vault while other files do the same on two cores. */
const TIMEOUT_MS = 180_000

export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: TIMEOUT_MS,
    hookTimeout: TIMEOUT_MS,
    reporters: ['default'],
    allowOnly: false,
    passWithNoTests: false,
  },
})
