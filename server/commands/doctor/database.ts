import {
  canSearchText,
  databaseClock,
  engineVersion,
  latestEvent,
  runningVaults,
  sealedSince,
} from '../../store/checks/engine.ts'
import { orphans } from '../../store/checks/orphans.ts'
import { type Database, type Executor, newestSchema, schemaVersion } from '../../store/database.ts'
import { bad, counted, type Finding, good, tampered, warning } from './finding.ts'

/** Clocks further apart than this refuse each other's proofs: RFC 9449 proofs of five seconds in the future are. */
const CLOCKS_APART_MS = 5_000
/** An event this far ahead was not written by a clock that was right. */
const FUTURE_MS = 60_000
/** Older servers are no longer maintained (postgresql.org/support/versioning). */
const OLDEST_POSTGRES = 14

/** Whether the schema is the one that this Ownkey knows. Other checks of rows make no sense on another. */
export const checkSchema = async (db: Executor): Promise<Finding> => {
  const version = await schemaVersion(db)
  if (version === newestSchema) return good('schema', `version ${version}, nothing to migrate`)
  return version > newestSchema
    ? bad('schema', `version ${version} is newer than this Ownkey (${newestSchema})`, 'Use the newer Ownkey.')
    : bad(
        'schema',
        `version ${version}; ${counted(newestSchema - version, 'migration')} to come`,
        'Make a backup, then start the vault: it migrates by itself.',
      )
}

/** The engine's version. */
export const checkEngine = async (database: Database): Promise<Finding> => {
  const version = await engineVersion(database)
  if (database.engine === 'sqlite') return good('engine', `SQLite ${version}`)
  if (Number.parseInt(version, 10) >= OLDEST_POSTGRES) return good('engine', `PostgreSQL ${version}`)
  return warning(
    'engine',
    `PostgreSQL ${version}`,
    `Ownkey is tested with newer ones: use ${OLDEST_POSTGRES} or later.`,
  )
}

/** Whether the engine can search articles. */
export const checkSearch = async (database: Database): Promise<Finding> => {
  if (database.engine === 'postgres') return good('text search', 'built into PostgreSQL')
  return (await canSearchText(database))
    ? good('text search', 'FTS5 is there')
    : bad('text search', 'this SQLite has no FTS5', 'Run Ownkey with the Node that `npm ci` installs.')
}

const seconds = (ms: number): string => `${(Math.abs(ms) / 1_000).toFixed(1)} s`

/** The database's clock against this machine's, and both against what is written already. */
export const checkClock = async (database: Database, now: () => number): Promise<Finding> => {
  const theirs = await databaseClock(database)
  const apart = theirs === undefined ? 0 : theirs - now()
  if (Math.abs(apart) > CLOCKS_APART_MS)
    return bad(
      'clock',
      `the database's clock is ${seconds(apart)} ${apart > 0 ? 'ahead' : 'behind'}`,
      'Set both clocks by NTP.',
    )
  const ahead = ((await latestEvent(database.db)) ?? 0) - now()
  if (ahead > FUTURE_MS)
    return bad(
      'clock',
      `the newest event is ${seconds(ahead)} in the future`,
      'Set the clock by NTP; it was ahead once, or is behind now.',
    )
  return good(
    'clock',
    theirs === undefined ? 'nothing is written in the future' : `${seconds(apart)} from the database's`,
  )
}

/** Rows whose other half is gone. */
export const checkOrphans = async (db: Executor): Promise<Finding> => {
  const found = await orphans(db)
  if (found.length === 0) return good('orphans', 'every row has what it belongs to')
  const places = found.map(({ from, to, count }) => `${counted(count, 'row')} of ${from} without their ${to}`)
  return tampered('orphans', places.join('; '))
}

/** Who runs on this database, and whether it is sealed. */
export const checkVaults = async (db: Executor, now: number): Promise<readonly Finding[]> => {
  const running = await runningVaults(db, now)
  const since = await sealedSince(db)
  const hosts = running.map(({ host, pid }) => `${host} (${pid})`).join(', ')
  const vaults = good(
    'vaults',
    running.length === 0 ? 'none is running' : `${counted(running.length, 'vault')} running: ${hosts}`,
  )
  if (since === undefined) return [vaults]
  return [
    vaults,
    warning('seal', `sealed since ${new Date(since).toISOString()}`, 'To go on: npm run ownkey -- unseal'),
  ]
}
