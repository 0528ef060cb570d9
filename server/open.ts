import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Configuration, ConfigurationError } from './config.ts'
import { link } from './crypto/chain.ts'
import { deviceProofs } from './crypto/device-proof.ts'
import { envelope as envelopeUnder } from './crypto/envelope.ts'
import { readMasterKeys } from './crypto/master-key.ts'
import { codeMint } from './crypto/pairing-code.ts'
import { bookkeeper, newBookkeepingKey } from './crypto/signed-head.ts'
import { bookkeeping } from './domain/bookkeeping.ts'
import { assertMasterKey, firstWorkspace, workspaceKeys } from './domain/identity/workspaces.ts'
import { pricingFrom } from './domain/prices/own-prices.ts'
import { hasVaultKey } from './domain/vault-secrets.ts'
import { sqlAlerts } from './store/alerts/alerts.ts'
import { sqlOutbox } from './store/alerts/outbox.ts'
import { sqlAlertSettings } from './store/alerts/settings.ts'
import { alertTeller } from './store/alerts/telling.ts'
import { sqlWatched } from './store/alerts/watched.ts'
import { type AppendAudit, auditAppender, sqlAudit } from './store/books/audit.ts'
import { sqlChains } from './store/books/chains.ts'
import { sqlSealedDrafts } from './store/books/kept-drafts.ts'
import { sqlLedger } from './store/books/ledger.ts'
import { sqlVaults } from './store/books/vaults.ts'
import { sqlCaps } from './store/caps/caps.ts'
import { sqlChannels } from './store/channels.ts'
import { answers, type Database, migrate } from './store/database.ts'
import { sqlDevices } from './store/identity/devices.ts'
import { sqlInvites } from './store/identity/invites.ts'
import { sqlMembers } from './store/identity/members.ts'
import { sqlPairingCodes } from './store/identity/pairing-codes.ts'
import { sqlProofs } from './store/identity/proofs.ts'
import { sqlWorkspaces } from './store/identity/workspaces.ts'
import { sqlChecks } from './store/keys/checks.ts'
import { sqlKeys } from './store/keys/keys.ts'
import { sqlOwnPrices } from './store/keys/own-prices.ts'
import { sqlVersions } from './store/keys/versions.ts'
import { openPostgres } from './store/postgres.ts'
import { sqlReceipts } from './store/receipts/receipts.ts'
import { sqlToldOutcomes } from './store/receipts/told.ts'
import { sqlResting } from './store/routing/resting.ts'
import { sqlSeals } from './store/seals.ts'
import { sqlSecrets } from './store/secrets.ts'
import { sqlNotices } from './store/spend/notices.ts'
import { sqlSpend } from './store/spend/spend.ts'
import { openSqlite } from './store/sqlite.ts'
import { sqlForeignUse } from './store/statements/foreign-use.ts'
import { sqlLinks } from './store/statements/links.ts'
import { sqlReportingKeys } from './store/statements/reporting-keys.ts'
import { sqlStatements } from './store/statements/statements.ts'
import { sqlDeletion } from './store/workspace/deletion.ts'
import { sqlPrunedBefore, sqlRetention } from './store/workspace/retention.ts'
import { sqlSettings } from './store/workspace/settings.ts'

/** Time and chance. The only place that knows where they come from is here. */
export type Chance = { readonly now: () => number; readonly newId: () => string }

/** The real clock and real chance. */
export const realChance: Chance = { now: Date.now, newId: randomUUID }

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** What a workspace is called until its owner names it. */
const FIRST_WORKSPACE = 'Support'

/** Where the embedded database lies; undefined when the vault uses one by DATABASE_URL. */
export const embeddedFile = ({ databaseUrl, dataFolder }: Configuration): string | undefined =>
  databaseUrl === undefined ? join(dataFolder, 'ownkey.db') : undefined

/** The database of the settings, as it is: nothing is migrated. */
export const openDatabase = async ({ databaseUrl, dataFolder }: Configuration): Promise<Database> => {
  if (databaseUrl !== undefined) {
    const shared = openPostgres(databaseUrl)
    if (await answers(shared)) return shared
    await shared.close()
    throw new ConfigurationError('DATABASE_URL: this database does not answer, or refuses the login')
  }
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  return openSqlite(join(dataFolder, 'ownkey.db'))
}

