import type { AuditRecord } from '../books/audit.ts'
import type { StoredKey } from './keys.ts'
import type { StoredRouting } from './routing-settings.ts'

/** What is to be different about a connected key; what is left out stays. */
export type KeyEdit = {
  readonly id: string
  readonly label?: string
  readonly model?: string
  /** Ids of the channels that it may answer for; null: all. */
  readonly channels?: readonly string[] | null
  /** Place among all keys of the workspace; smaller answers earlier. */
  readonly position?: number
}

/** What is to be different about the keys of a workspace, and what is written down about it. With no record nothing is different. */
export type Arrangement = {
  readonly edits?: readonly KeyEdit[]
  /** The id of a key that ends: the secrets of all its versions are destroyed, what the books need stays. */
  readonly ends?: string
  readonly routing?: StoredRouting
  readonly records: readonly AuditRecord[]
}

/** What there is to be arranged, the keys in the order in which they answer. */
export type Arranged = {
  readonly keys: readonly StoredKey[]
  /** Undefined where nobody has said anything. */
  readonly routing: StoredRouting | undefined
  readonly channels: readonly { readonly id: string; readonly name: string }[]
}

/** Where keys are arranged. */
export type ArrangementStore = {
  /** Who answers and who stands in, as it was said last; undefined where nobody has said anything. */
  routing(workspaceId: string): Promise<StoredRouting | undefined>
  /**
   * Makes different at a moment (ms) what `decide` finds to be, in one transaction: nobody else arranges between its look and the change. Nothing is
   * changed where it throws.
   */
  arrange(workspaceId: string, at: number, decide: (present: Arranged) => Arrangement): Promise<void>
}
