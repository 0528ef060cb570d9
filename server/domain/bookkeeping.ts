import type { BookKey, Log, SignedHead } from '../../shared/chains.ts'
import type { ChainEnd } from './books/chains.ts'
import type { Envelope, SealContext } from './envelope.ts'
import type { WorkspaceKey } from './identity/workspaces.ts'
import type { SecretStore } from './vault-secrets.ts'

/** Kind of the secret, and its id. It is not the key of session tokens: who could sign in could not sign books. */
const BOOKKEEPING_KEY = 'bookkeeping-key'
const FIRST_VERSION = 1
/** Workspaces whose key stays opened; beyond it all are opened anew. */
const KEYS_KEPT = 1_000

/** Signs where the chains of one workspace end. */
export type Bookkeeper = { readonly key: BookKey; sign(head: SignedHead): Promise<string> }

/** Makes a bookkeeper of the private key that was sealed. */
export type MakeBookkeeper = (keyText: string) => Promise<Bookkeeper>

type BookkeepingParts = {
  readonly secrets: SecretStore
  readonly envelope: Envelope
  readonly workspaceKey: WorkspaceKey
  readonly newBookkeepingKey: () => Promise<string>
  readonly bookkeeper: MakeBookkeeper
  readonly now: () => number
}

/** What the sealed bookkeeping key is bound to. */
export const bookkeepingKeyContext = (workspace: string, version: number): SealContext => ({
  kind: 'bookkeeping-key',
  workspace,
  id: BOOKKEEPING_KEY,
  version,
  purpose: 'signed-heads',
})

/** Where a workspace's chain ends, signed: a compact JWS, and the key that signed it. */
export type SignEnd = (
  workspaceId: string,
  log: Log,
  end: ChainEnd,
) => Promise<{ readonly signed: string; readonly key: BookKey }>

const openKey = async (parts: BookkeepingParts, workspaceId: string): Promise<string> => {
  const { secrets, envelope, workspaceKey, newBookkeepingKey, now } = parts
  const key = await workspaceKey(workspaceId)
  const known =
    (await secrets.find(workspaceId, BOOKKEEPING_KEY)) ??
    (await secrets.keepFirst({
      workspaceId,
      id: BOOKKEEPING_KEY,
      kind: BOOKKEEPING_KEY,
      sealed: await envelope.seal(
        key,
        bookkeepingKeyContext(workspaceId, FIRST_VERSION),
        await newBookkeepingKey(),
      ),
      at: now(),
    }))
  return envelope.open(key, bookkeepingKeyContext(workspaceId, known.version), known.sealed)
}

type Signed = { readonly length: number; readonly head: string | null; readonly signed: string }

/**
 * The signatures under the books. A workspace's key is made when it is first needed and sealed under the workspace's own; a head is signed once
 * while it stays the same. `forget` drops every opened key from memory.
 */
export const bookkeeping = (parts: BookkeepingParts): { readonly signEnd: SignEnd; forget(): void } => {
  const keepers = new Map<string, Bookkeeper>()
  const last = new Map<string, Signed>()
  const keeperOf = async (workspaceId: string): Promise<Bookkeeper> => {
    const known = keepers.get(workspaceId)
    if (known !== undefined) return known
    const keeper = await parts.bookkeeper(await openKey(parts, workspaceId))
    if (keepers.size >= KEYS_KEPT) forget()
    keepers.set(workspaceId, keeper)
    return keeper
  }
  const forget = (): void => {
    keepers.clear()
    last.clear()
  }
  const signEnd: SignEnd = async (workspaceId, log, { length, head }) => {
    const keeper = await keeperOf(workspaceId)
    const name = `${workspaceId} ${log}`
    const before = last.get(name)
    if (before?.length === length && before.head === head) return { signed: before.signed, key: keeper.key }
    const signed = await keeper.sign({ workspace: workspaceId, log, length, head, at: parts.now() })
    last.set(name, { length, head, signed })
    return { signed, key: keeper.key }
  }
  return { signEnd, forget }
}