/** The master key, what it wraps, and what was opened with it: in memory until it is forgotten. */
const openKeys = async (
  database: Database,
  { masterKey, masterKeyFile, dataFolder }: Configuration,
  { now, appendAudit }: { readonly now: () => number; readonly appendAudit: AppendAudit },
) => {
  const workspaces = sqlWorkspaces(database, appendAudit)
  const secrets = sqlSecrets(database)
  const seals = sqlSeals(database, appendAudit)
  const mayCreate = (await workspaces.list()).length === 0 && !(await hasVaultKey({ secrets }))
  const masterKeys = await readMasterKeys({ value: masterKey, file: masterKeyFile, dataFolder, mayCreate })
  const envelope = await envelopeUnder(masterKeys)
  const { open: workspaceKey, forget } = workspaceKeys({ workspaces, envelope, seals })
  const books = bookkeeping({ secrets, envelope, workspaceKey, newBookkeepingKey, bookkeeper, now })
  const forgetWorkspaceKeys = (): void => {
    books.forget()
    forget()
  }
  return { workspaces, secrets, seals, envelope, workspaceKey, forgetWorkspaceKeys, signEnd: books.signEnd }
}

/** Database, sealing and stores: what the vault and the commands on the terminal share. Migrates the database. `origin` is asked when it is needed. */
export const openVault = async (
  configuration: Configuration,
  origin: () => string,
  { now, newId }: Chance = realChance,
) => {
  const database = await openDatabase(configuration)
  await migrate(database)
  const appendAudit = auditAppender({ now, link })
  const opened = await openKeys(database, configuration, { now, appendAudit })
  const { workspaces, envelope } = opened
  const proofs = sqlProofs(database)
  const ownPrices = sqlOwnPrices(database, appendAudit)
  const tell = alertTeller({ now, newId })
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  const first = await firstWorkspace({ workspaces, envelope, now, newId })({
    name: FIRST_WORKSPACE,
    timeZone,
  })
  await assertMasterKey({ workspaces, envelope }, first.id)
  return {
    database,
    now,
    newId,
    origin,
    ...opened,
    mint: codeMint,
    audit: sqlAudit(database, { now, link }),
    chains: sqlChains(database, appendAudit),
    codes: sqlPairingCodes(database, appendAudit),
    devices: sqlDevices(database, appendAudit),
    keys: sqlKeys(database, appendAudit),
    versions: sqlVersions(database, appendAudit),
    checks: sqlChecks(database, appendAudit),
    ownPrices,
    pricingFor: pricingFrom({ ownPrices }),
    ledger: sqlLedger(database, { now, newId, link }),
    invites: sqlInvites(database, appendAudit),
    members: sqlMembers(database, appendAudit),
    receipts: sqlReceipts(database, sqlPrunedBefore(database)),
    tellOutcome: sqlToldOutcomes(database, { now, link }),
    sealedDrafts: sqlSealedDrafts(database, { now }),
    settings: sqlSettings(database, { appendAudit, now, newId }),
    resting: sqlResting(database),
    caps: sqlCaps(database, { appendAudit, now, newId }),
    channels: sqlChannels(database, { appendAudit, now }),
    retention: sqlRetention(database, { appendAudit, link, now }),
    deletion: sqlDeletion(database, appendAudit),
    spend: sqlSpend(database, { now }),
    notices: sqlNotices(database, { now }),
    reportingKeys: sqlReportingKeys(database, appendAudit),
    foreignUse: sqlForeignUse(database),
    links: sqlLinks(database, appendAudit),
    statements: sqlStatements(database, { appendAudit, link, now }),
    alerts: sqlAlerts(database, tell),
    alertSettings: sqlAlertSettings(database, appendAudit),
    outbox: sqlOutbox(database),
    watched: sqlWatched(database, { tell, now }),
    vaults: sqlVaults(database, { now, isRunning }),
    proofs,
    rememberProof: proofs.remember,
    answers: () => answers(database),
    checkProof: deviceProofs({ origin, now }),
  }
}
export type OpenVault = Awaited<ReturnType<typeof openVault>>
