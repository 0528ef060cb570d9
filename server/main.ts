import type { Logger } from 'pino'
import manifest from '../package.json' with { type: 'json' }
import { type Alerting, alertingOf, watchedVault } from './alerting.ts'
import { vaultApp } from './app.ts'
import type { Configuration } from './config.ts'
import { walkStream } from './crypto/chain.ts'
import { newTokenKey, sessionTokens } from './crypto/session-token.ts'
import { tellKeyRefused } from './domain/alerts/key-refusals.ts'
import { markingRefusals } from './domain/alerts/refusals.ts'
import { exportChain, readChains, readHeads } from './domain/books/chains.ts'
import { endRaise, listCaps, raiseCap, removeCap, setCap, setReserve } from './domain/caps.ts'
import { changeChannel, channelFor, listChannels, makeChannel, removeChannel } from './domain/channels.ts'
import { draft } from './domain/drafts/drafts.ts'
import { type Drain, drain } from './domain/drafts/drain.ts'
import { keptDrafts } from './domain/drafts/kept-drafts.ts'
import { verify } from './domain/drafts/verify.ts'
import { callerOf, stillWelcome } from './domain/identity/caller.ts'
import { approveDevice, listDevices, removeDevice } from './domain/identity/devices.ts'
import { withdrawInvite } from './domain/identity/invites.ts'
import { pair } from './domain/identity/pairing.ts'
import { makePairingCode } from './domain/identity/pairing-codes.ts'
import { changeMember, handOverOwnership, readTeam, removeMember } from './domain/identity/team.ts'
import { issueToken, vaultTokens } from './domain/identity/tokens.ts'
import { changeRouting, disconnectKey, orderKeys } from './domain/keys/arranging.ts'
import { changeKey } from './domain/keys/changing.ts'
import { checkDueKeys, verifyKey } from './domain/keys/checking.ts'
import { addressesBy } from './domain/keys/endpoint.ts'
import { connectKey } from './domain/keys/key-connection.ts'
import { keyRoutes } from './domain/keys/key-routes.ts'
import { listKeys, markRejected, openKey } from './domain/keys/keys.ts'
import { rehearseKey, switchKey } from './domain/keys/rotation.ts'
import { listPrices, setPrice } from './domain/prices/setting.ts'
import { refuseSealed, watchSeal } from './domain/seal.ts'
import { reportingFor } from './domain/statements/rehearsed.ts'
import {
  disconnectReportingKey,
  linkKey,
  listProviderKeys,
  listReportingKeys,
  putReportingKey,
} from './domain/statements/reporting-keys.ts'
import { compareDue, compareNow, readStatement } from './domain/statements/statements.ts'
import { statusFor } from './domain/status.ts'
import { tokenKeyText } from './domain/vault-secrets.ts'
import { askForDeletion, withdrawDeletion } from './domain/workspace/deletion.ts'
import { changeWorkspace, readWorkspace } from './domain/workspace/workspace.ts'
import type { RotationRoutes } from './http/keys/rotation.ts'
import type { RoutingRoutes } from './http/keys/routing.ts'
import type { KeyRoutes } from './http/keys.ts'
import { listen, loopbackOrigin } from './http/listening.ts'
import type { ReportingKeyRoutes } from './http/statements/reporting-keys.ts'
import type { StatementRoutes } from './http/statements/statements.ts'
import { startJobs } from './jobs.ts'
import { metricsReader, type VaultMetrics, vaultMetrics } from './metrics.ts'
import { type Chance, type OpenVault, openVault, realChance } from './open.ts'
import { restAfter } from './outbound/backoff.ts'
import { outboundFetch } from './outbound/fetch.ts'
import { guardedFetch, judgeAddress } from './outbound/guard.ts'
import { anthropic } from './providers/anthropic.ts'
import { bedrock } from './providers/bedrock/bedrock.ts'
import { compatible } from './providers/compatible/compatible.ts'
import { openai } from './providers/openai.ts'
import type { Limits } from './providers/patience.ts'
import { anthropicReporting } from './providers/reporting/anthropic.ts'
import { openaiReporting } from './providers/reporting/openai.ts'

