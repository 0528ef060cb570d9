import type { Workspace } from '../../../shared/workspace.ts'
import type { AuditRecord } from '../books/audit.ts'
import { type Caller, requireOwner } from '../identity/caller.ts'
import { Refusal } from '../refusal.ts'
import { type SettingsStore, settingsOf } from './workspace.ts'

/** How long an owner may change their mind. */
const GRACE_MS = 7 * 86_400_000

/** Where a workspace ends. */
export type DeletionStore = {
  /** Sets or clears the moment (ms) at which the workspace is to be gone, with its record. False when it is so already; nothing is written then. */
  schedule(workspaceId: string, deleteAt: number | null, record: AuditRecord): Promise<boolean>
  /** Workspaces whose moment has come. */
  due(at: number): Promise<readonly string[]>
  /** First makes what is sealed unreadable for good and its browsers unknown; then deletes every row. Does nothing to a workspace that is not due. */
  destroy(workspaceId: string, at: number): Promise<void>
}

type DeletionParts = {
  readonly settings: Pick<SettingsStore, 'read'>
  readonly deletion: DeletionStore
  readonly now: () => number
}

/** Ends the workspace in seven days. The owner alone may, and types its name. Asked again, the first moment stays. */
export const askForDeletion =
  (parts: DeletionParts) =>
  async (caller: Caller, { name }: { readonly name: string }): Promise<Workspace> => {
    requireOwner(caller)
    const { workspaceId, workspaceName, memberId } = caller
    if (name !== workspaceName) throw new Refusal('name-mismatch', {})
    const deleteAt = parts.now() + GRACE_MS
    const facts = { name, deleteAt: new Date(deleteAt).toISOString() }
    const record: AuditRecord = { workspaceId, kind: 'workspace-deletion-asked', memberId, facts }
    await parts.deletion.schedule(workspaceId, deleteAt, record)
    return settingsOf(parts, workspaceId)
  }

/** Keeps the workspace after all, for its owner. */
export const withdrawDeletion =
  (parts: DeletionParts) =>
  async (caller: Caller): Promise<Workspace> => {
    requireOwner(caller)
    const { workspaceId, workspaceName: name, memberId } = caller
    const record: AuditRecord = {
      workspaceId,
      kind: 'workspace-deletion-withdrawn',
      memberId,
      facts: { name },
    }
    await parts.deletion.schedule(workspaceId, null, record)
    return settingsOf(parts, workspaceId)
  }

type DestructionParts = Pick<DeletionParts, 'deletion' | 'now'> & {
  /** Drops every opened workspace key from memory. */
  readonly forgetWorkspaceKeys: () => void
}

/** Destroys the workspaces whose seven days are over. Safe to run on every vault at any time, and after a crash anywhere in between. */
export const destroyEnded =
  ({ deletion, now, forgetWorkspaceKeys }: DestructionParts) =>
  async (): Promise<void> => {
    for (const workspaceId of await deletion.due(now())) {
      await deletion.destroy(workspaceId, now())
      forgetWorkspaceKeys()
    }
  }
