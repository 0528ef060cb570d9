import type { Workspace, WorkspaceChange } from '../../../shared/workspace.ts'
import { type Caller, requireAdmin } from '../identity/caller.ts'
import { isTimeZone } from '../identity/workspaces.ts'
import { Refusal } from '../refusal.ts'

/** One setting of a workspace that becomes another; what the audit log says of it. */
export type SettingChange = {
  readonly field: keyof WorkspaceChange
  readonly before: string | number | boolean | null
  readonly after: string | number | boolean | null
}

/** Where a workspace's settings are written down. */
export type SettingsStore = {
  /** Undefined when the workspace is gone. */
  read(workspaceId: string): Promise<Workspace | undefined>
  /**
   * Changes what differs, each with its audit record, together. The period that is open now keeps the zone that it has, also when nothing
   * was held in it yet.
   */
  change(workspaceId: string, change: WorkspaceChange, memberId: string): Promise<void>
}

type SettingsParts = { readonly settings: SettingsStore }

const fields = ['name', 'timeZone', 'retentionDays', 'aiOn'] as const

/** What a change really changes, in the order of the form. */
export const settingChanges = (before: Workspace, change: WorkspaceChange): readonly SettingChange[] =>
  fields.flatMap((field) => {
    const after = change[field]
    return after === undefined || after === before[field] ? [] : [{ field, before: before[field], after }]
  })

/** The workspace as its settings are now. */
export const settingsOf = async (
  { settings }: { readonly settings: Pick<SettingsStore, 'read'> },
  workspaceId: string,
): Promise<Workspace> => {
  const workspace = await settings.read(workspaceId)
  if (workspace === undefined) throw new Refusal('not-found', {})
  return workspace
}

/** The settings, for owners and admins. */
export const readWorkspace =
  (parts: SettingsParts) =>
  async (caller: Caller): Promise<Workspace> => {
    requireAdmin(caller)
    return settingsOf(parts, caller.workspaceId)
  }

/** Changes settings, for owners and admins. A time zone that calendars do not know is `malformed-request`. */
export const changeWorkspace =
  (parts: SettingsParts) =>
  async (caller: Caller, change: WorkspaceChange): Promise<Workspace> => {
    requireAdmin(caller)
    if (change.timeZone !== undefined && !isTimeZone(change.timeZone))
      throw new Refusal('malformed-request', { issues: [{ path: 'timeZone', rule: 'IANA time zone' }] })
    await parts.settings.change(caller.workspaceId, change, caller.memberId)
    return settingsOf(parts, caller.workspaceId)
  }
