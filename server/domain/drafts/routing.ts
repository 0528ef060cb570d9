import { Refusal } from '../refusal.ts'
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
  readonly backup: boolean
  readonly dearer: boolean
}

/** `channelId` null: a site of no channel; undefined: whichever channel it will be. */
export type RoutingParts = {
  readonly routesFor: (workspaceId: string, channelId?: string | null) => Promise<Routes>
}

/** The key that answers: the first that its provider has not refused. */
export const route = async (
  { routesFor }: RoutingParts,
  workspaceId: string,
  channelId: string | null,
): Promise<Candidate> => {
  const { keys } = await routesFor(workspaceId, channelId)
  if (keys.length === 0) throw new Refusal('no-key', {})
  const first = keys.find(({ state }) => state === 'active')
  if (first === undefined) throw new Refusal('ai-paused', { reason: 'key-rejected' })
  return first
}
