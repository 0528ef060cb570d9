import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Milliseconds. A browser test starts Chromium and a vault while other files do the same on two cores. */
const TIMEOUT_MS = 180_000

/** What the vault does whatever its database is; each of these runs on both engines. */
const onBothEngines = [
  'test/alerts/delivery.test.ts',
  'test/alerts/outbox.test.ts',
  'test/alerts/thresholds.test.ts',
  'test/alerts/wire.test.ts',
  'test/audit.test.ts',
  'test/books/changes.test.ts',
  'test/books/spend.test.ts',
  'test/canary.test.ts',
  'test/caps/caps.test.ts',
  'test/caps/marked-receipts.test.ts',
  'test/caps/playground.test.ts',
  'test/caps/raise.test.ts',
  'test/caps/reserve.test.ts',
  'test/caps/refined.test.ts',
  'test/caps/wire.test.ts',
  'test/chains.test.ts',
  'test/compatible/said-prices.test.ts',
  'test/contradictions.test.ts',
  'test/failures/receipts.test.ts',
  'test/fallback/after-text.test.ts',
  'test/fallback/before-text.test.ts',
  'test/fallback/refused.test.ts',
  'test/fallback/resting.test.ts',
  'test/keys.test.ts',
  'test/kill.test.ts',
  'test/ledger.test.ts',
  'test/limits.test.ts',
  'test/operator/backup.test.ts',
  'test/operator/doctor.test.ts',
  'test/operator/master-key.test.ts',
  'test/operator/verify.test.ts',
  'test/own-prices.test.ts',
  'test/proof/wire/kills.test.ts',
  'test/proof/wire/leaving.test.ts',
  'test/proof/wire/rush.test.ts',
  'test/members.test.ts',
  'test/pairing.test.ts',
  'test/proof/chaos.test.ts',
  'test/proof/export.test.ts',
  'test/proof/ledger.test.ts',
  'test/proof/schedules.test.ts',
  'test/receipt-export.test.ts',
  'test/receipts.test.ts',
  'test/rotation/checks.test.ts',
  'test/rotation/operator.test.ts',
  'test/rotation/rehearsal.test.ts',
  'test/rotation/reminders.test.ts',
  'test/rotation/switch.test.ts',
  'test/routes.test.ts',
  'test/routing/channel-models.test.ts',
  'test/routing/settings.test.ts',
  'test/routing/several.test.ts',
  'test/channels.test.ts',
  'test/retention.test.ts',
  'test/seal.test.ts',
  'test/workspace.test.ts',
  'test/workspaces.test.ts',
  'test/signed-heads.test.ts',
  'test/statements/own-prices.test.ts',
  'test/statements/reasons.test.ts',
  'test/statements/statements.test.ts',
  'test/store.test.ts',
  'test/told-outcomes.test.ts',
  'test/tokens.test.ts',
  'test/watched-books.test.ts',
  'test/world.test.ts',
]
/** What there is only where several vaults share a database. */
const onPostgresAlone = [
  'test/alerts/vaults.test.ts',
  'test/fallback/vaults.test.ts',
  'test/postgres.test.ts',
  'test/proof/wire/vaults.test.ts',
  'test/rotation/vaults.test.ts',
  'test/vaults.test.ts',
]
const inBrowsers = 'test/browser/**/*.test.{ts,tsx}'

export default defineConfig({
  root: resolve(import.meta.dirname, '..'),
  test: {
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: TIMEOUT_MS,
    hookTimeout: TIMEOUT_MS,
    reporters: ['default'],
    allowOnly: false,
    passWithNoTests: false,
    // A busy machine now and then loses a window, a port or a race of a test with itself; the report names what needed a second try.
    retry: 1,
    projects: [
      {
        extends: true,
        test: {
          name: 'sqlite',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...onPostgresAlone, inBrowsers],
        },
      },
      {
        extends: true,
        test: { name: 'browser', include: [inBrowsers] },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: [...onBothEngines, ...onPostgresAlone],
          env: { OWNKEY_TEST_ENGINE: 'postgres' },
          globalSetup: resolve(import.meta.dirname, 'engine-setup.ts'),
        },
      },
    ],
  },
})
