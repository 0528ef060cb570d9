import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from 'pino'
import manifest from '../package.json' with { type: 'json' }
import { vaultApp } from './app.ts'
import { type Configuration, ConfigurationError } from './config.ts'
import { link } from './crypto/chain.ts'
import { deviceProofs } from './crypto/device-proof.ts'
import { envelope as envelopeUnder } from './crypto/envelope.ts'
import { readMasterKeys } from './crypto/master-key.ts'
import { codeMint } from './crypto/pairing-code.ts'
import { newTokenKey, sessionTokens } from './crypto/session-token.ts'
import { HEARTBEAT_MS } from './domain/books/vaults.ts'
import { draft } from './domain/drafts/drafts.ts'
import { type Drain, drain } from './domain/drafts/drain.ts'
import { keptDrafts } from './domain/drafts/kept-drafts.ts'
import { verify } from './domain/drafts/verify.ts'
import { callerOf, stillWelcome } from './domain/identity/caller.ts'
import { listDevices, removeDevice } from './domain/identity/devices.ts'
import { pair } from './domain/identity/pairing.ts'
import { makePairingCode } from './domain/identity/pairing-codes.ts'
import { issueToken } from './domain/identity/tokens.ts'
import { firstWorkspace, workspaceKeys } from './domain/identity/workspaces.ts'
import { connectKey, replaceKey } from './domain/keys/key-connection.ts'
import {
  changeKey,
  disconnectKey,
  keyCandidates,
  listKeys,
  markRejected,
  openKey,
} from './domain/keys/keys.ts'
import { statusFor } from './domain/status.ts'
import { tokenKeyText } from './domain/vault-secrets.ts'
import { listen, loopbackOrigin } from './http/listening.ts'
import { outboundFetch } from './outbound/fetch.ts'
import { anthropic } from './providers/anthropic.ts'
import { openai } from './providers/openai.ts'
import { auditAppender, sqlAudit } from './store/books/audit.ts'
import { sqlSealedDrafts } from './store/books/kept-drafts.ts'
import { sqlLedger } from './store/books/ledger.ts'
import { sqlReceipts } from './store/books/receipts.ts'
import { sqlSpend } from './store/books/spend.ts'
import { sqlVaults } from './store/books/vaults.ts'
import { answers, type Database, migrate } from './store/database.ts'
import { sqlDevices } from './store/identity/devices.ts'
import { sqlMembers } from './store/identity/members.ts'
import { sqlPairingCodes } from './store/identity/pairing-codes.ts'
import { sqlProofs } from './store/identity/proofs.ts'
import { sqlWorkspaces } from './store/identity/workspaces.ts'
import { sqlKeys } from './store/keys/keys.ts'
import { openPostgres } from './store/postgres.ts'
import { sqlSecrets } from './store/secrets.ts'
import { openSqlite } from './store/sqlite.ts'

/** Patience with a provider, in milliseconds: until its headers, between two events, and for the whole call. A hold lives longer than the whole. */
const draftLimits = { headersMs: 20_000, idleMs: 30_000, totalMs: 180_000 }
/** The same for verifying a key: a person waits in front of a form, for a list and up to three tiny calls. */
const verifyLimits = { headersMs: 10_000, idleMs: 10_000, totalMs: 15_000 }
/** How long a stop waits for streams to end by themselves. */
const DRAIN_MS = 30_000
const SWEEP_MS = 15_000

/** Time and chance. The only place that knows where they come from is here. */
type Chance = { readonly now: () => number; readonly newId: () => string }

const realChance: Chance = { now: Date.now, newId: randomUUID }

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

const openDatabase = async ({ databaseUrl, dataFolder }: Configuration): Promise<Database> => {
  if (databaseUrl !== undefined) {
    const shared = openPostgres(databaseUrl)
    if (await answers(shared)) return shared
    await shared.close()
    throw new ConfigurationError('DATABASE_URL: this database does not answer, or refuses the login')
  }
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  return openSqlite(join(dataFolder, 'ownkey.db'))
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
  const workspaces = sqlWorkspaces(database, appendAudit)
  const masterKeys = await readMasterKeys({
    value: configuration.masterKey,
    file: configuration.masterKeyFile,
    dataFolder: configuration.dataFolder,
    mayCreate: (await workspaces.list()).length === 0,
  })
  const envelope = await envelopeUnder(masterKeys)
  const proofs = sqlProofs(database)
  const workspaceKey = workspaceKeys({ workspaces, envelope })
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  const first = await firstWorkspace({ workspaces, envelope, now, newId })({
    name: FIRST_WORKSPACE,
    timeZone,
  })
  await workspaceKey(first.id)
  return {
    database,
    now,
    newId,
    origin,
    envelope,
    workspaces,
    workspaceKey,
    mint: codeMint,
    audit: sqlAudit(database, { now, link }),
    codes: sqlPairingCodes(database, appendAudit),
    devices: sqlDevices(database, appendAudit),
    keys: sqlKeys(database, appendAudit),
    ledger: sqlLedger(database, { now, newId, link }),
    members: sqlMembers(database),
    receipts: sqlReceipts(database),
    secrets: sqlSecrets(database),
    sealedDrafts: sqlSealedDrafts(database, { now }),
    spend: sqlSpend(database, { now }),
    vaults: sqlVaults(database, { now, isRunning }),
    proofs,
    rememberProof: proofs.remember,
    answers: () => answers(database),
    checkProof: deviceProofs({ origin, now }),
  }
}
export type OpenVault = Awaited<ReturnType<typeof openVault>>

