import { RetentionDays, type Workspace, type WorkspaceChange } from '../../../shared/workspace.ts'

/** What stands in the form. `days` is what was typed; it counts only while `keeping` is `days`. */
export type Typed = {
  readonly name: string
  readonly timeZone: string
  readonly keeping: 'for-good' | 'days'
  readonly days: number | string
}

/** Offered when somebody first chooses to keep receipts for a time: a year and a month, so that the same month of last year is there. */
const USUAL_DAYS = 400

export const asTyped = ({ name, timeZone, retentionDays }: Workspace): Typed => ({
  name,
  timeZone,
  keeping: retentionDays === null ? 'for-good' : 'days',
  days: retentionDays ?? USUAL_DAYS,
})

/** The days that were typed; undefined when the vault would not take them. */
export const daysTyped = ({ keeping, days }: Typed): number | null | undefined =>
  keeping === 'for-good' ? null : RetentionDays.safeParse(days).data

const changed = <Value>(typed: Value, before: Value): Value | undefined =>
  typed === before ? undefined : typed

const withoutGaps = (
  change: {
    readonly [Name in keyof WorkspaceChange]: WorkspaceChange[Name] | undefined
  },
): WorkspaceChange => Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))

/** What differs from the workspace as it is; the rest stays. */
export const changeIn = (typed: Typed, workspace: Workspace): WorkspaceChange =>
  withoutGaps({
    name: changed(typed.name.trim(), workspace.name),
    timeZone: changed(typed.timeZone, workspace.timeZone),
    retentionDays: changed(daysTyped(typed), workspace.retentionDays),
  })

/** What puts back that which a change takes away. */
export const undoOf = (change: WorkspaceChange, workspace: Workspace): WorkspaceChange =>
  withoutGaps({
    name: change.name === undefined ? undefined : workspace.name,
    timeZone: change.timeZone === undefined ? undefined : workspace.timeZone,
    retentionDays: change.retentionDays === undefined ? undefined : workspace.retentionDays,
  })

/** Whether receipts that would have stayed go: that cannot be undone. */
export const keepsShorter = ({ retentionDays: after }: WorkspaceChange, before: Workspace): boolean =>
  typeof after === 'number' && (before.retentionDays === null || after < before.retentionDays)
