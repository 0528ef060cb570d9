import { parseArgs } from 'node:util'
import type { Configuration } from '../config.ts'
import type { Database, Executor } from '../store/database.ts'
import { wrappedKeys } from '../store/wrapped-keys.ts'
import { type Command, note, say, withDatabase } from './command.ts'
import { checkMail, checkOutbox } from './doctor/alerts.ts'
import { checkBooks } from './doctor/books.ts'
import { checkChains } from './doctor/chains.ts'
import {
  checkClock,
  checkEngine,
  checkOrphans,
  checkSchema,
  checkSearch,
  checkVaults,
} from './doctor/database.ts'
import type { Finding } from './doctor/finding.ts'
import { checkAddresses, checkDisk, checkMasterKey } from './doctor/machine.ts'
import { checkSealed } from './doctor/sealed.ts'

const workspacesIn = async (db: Executor): Promise<readonly string[]> => {
  const found: string[] = []
  for await (const { table, workspaceId } of wrappedKeys(db))
    if (table === 'workspaces') found.push(workspaceId)
  return found
}

/** Whatever is in the database, all of it as it was at one moment. */
const checkRows = (
  { snapshot }: Database,
  envelope: Parameters<typeof checkSealed>[1] | undefined,
): Promise<readonly Finding[]> =>
  snapshot(async (tx) => [
    ...(envelope === undefined ? [] : await checkSealed(tx, envelope)),
    ...(await checkBooks(tx)),
    ...(await checkChains(tx, await workspacesIn(tx))),
    await checkOrphans(tx),
  ])

/** Every finding, in the order in which they are shown. */
export const examine = async (
  configuration: Configuration,
  database: Database,
): Promise<readonly Finding[]> => {
  const { finding: masterKey, envelope } = await checkMasterKey(configuration)
  const machine = [
    await checkEngine(database),
    await checkSearch(database),
    await checkDisk(configuration),
    ...checkAddresses(configuration),
    await checkMail(configuration),
    masterKey,
  ]
  const schema = await checkSchema(database.db)
  if (schema.state !== 'good') return [...machine, schema]
  return [
    ...machine,
    schema,
    await checkClock(database, Date.now),
    ...(await checkVaults(database.db, Date.now())),
    await checkOutbox(database.db, Date.now()),
    ...(await checkRows(database, envelope)),
  ]
}

const signs = { good: '✓', warning: '!', bad: '✗' } as const
const CHECK_WIDTH = 14

const line = ({ check, state, says, todo }: Finding): string =>
  `${signs[state]} ${check.padEnd(CHECK_WIDTH)} ${says}${todo === undefined ? '' : `\n${' '.repeat(CHECK_WIDTH + 3)}→ ${todo}`}`

const summary = (findings: readonly Finding[]): string => {
  const bad = findings.filter(({ state }) => state === 'bad').length
  if (bad > 0) return `Ill: ${bad} of ${findings.length} checks found something broken.`
  return `Well: ${findings.length} checks, nothing broken.`
}

const run = async (configuration: Configuration, words: readonly string[]): Promise<void> => {
  const { values } = parseArgs({ args: [...words], options: { json: { type: 'boolean' } } })
  await withDatabase(configuration, async (database) => {
    const findings = await examine(configuration, database)
    const well = findings.every(({ state }) => state !== 'bad')
    if (values.json === true) say(JSON.stringify({ well, findings }))
    else {
      say(findings.map(line).join('\n'))
      note(`\n${summary(findings)}`)
    }
    if (!well) process.exitCode = 1
  })
}

/** Looks at everything that can be looked at, and changes nothing. */
export const doctor: Command = {
  takes: '[--json]',
  does: 'opens, adds up and walks everything; changes nothing',
  more: `Safe beside running vaults. Every sealed row is opened, the ledger added up, both chains of every workspace walked, all of
it as it was at one moment; then the clock, disk, engine, addresses, master key, mail server and what alerts wait.

✓ as it has to be   ! somebody should know   ✗ broken. Ends with 1 when anything is broken, otherwise with 0.`,
  run,
}
