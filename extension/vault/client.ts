import { z } from 'zod'
import { type DraftEvent, DraftRequest } from '../../shared/drafts.ts'
import { Key, KeyChange, KeyConnected, KeyConnection, KeyList } from '../../shared/keys.ts'
import { Status } from '../../shared/status.ts'
import { keepOwnReceipt } from '../local/receipts.ts'
import { type Answers, answersOf, BOOKS_TIMEOUT_MS, VERIFY_TIMEOUT_MS } from './answers.ts'
import { auditCalls } from './audit.ts'
import { alertCalls } from './books/alerts.ts'
import { capCalls } from './books/caps.ts'
import { receiptFileCalls } from './books/receipt-files.ts'
import { statementCalls } from './books/statements.ts'
import { channelCalls } from './channels.ts'
import { type Connection, readConnection } from './connection.ts'
import { readDraft } from './draft-stream.ts'
import { priceCalls } from './keys/prices.ts'
import { rotationCalls } from './keys/rotation.ts'
import { routingCalls } from './keys/routing.ts'
import { type PairingForm, pairWith } from './pairing.ts'
import { peopleCalls } from './people.ts'
import { VaultProblem } from './problem.ts'
import { receiptCalls } from './receipts.ts'
import { openSession, type Parts, type Session } from './session.ts'
import { spendCalls } from './spend.ts'
import { stored, storedIfPossible } from './storage.ts'
import { leaveWith, workspaceCalls } from './workspace.ts'

/** A draft's stream opens before the provider is asked. */
const OPEN_TIMEOUT_MS = 30_000

type DraftReader = {
  readonly signal: AbortSignal
  readonly onEvent: (event: DraftEvent) => void
}

const draftWith =
  (session: Session, { local }: Parts) =>
  async (request: DraftRequest, { signal, onEvent }: DraftReader): Promise<void> => {
    const response = await openStream(session, z.encode(DraftRequest, request), signal)
    const ends: DraftEvent[] = []
    const tell = (event: DraftEvent): void => {
      if (event.type === 'receipt' || event.type === 'problem') ends.push(event)
      onEvent(event)
    }
    await readDraft(response, tell, signal)
    const receipts = ends.flatMap((end) => ('receipt' in end && end.receipt !== null ? [end.receipt] : []))
    for (const receipt of receipts) await storedIfPossible(() => keepOwnReceipt(local, receipt))
  }

const openStream = async (session: Session, body: unknown, signal: AbortSignal): Promise<Response> => {
  const opening = new AbortController()
  const timer = setTimeout(() => opening.abort(new DOMException('', 'TimeoutError')), OPEN_TIMEOUT_MS)
  const either = AbortSignal.any([signal, opening.signal])
  const call = { method: 'POST', path: '/v1/drafts', body, accept: 'text/event-stream' } as const
  try {
    return await session.ask({ ...call, signal: either })
  } finally {
    clearTimeout(timer)
  }
}

const keyCalls = ({ answer, nothing }: Answers) => ({
  /** Owners and admins only; for everybody else the vault says `not-found`. */
  keys: async (): Promise<readonly Key[]> =>
    (await answer(KeyList, { method: 'GET', path: '/v1/keys' })).keys,

  /** Verifies by a real call, then stores. The caller forgets the key at once; it cannot be read again. */
  connectKey: (connection: KeyConnection): Promise<KeyConnected> => {
    const body = z.encode(KeyConnection, connection)
    return answer(KeyConnected, { method: 'POST', path: '/v1/keys', body, timeoutMs: VERIFY_TIMEOUT_MS })
  },

  disconnectKey: (id: string): Promise<void> => nothing({ method: 'DELETE', path: `/v1/keys/${id}` }),

  changeKey: (id: string, change: KeyChange): Promise<Key> =>
    answer(Key, { method: 'PATCH', path: `/v1/keys/${id}`, body: z.encode(KeyChange, change) }),
})

const statusCalls = ({ answer }: Answers) => ({
  status: (): Promise<Status> => answer(Status, { method: 'GET', path: '/v1/status' }),
})

const gone = ['device-removed', 'device-unknown', 'not-paired', 'not-found']

const signOutOf = async ({ local }: Parts, session: Session): Promise<void> => {
  const connection = await readConnection(local)
  if (connection === undefined) return local.wipe()
  try {
    const path = `/v1/devices/${connection.deviceId}`
    await session.ask({ method: 'DELETE', path, signal: AbortSignal.timeout(BOOKS_TIMEOUT_MS) })
  } catch (thrown) {
    if (!(thrown instanceof VaultProblem) || !gone.includes(thrown.problem.slug)) throw thrown
  }
  session.forget()
  return local.wipe()
}

/**
 * The only way to a vault. Every answer is parsed by the contract; everything that fails is a `VaultProblem`. The token lives in
 * this object's memory, so each surface opens its own client and all share the device key.
 */
export const openVault = (parts: Parts) => {
  const session = openSession(parts)
  const asking = answersOf(session)
  return {
    /** Undefined: this browser is not paired. Asks nobody. */
    connection: (): Promise<Connection | undefined> => stored(() => readConnection(parts.local)),
    pair: (form: PairingForm): Promise<Connection> => stored(() => pairWith(parts, session, form)),
    /** Removes this device at the vault, then everything here. When the vault cannot be reached nothing changes and it throws. */
    signOut: (): Promise<void> => stored(() => signOutOf(parts, session)),
    /** Ends the membership and signs every browser of this member out. An owner cannot leave: `owner-stays`. */
    leave: (): Promise<void> => stored(() => leaveWith(parts, session)),
    ...statusCalls(asking),
    ...capCalls(asking),
    ...receiptCalls(asking, parts),
    ...receiptFileCalls(session),
    ...spendCalls(asking),
    ...statementCalls(asking),
    ...alertCalls(asking),
    ...auditCalls(asking, session, parts),
    ...keyCalls(asking),
    ...routingCalls(asking),
    ...priceCalls(asking),
    ...rotationCalls(asking),
    ...peopleCalls(asking),
    ...channelCalls(asking),
    ...workspaceCalls(asking),
    /** Resolves after the stream's last word (`receipt` or `problem`), rejects with `cut-off` when there was none. */
    draft: draftWith(session, parts),
  }
}

export type Vault = ReturnType<typeof openVault>
