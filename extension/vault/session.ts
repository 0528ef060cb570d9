import type { z } from 'zod'
import { TokenAnswer } from '../../shared/pairing.ts'
import type { Local } from '../local/database.ts'
import { readConnection } from './connection.ts'
import { type DeviceKey, pairedKey } from './device-key.ts'
import { type AnyProblem, VaultProblem } from './problem.ts'
import { proofOf } from './proof.ts'
import { readJson, send, type VaultRequest } from './request.ts'
import { stored } from './storage.ts'

/** `now`: milliseconds since epoch by this computer's clock. `newId`: a fresh unguessable id at each call. */
export type Parts = { readonly local: Local; readonly now: () => number; readonly newId: () => string }

/** A request within the vault; the session adds address, token and proof. */
export type Call = Omit<VaultRequest, 'url' | 'headers'> & {
  readonly path: string
  readonly query?: Readonly<Record<string, string>> | undefined
  readonly accept?: string
}

/** Who speaks: the vault's origin and the key that proves it. */
type Speaker = { readonly address: string; readonly key: DeviceKey }

/** How requests reach the vault in the name of this browser. */
export type Session = {
  /** Sends with token and proof. Renews the token and corrects the clock when the vault says so, once each. */
  readonly ask: (call: Call) => Promise<Response>
  /** Sends with a proof alone, in the name of the given key; for pairing and tokens. */
  readonly prove: (speaker: Speaker, call: Call) => Promise<Response>
  /** A token for the given key, without keeping it: tells whether the vault knows the key. */
  readonly issue: (speaker: Speaker) => Promise<z.output<typeof TokenAnswer>>
  readonly forget: () => void
}

type Live = Speaker & { readonly deviceId: string; readonly token: string; readonly expiresAt: number }

/** Renewed this long before its end, so that a token does not die on the way. */
const RENEW_EARLY_MS = 30_000
/** A token is a small answer of a computer nearby; longer silence is no answer. */
const TOKEN_TIMEOUT_MS = 15_000

const urlOf = (address: string, { path, query = {} }: Call): URL => {
  const url = new URL(path, address)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}

const removed = (problem: AnyProblem): boolean =>
  problem.slug === 'device-removed' || problem.slug === 'device-unknown'

/** Holds the token in memory only; each surface of the extension has a session of its own. */
export const openSession = ({ local, now, newId }: Parts): Session => {
  let live: Live | undefined
  let renewing: Promise<Live> | undefined
  let aheadMs = 0

  const sendOnce = async ({ address, key }: Speaker, call: Call, token?: string): Promise<Response> => {
    const { path: _path, query: _query, accept, ...request } = call
    const url = urlOf(address, call)
    const proof = await proofOf(key, { method: call.method, url, at: now() + aheadMs, id: newId(), token })
    const authorization = token === undefined ? {} : { authorization: `DPoP ${token}` }
    return send({
      ...request,
      url,
      headers: { dpop: proof, ...authorization, ...(accept === undefined ? {} : { accept }) },
    })
  }

  const speak = async (speaker: Speaker, call: Call, token?: string): Promise<Response> => {
    try {
      return await sendOnce(speaker, call, token)
    } catch (thrown) {
      const vaultTime = clockRefusal(thrown)
      if (vaultTime === undefined) throw thrown
      aheadMs = vaultTime - now()
      return sendOnce(speaker, call, token)
    }
  }

  const issue = async (speaker: Speaker) => {
    const signal = AbortSignal.timeout(TOKEN_TIMEOUT_MS)
    const response = await speak(speaker, { method: 'POST', path: '/v1/tokens', body: {}, signal })
    const answer = await readJson(response, TokenAnswer, signal)
    aheadMs = answer.now - now()
    return answer
  }

  const renew = async (): Promise<Live> => {
    const [connection, key] = await stored(() => Promise.all([readConnection(local), pairedKey(local)]))
    if (connection === undefined || key === undefined) throw new VaultProblem('not-paired')
    const speaker = { address: connection.address, key }
    const { deviceId } = connection
    const { token, expiresAt } = await forgetIfRemoved(deviceId, () => issue(speaker))
    live = { ...speaker, deviceId, token, expiresAt }
    return live
  }

  const current = async (): Promise<Live> => {
    if (live !== undefined && now() + aheadMs < live.expiresAt - RENEW_EARLY_MS) return live
    renewing ??= renew().finally(() => {
      renewing = undefined
    })
    return renewing
  }

  /** Wipes only what belongs to the device that was removed: another surface may have paired anew meanwhile. */
  const forgetIfRemoved = async <Result>(deviceId: string, work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work()
    } catch (thrown) {
      if (thrown instanceof VaultProblem && removed(thrown.problem)) {
        live = undefined
        if ((await readConnection(local))?.deviceId === deviceId) await local.wipe()
      }
      throw thrown
    }
  }

  const askOnce = async (call: Call): Promise<Response> => {
    const session = await current()
    return forgetIfRemoved(session.deviceId, () => speak(session, call, session.token))
  }

  const ask = async (call: Call): Promise<Response> => {
    try {
      return await askOnce(call)
    } catch (thrown) {
      if (!(thrown instanceof VaultProblem) || thrown.problem.slug !== 'session-ended') throw thrown
      live = undefined
      return askOnce(call)
    }
  }

  const forget = (): void => {
    live = undefined
  }

  return { ask, prove: (speaker, call) => speak(speaker, call), issue, forget }
}

const clockRefusal = (thrown: unknown): number | undefined => {
  if (!(thrown instanceof VaultProblem) || thrown.problem.slug !== 'proof-refused') return undefined
  const { reason, vaultTime } = thrown.problem.facts
  return reason === 'clock' ? vaultTime : undefined
}