/** Patience with a provider, in milliseconds: until its headers, between two events, and for the whole call. A hold lives longer than the whole. */
const draftLimits: Limits = { headersMs: 20_000, idleMs: 30_000, totalMs: 180_000 }
/** The same for verifying a key: a person waits in front of a form, for a list and up to three tiny calls. */
const verifyLimits = { headersMs: 10_000, idleMs: 10_000, totalMs: 15_000 }
/** The same for verifying a key of an endpoint of one's own, which may have to load its model first. */
const loadingLimits: Limits = { headersMs: 30_000, idleMs: 10_000, totalMs: 35_000 }
/** The same for a day of a provider's report, which may have many pages. */
const reportLimits = { headersMs: 30_000, idleMs: 30_000, totalMs: 120_000 }
/** How long a stop waits for streams to end by themselves. */
const DRAIN_MS = 30_000

/** The adapters. What is sent to an address that an admin typed goes through the guarded fetch. `own`: patience with such an address. */
const providersWith = ({ privateHosts }: Configuration, limits: Limits, own = limits) => {
  const parts = { fetch: outboundFetch(), ...limits }
  return {
    anthropic: anthropic(parts),
    openai: openai(parts),
    bedrock: bedrock(parts),
    compatible: compatible({ fetch: guardedFetch(privateHosts), ...own }),
  }
}

/** What reporting keys and statements need. */
const statementPartsOf = (vault: OpenVault, configuration: Configuration) => {
  const providers = providersWith(configuration, verifyLimits)
  const parts = { fetch: outboundFetch(), now: vault.now, ...reportLimits }
  const reporting = { anthropic: anthropicReporting(parts), openai: openaiReporting(parts) }
  return { ...vault, providers, reporting, addressFor: addressesBy(providers, configuration.addresses) }
}
type StatementParts = ReturnType<typeof statementPartsOf>

/** What keys need: to be connected, rotated and asked about. */
const keyPartsOf = (
  vault: OpenVault,
  configuration: Configuration,
  { vaultId, metrics, alerting }: Pick<Running, 'vaultId' | 'metrics' | 'alerting'>,
) => {
  const providers = providersWith(configuration, verifyLimits, loadingLimits)
  const attempts = { ...vault, providers, vaultId, tellAttempt: metrics.tellAttempt }
  const asked = { fetch: outboundFetch(), now: vault.now, ...verifyLimits }
  const reporting = { anthropic: anthropicReporting(asked), openai: openaiReporting(asked) }
  return {
    ...vault,
    providers,
    addressFor: addressesBy(providers, configuration.addresses),
    judgeAddress: judgeAddress(configuration.privateHosts),
    verify: markingRefusals(alerting.watch)(verify(attempts)),
    reportingFor: reportingFor({ ...vault, reporting }),
    tellKeyRefused: tellKeyRefused({ ...vault, tellAlert: metrics.tellAlert }),
  }
}
type RunningKeyParts = ReturnType<typeof keyPartsOf>

/** What routes and commands do, made of the stores. */
const actionsOf = (
  vault: OpenVault,
  configuration: Configuration,
  {
    vaultId,
    metrics,
    alerting,
    keyParts,
    patience,
  }: Pick<Running, 'vaultId' | 'metrics' | 'alerting' | 'keyParts' | 'patience'>,
) => {
  const refusalsMarked = markingRefusals(alerting.watch)
  const { envelope, workspaceKey } = vault
  const providers = providersWith(configuration, patience)
  const attempts = { ...vault, providers, vaultId, tellAttempt: metrics.tellAttempt }
  const fingerprint = async (workspaceId: string, text: string): Promise<string> =>
    envelope.fingerprint(await workspaceKey(workspaceId), text)
  const routing = { routesFor: keyRoutes(keyParts) }
  return {
    status: statusFor({
      ...vault,
      ...routing,
      version: manifest.version,
      providerLabel: configuration.providerLabel ?? null,
    }),
    draft: refusalsMarked(
      draft({
        ...attempts,
        ...routing,
        openKey: openKey(keyParts),
        markRejected: markRejected(keyParts),
        tellKeyRefused: keyParts.tellKeyRefused,
        restAfter,
        kept: keptDrafts(vault),
        fingerprint,
        channelFor: channelFor(vault),
        draftsPerHour: configuration.draftsPerHour,
      }),
    ),
  }
}