const providersWith = (limits: typeof draftLimits) => {
  const parts = { fetch: outboundFetch(), ...limits }
  return { anthropic: anthropic(parts), openai: openai(parts) }
}

/** What routes and commands do, made of the stores. */
const actionsOf = (vault: OpenVault, configuration: Configuration, vaultId: string) => {
  const { envelope, workspaceKey } = vault
  const providers = providersWith(draftLimits)
  const attempts = { ...vault, providers, vaultId }
  const brisk = providersWith(verifyLimits)
  const baseAddresses = {
    anthropic: configuration.addresses.anthropic ?? providers.anthropic.defaultBaseAddress,
    openai: configuration.addresses.openai ?? providers.openai.defaultBaseAddress,
  }
  const keyParts = {
    ...vault,
    providers: brisk,
    baseAddresses,
    verify: verify({ ...attempts, providers: brisk }),
  }
  const fingerprint = async (workspaceId: string, text: string): Promise<string> =>
    envelope.fingerprint(await workspaceKey(workspaceId), text)
  const routing = { candidates: keyCandidates(keyParts) }
  return {
    keyParts,
    status: statusFor({
      ...vault,
      ...routing,
      version: manifest.version,
      providerLabel: configuration.providerLabel ?? null,
    }),
    draft: draft({
      ...attempts,
      ...routing,
      openKey: openKey(keyParts),
      markRejected: markRejected(keyParts),
      kept: keptDrafts(vault),
      fingerprint,
    }),
  }
}

const appFor = async (
  vault: OpenVault,
  configuration: Configuration,
  work: Drain,
  log: Logger,
  vaultId: string,
) => {
  const { keyParts, status, draft: draftOne } = actionsOf(vault, configuration, vaultId)
  const keyText = await tokenKeyText({ ...vault, newTokenKey })
  const tokens = await sessionTokens({ keyText, origin: vault.origin, now: vault.now })
  const parts = { ...vault, tokens }
  return vaultApp({
    ...vault,
    log,
    publicKeys: tokens.publicKeys,
    callerOf: callerOf(parts),
    stillWelcome: stillWelcome(vault),
    ready: async () => work.open && (await vault.answers()),
    issueToken: issueToken(parts),
    pair: pair(parts),
    makePairingCode: makePairingCode(vault),
    listDevices: listDevices(vault),
    removeDevice: removeDevice(vault),
    listKeys: listKeys(keyParts),
    connectKey: (caller, connection) =>
      work.run((signal) => connectKey(keyParts)(caller, connection, signal)),
    replaceKey: (caller, keyId, replacement) =>
      work.run((signal) => replaceKey(keyParts)(caller, keyId, replacement, signal)),
    changeKey: changeKey(keyParts),
    disconnectKey: disconnectKey(keyParts),
    statusFor: status,
    draft: (caller, request, emit) => work.run((signal) => draftOne(caller, request, emit, signal)),
  })
}

/** Does `work` again and again until the signal aborts; an error is logged and the next round comes all the same. */
const every = (ms: number, work: () => Promise<unknown>, log: Logger, signal: AbortSignal): void => {
  const timer = setInterval(() => {
    work().catch((error: unknown) =>
      log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'a regular job failed'),
    )
  }, ms)
  signal.addEventListener('abort', () => clearInterval(timer))
}

/** The jobs beside requests: the sign of life, the sweep of abandoned holds, and forgetting what has expired. */
const startJobs = (vault: OpenVault, vaultId: string, log: Logger, signal: AbortSignal): void => {
  every(HEARTBEAT_MS, () => vault.vaults.heartbeat(vaultId), log, signal)
  every(SWEEP_MS, () => vault.ledger.sweep(), log, signal)
  every(
    SWEEP_MS,
    () => Promise.all([vault.proofs.prune(vault.now()), vault.sealedDrafts.prune(vault.now())]),
    log,
    signal,
  )
}

/** A running vault. */
export type Vault = {
  /** The address that browsers use. */
  readonly origin: string
  readonly opened: OpenVault
  /** Takes no new work, lets streams end for up to half a minute, settles the rest as unknown, and closes the database. */
  stop(drainMs?: number): Promise<void>
}

/** Starts the vault: database, sealing, routes, jobs. Fails with a message for the operator when something must not be used as it is. */
export const startVault = async (
  configuration: Configuration,
  log: Logger,
  chance: Chance = realChance,
): Promise<Vault> => {
  let origin = configuration.origin ?? ''
  const vault = await openVault(configuration, () => origin, chance)
  const vaultId = chance.newId()
  const work = drain()
  const app = await appFor(vault, configuration, work, log, vaultId)
  await vault.vaults.register({ id: vaultId, host: configuration.hostname, pid: process.pid })
  await vault.ledger.sweep()
  const listening = await listen(app, configuration)
  origin = configuration.origin ?? loopbackOrigin(configuration.host, listening.port)
  const jobs = new AbortController()
  startJobs(vault, vaultId, log, jobs.signal)

  const stop = async (drainMs = DRAIN_MS): Promise<void> => {
    listening.refuse()
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(), drainMs)
    await work.close(patience.signal)
    clearTimeout(timer)
    await listening.close()
    jobs.abort()
    await vault.vaults.stop(vaultId)
    await vault.database.close()
  }
  return { origin, opened: vault, stop }
}
