import { join } from 'node:path'
import { expect } from 'vitest'
import type { Database } from '../../server/store/database.ts'
import { openPostgres } from '../../server/store/postgres.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { type Picodollars, sum } from '../../shared/money.ts'
import type { ReportingProvider } from '../../shared/providers.ts'
import { ReportingKey } from '../../shared/statements/reporting-keys.ts'
import { Compared, type DifferenceReason, Statement } from '../../shared/statements/statements.ts'
import { given, type World } from '../world.ts'

export const DAY = 86_400_000
export const HOUR = 3_600_000
export const MORNING = Date.parse('2026-11-10T09:30:20Z')

export const adminKeys: Record<ReportingProvider, string> = {
  anthropic: 'sk-ant-admin-sim-reports-0001',
  openai: 'sk-admin-sim-reports-000001',
}

export type Desk = World & { readonly clock: { now: number }; readonly provider: ReportingProvider }

/** A world whose clock the test moves, with a key that drafts and one that reads reports. */
export const givenDesk = async (provider: ReportingProvider, began = MORNING): Promise<Desk> => {
  const clock = { now: began }
  const world = await given({ keys: [provider], now: () => clock.now })
  await connectReports(world, provider)
  const desk = Object.assign(world, { clock, provider })
  pass(desk, HOUR)
  return desk
}

/** Moves the clock; the session that a browser had is over then. */
export const pass = ({ owner, clock }: Desk, ms: number): void => {
  clock.now += ms
  owner.forgetToken()
}

export const connectReports = ({ owner }: World, provider: ReportingProvider, key = adminKeys[provider]) =>
  owner.change('POST', '/v1/reporting-keys', { provider, key }, ReportingKey)

/** A draft, and what the simulator calls it. */
export const drafted = async (desk: Desk, text = 'Where is it?') => {
  const { owner, simulator } = desk
  const { receipt } = await owner.ask(text)
  await simulator.settled()
  pass(desk, 7 * 60_000)
  return { receipt, call: simulator.calls().at(-1) }
}

/** Waits until the day is closed, has the reports compared, and reads the month. */
export const compared = async (desk: Desk, wait = DAY): Promise<Statement> => {
  pass(desk, wait)
  const { owner } = desk
  const { outcomes } = await owner.change('POST', '/v1/statements', undefined, Compared)
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['compared'])
  return owner.read(`/v1/statements?month=${new Date(desk.clock.now).toISOString().slice(0, 7)}`, Statement)
}

export const reasonsOf = ({ rows }: Statement): readonly DifferenceReason[] =>
  rows.flatMap(({ differences }) => differences.map(({ reason }) => reason))

/** The vault's database, beside the vault. */
export const booksOf = ({ dataFolder, settings: { DATABASE_URL: url } }: World): Database =>
  url === undefined ? openSqlite(join(dataFolder, 'ownkey.db')) : openPostgres(url)

/** What is written as differences explains every dollar between the two sides. */
export const expectExplained = ({ rows }: Statement, tolerance = 0n): void => {
  for (const { ours, reported, differences } of rows) {
    const explained: Picodollars[] = differences.flatMap(({ reason, amount }) =>
      reason === 'estimate-corrected' ? [] : [amount],
    )
    const rest = reported.amount - ours.amount - sum(explained)
    expect(rest <= tolerance && -rest <= tolerance).toBe(true)
  }
}