/** Session tokens, and the look at the seal that makes this process forget what it has opened. */
const sealingOf = (vault: OpenVault) => {
  const tokens = vaultTokens(async () => {
    await refuseSealed(vault.seals)
    const keyText = await tokenKeyText({ ...vault, newTokenKey })
    return sessionTokens({ keyText, origin: vault.origin, now: vault.now })
  })
  const forget = (): void => {
    tokens.forget()
    vault.forgetWorkspaceKeys()
  }
  return { tokens, lookAtSeal: watchSeal({ seals: vault.seals, forget }) }
}
type Sealing = ReturnType<typeof sealingOf>

/** What a vault has only while it runs. */
type Running = {
  readonly vaultId: string
  readonly work: Drain
  readonly log: Logger
  readonly sealing: Sealing
  readonly metrics: VaultMetrics
  readonly statementParts: StatementParts
  readonly keyParts: RunningKeyParts
  /** How long a draft waits for its provider. */
  readonly patience: Limits
  readonly alerting: Alerting
}

type Begin = <T>(task: (signal: AbortSignal) => Promise<T>) => Promise<T>

/** What the routes of reporting keys and statements do. */
const statementActions = (
  parts: StatementParts,
  begin: Begin,
): Omit<ReportingKeyRoutes & StatementRoutes, 'callerOf'> => ({
  listReportingKeys: listReportingKeys(parts),
  putReportingKey: (caller, connection) =>
    begin((signal) => putReportingKey(parts)(caller, connection, signal)),
  disconnectReportingKey: disconnectReportingKey(parts),
  listProviderKeys: (caller, provider) =>
    begin((signal) => listProviderKeys(parts)(caller, provider, signal)),
  linkKey: linkKey(parts),
  readStatement: readStatement(parts),
  compareNow: (caller) => begin((signal) => compareNow(parts)(caller, signal)),
})

/** What the routes of provider keys do. */
const keyActions = (
  parts: RunningKeyParts,
  begin: Begin,
): Omit<KeyRoutes & RotationRoutes & RoutingRoutes, 'callerOf'> => ({
  listKeys: listKeys(parts),
  connectKey: (caller, connection) => begin((signal) => connectKey(parts)(caller, connection, signal)),
  rehearseKey: (caller, keyId, replacement) =>
    begin((signal) => rehearseKey(parts)(caller, keyId, replacement, signal)),
  switchKey: switchKey(parts),
  verifyKey: (caller, keyId) => begin((signal) => verifyKey(parts)(caller, keyId, signal)),
  changeKey: changeKey(parts),
  disconnectKey: disconnectKey(parts),
  orderKeys: orderKeys(parts),
  changeRouting: changeRouting(parts),
})

