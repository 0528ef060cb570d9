import { z } from 'zod'
import { CONTRACT } from '../../shared/contract.ts'
import { Paired, PairingRequest, pairingMac, readPairingCode } from '../../shared/pairing.ts'
import { PublicStatus, Status } from '../../shared/status.ts'
import type { Local } from '../local/database.ts'
import { readAddress } from './address.ts'
import { type Connection, keepConnection } from './connection.ts'
import { type DeviceKey, keepPairedKey, pendingKey } from './device-key.ts'
import { VaultProblem } from './problem.ts'
import { proofOf } from './proof.ts'
import { contractProblem, readJson, send } from './request.ts'
import type { Parts, Session } from './session.ts'

/** What a person typed to pair this browser. Names are for a new member or workspace and ignored otherwise. */
export type PairingForm = {
  readonly address: string
  readonly code: string
  readonly deviceName: string
  readonly timeZone: string
  readonly memberName?: string | undefined
  readonly workspaceName?: string | undefined
}

const PAIRING_TIMEOUT_MS = 15_000

/** To `fetch`, a web site without CORS is as silent as nobody. An opaque answer tells the two apart: somebody is there, but no vault. */
const stranger = async (url: URL, silence: unknown): Promise<never> => {
  if (!(silence instanceof VaultProblem && silence.cause instanceof TypeError)) throw silence
  const signal = AbortSignal.timeout(PAIRING_TIMEOUT_MS)
  const somebody = await fetch(url, {
    mode: 'no-cors',
    credentials: 'omit',
    signal,
  }).then(
    () => true,
    () => false,
  )
  throw somebody ? new VaultProblem('not-a-vault') : silence
}

/** Asks without a token whether an Ownkey vault answers there, and whether both sides speak the same contract. */
const greet = async (address: string): Promise<void> => {
  const signal = AbortSignal.timeout(PAIRING_TIMEOUT_MS)
  const url = new URL('/v1/status', address)
  const response = await send({ method: 'GET', url, signal }).catch((silence: unknown) =>
    stranger(url, silence),
  )
  const { contracts } = await readJson(response, PublicStatus, signal)
  if (!contracts.includes(CONTRACT)) throw contractProblem(contracts)
}

const requestFor = async (form: PairingForm, key: DeviceKey, address: string): Promise<PairingRequest> => {
  const code = readPairingCode(form.code)
  if (code === undefined) throw new VaultProblem('code-malformed')
  return {
    codeId: code.id,
    mac: await pairingMac(code.secret, key.thumbprint, address),
    deviceName: form.deviceName,
    timeZone: form.timeZone,
    ...(form.memberName === undefined ? {} : { memberName: form.memberName }),
    ...(form.workspaceName === undefined ? {} : { workspaceName: form.workspaceName }),
  }
}

type Known = Pick<Paired, 'deviceId' | 'workspace' | 'member'>

const connectionAt = (address: string, { deviceId, workspace, member }: Known): Connection => ({
  address,
  deviceId,
  memberId: member.id,
  workspaceId: workspace.id,
  workspaceName: workspace.name,
})

const offer = async (
  session: Session,
  key: DeviceKey,
  address: string,
  body: PairingRequest,
): Promise<Connection> => {
  const signal = AbortSignal.timeout(PAIRING_TIMEOUT_MS)
  const call = { method: 'POST', path: '/v1/devices', body: z.encode(PairingRequest, body), signal } as const
  const response = await session.prove({ address, key }, call)
  return connectionAt(address, await readJson(response, Paired, signal))
}

/** Undefined unless an earlier offer of this key was accepted and only its answer got lost. */
const acceptedBefore = async (
  { newId }: Parts,
  session: Session,
  key: DeviceKey,
  address: string,
): Promise<Connection | undefined> => {
  const issued = await session.issue({ address, key }).catch(unlessUnknown)
  if (issued === undefined) return undefined
  const signal = AbortSignal.timeout(PAIRING_TIMEOUT_MS)
  const url = new URL('/v1/status', address)
  const { token, now: at } = issued
  const dpop = await proofOf(key, { method: 'GET', url, at, id: newId(), token })
  const headers = { dpop, authorization: `DPoP ${token}` }
  const response = await send({ method: 'GET', url, headers, signal })
  return connectionAt(address, await readJson(response, Status, signal))
}

const unlessUnknown = (thrown: unknown): undefined => {
  if (thrown instanceof VaultProblem && thrown.problem.slug === 'device-unknown') return undefined
  throw thrown
}

const keep = (local: Local, key: DeviceKey, connection: Connection): Promise<void> =>
  local.together(async () => {
    await local.wipe()
    await keepPairedKey(local, key)
    await keepConnection(local, connection)
  })

/** Pairs this browser by a one-time code. The code's secret never leaves it. An earlier pairing and its local data are forgotten. */
export const pairWith = async (parts: Parts, session: Session, form: PairingForm): Promise<Connection> => {
  const address = readAddress(form.address)
  if (readPairingCode(form.code) === undefined) throw new VaultProblem('code-malformed')
  await greet(address)
  const key = await pendingKey(parts.local, address)
  const body = await requestFor(form, key, address)
  const connection = await offer(session, key, address, body).catch(async (thrown: unknown) => {
    if (!(thrown instanceof VaultProblem) || thrown.problem.slug !== 'pairing-refused') throw thrown
    const accepted = await acceptedBefore(parts, session, key, address)
    if (accepted === undefined) throw thrown
    return accepted
  })
  session.forget()
  await keep(parts.local, key, connection)
  return connection
}
