import type { Envelope, SealingKey } from '../envelope.ts'
import { Refusal } from '../refusal.ts'
import { refuseSealed, type SealStore } from '../seal.ts'

/** Most workspaces whose key is kept open in memory. */
const KEYS_KEPT = 1_000

/** A workspace about to be written; its key is wrapped by the master key. */
export type NewWorkspace = {
  readonly id: string
  readonly name: string
  readonly timeZone: string
  readonly wrappedKey: string
  readonly createdAt: number
}

type WorkspaceSummary = { readonly id: string; readonly name: string; readonly timeZone: string }

/** Where workspaces are written down. */
export type WorkspaceStore = {
  /** Writes the workspace, its default cap and the audit record, together. */
  create(workspace: NewWorkspace): Promise<void>
  /** The same, where the vault has no workspace yet; otherwise nothing. */
  createFirst(workspace: NewWorkspace): Promise<void>
  wrappedKey(workspaceId: string): Promise<string | undefined>
  /** All workspaces of the vault, oldest first, but those that are being destroyed: for the operator's terminal. */
  list(): Promise<readonly WorkspaceSummary[]>
}

type WorkspaceParts = {
  readonly workspaces: WorkspaceStore
  readonly envelope: Envelope
  readonly now: () => number
  readonly newId: () => string
}

/** Whether this is a time zone that calendars know, such as Europe/Berlin; an offset such as +01:00 is none. */
export const isTimeZone = (name: string): boolean => {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions()
    return /^[A-Za-z]/.test(name) && timeZone !== ''
  } catch {
    return false
  }
}

type NamedWorkspace = { readonly name: string; readonly timeZone: string }

const newWorkspace = async (
  { envelope, now, newId }: WorkspaceParts,
  named: NamedWorkspace,
): Promise<NewWorkspace> => {
  const id = newId()
  return { id, ...named, wrappedKey: await envelope.newWrappedKey(id), createdAt: now() }
}

/** A new workspace with its own key and the default cap; it has no member until somebody pairs with a setup code. */
export const createWorkspace =
  (parts: WorkspaceParts) =>
  async (named: NamedWorkspace): Promise<WorkspaceSummary> => {
    if (!isTimeZone(named.timeZone))
      throw new Refusal('malformed-request', { issues: [{ path: 'timeZone', rule: 'IANA time zone' }] })
    const workspace = await newWorkspace(parts, named)
    await parts.workspaces.create(workspace)
    return { id: workspace.id, ...named }
  }

/** The vault's oldest workspace. A new vault makes one; of vaults that start together on one database, one does. */
export const firstWorkspace =
  (parts: WorkspaceParts) =>
  async (named: NamedWorkspace): Promise<WorkspaceSummary> => {
    const [known] = await parts.workspaces.list()
    if (known !== undefined) return known
    await parts.workspaces.createFirst(await newWorkspace(parts, named))
    const [first] = await parts.workspaces.list()
    if (first === undefined) throw new Error('the first workspace was written but is not there')
    return first
  }

/** Fails when the master key is not the one that wrapped this workspace's key. Nothing stays open. */
export const assertMasterKey = async (
  { workspaces, envelope }: Pick<WorkspaceParts, 'workspaces' | 'envelope'>,
  workspaceId: string,
): Promise<void> => {
  const wrapped = await workspaces.wrappedKey(workspaceId)
  if (wrapped !== undefined) await envelope.unwrap(workspaceId, wrapped)
}

/** Opens a workspace's key. */
export type WorkspaceKey = (workspaceId: string) => Promise<SealingKey>

/** The opened workspace keys of this process. */
type WorkspaceKeys = {
  readonly open: WorkspaceKey
  /** Drops every opened key from memory. */
  forget(): void
}

/** Opens workspace keys, keeping the opened ones in memory. A workspace that does not exist is `not-found`; while the vault is sealed none is opened. */
export const workspaceKeys = ({
  workspaces,
  envelope,
  seals,
}: Pick<WorkspaceParts, 'workspaces' | 'envelope'> & {
  readonly seals: Pick<SealStore, 'state'>
}): WorkspaceKeys => {
  const opened = new Map<string, SealingKey>()
  const open = async (workspaceId: string): Promise<SealingKey> => {
    await refuseSealed(seals)
    const wrapped = await workspaces.wrappedKey(workspaceId)
    if (wrapped === undefined) throw new Refusal('not-found', {})
    const key = await envelope.unwrap(workspaceId, wrapped)
    if (opened.size >= KEYS_KEPT) opened.clear()
    opened.set(workspaceId, key)
    return key
  }
  return {
    open: async (workspaceId) => opened.get(workspaceId) ?? open(workspaceId),
    forget: () => opened.clear(),
  }
}