const appFor = (vault: OpenVault, configuration: Configuration, running: Running) => {
  const { work, log, sealing, metrics, statementParts, keyParts, alerting } = running
  const { status, draft: draftOne } = actionsOf(vault, configuration, running)
  const { tokens, lookAtSeal } = sealing
  const parts = { ...vault, tokens }
  const begin = async <T>(task: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    await refuseSealed(vault.seals)
    return work.run(task)
  }
  return vaultApp({
    ...vault,
    log,
    lookAtSeal,
    version: manifest.version,
    elapsed: () => performance.now(),
    metricsText: metrics.text,
    tellAnswer: metrics.tellAnswer,
    mayReadMetrics: metricsReader(configuration.metricsToken, vault.origin),
    publicKeys: async () => ((await lookAtSeal()).sealed ? { keys: [] } : tokens.publicKeys()),
    callerOf: callerOf(parts),
    stillWelcome: async (caller) => !(await lookAtSeal()).sealed && stillWelcome(vault)(caller),
    ready: async () => work.open && (await vault.answers()) && !(await lookAtSeal()).sealed,
    issueToken: (credentials) => begin(() => issueToken(parts)(credentials)),
    pair: (request, credentials) => begin(() => pair(parts)(request, credentials)),
    makePairingCode: makePairingCode(vault),
    listDevices: listDevices(vault),
    removeDevice: removeDevice(vault),
    approveDevice: approveDevice(vault),
    withdrawInvite: withdrawInvite(vault),
    readTeam: readTeam(vault),
    changeMember: changeMember(vault),
    removeMember: removeMember(vault),
    handOverOwnership: handOverOwnership(vault),
    readChains: readChains({ ...vault, walkChain: walkStream }),
    readHeads: readHeads(vault),
    exportChain: exportChain(vault),
    ...keyActions(keyParts, begin),
    listPrices: listPrices(vault),
    setPrice: setPrice(vault),
    listCaps: listCaps(vault),
    setCap: setCap(vault),
    removeCap: removeCap(vault),
    raiseCap: raiseCap(vault),
    endRaise: endRaise(vault),
    setReserve: setReserve(vault),
    listChannels: listChannels(vault),
    makeChannel: makeChannel(vault),
    changeChannel: changeChannel(vault),
    removeChannel: removeChannel(vault),
    ...statementActions(statementParts, begin),
    ...alerting.routes,
    readWorkspace: readWorkspace(vault),
    changeWorkspace: changeWorkspace(vault),
    askForDeletion: askForDeletion(vault),
    withdrawDeletion: withdrawDeletion(vault),
    statusFor: status,
    draft: (caller, request, emit) => begin((signal) => draftOne(caller, request, emit, signal)),
  })
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
  patience: Limits = draftLimits,
): Promise<Vault> => {
  let origin = configuration.origin ?? ''
  const vault = await openVault(configuration, () => origin, chance)
  const vaultId = chance.newId()
  const work = drain()
  const sealing = sealingOf(vault)
  if (!(await sealing.lookAtSeal()).sealed) await sealing.tokens.publicKeys()
  const metrics = vaultMetrics(() => work.running)
  const { lookAtSeal } = sealing
  const alerting = alertingOf(vault, configuration, { metrics, work, lookAtSeal })
  const watched = watchedVault(vault, alerting.watch)
  const statementParts = statementPartsOf(watched, configuration)
  const keyParts = keyPartsOf(watched, configuration, { vaultId, metrics, alerting })
  const running = { vaultId, work, log, sealing, metrics, statementParts, keyParts, alerting, patience }
  const app = appFor(watched, configuration, running)
  await vault.vaults.register({ id: vaultId, host: configuration.hostname, pid: process.pid })
  await vault.ledger.sweep()
  const listening = await listen(app, configuration)
  origin = configuration.origin ?? loopbackOrigin(configuration.host, listening.port)
  const jobs = new AbortController()
  const unsealed = (task: (signal: AbortSignal) => Promise<unknown>) => async (): Promise<void> => {
    if (work.open && !(await lookAtSeal()).sealed) await work.run(task)
  }
  const { tellJobFailed } = metrics
  const works = {
    lookAtSeal,
    compareDue: unsealed(compareDue(statementParts)),
    checkDueKeys: unsealed(checkDueKeys(keyParts)),
    tellJobFailed,
    vaultId,
    log,
  }
  startJobs({ ...vault, ...alerting, ...works }, jobs.signal)

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
