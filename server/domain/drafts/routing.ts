import type { ProviderName } from '../../../shared/providers.ts'
import type { Candidate } from './attempts.ts'

/** A key that may answer. `rejected`: its provider has refused it, so nobody is sent to it until somebody sees to it. */
export type RoutedKey = Candidate & {
  readonly state: 'active' | 'rejected'
  readonly place: 'primary' | 'backup'
}

/**
 * Who answers in a channel: the keys of the primary in their order, then those of the backup where one is turned on. `dearer`: whether a backup
 * may answer that costs more than ten times as much.
 */
export type Routes = {
  readonly keys: readonly RoutedKey[]
  /** Providers of every connected key, also of those that have no place or may not answer here. */
  readonly connected: readonly ProviderName[]
  readonly backup: boolean
  readonly dearer: boolean
}

/** `channelId` null: a site of no channel; undefined: whichever channel it will be. */
export type RoutingParts = {
  readonly routesFor: (workspaceId: string, channelId?: string | null) => Promise<Routes>
}
