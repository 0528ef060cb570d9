import { Refusal } from '../refusal.ts'
import type { Candidate } from './attempts.ts'

/** A workspace's connected keys in the order in which they answer. */
export type RoutingParts = {
  readonly candidates: (
    workspaceId: string,
  ) => Promise<readonly (Candidate & { readonly state: 'active' | 'rejected' })[]>
}

/** The key that answers: the first that its provider has not refused. */
export const route = async ({ candidates }: RoutingParts, workspaceId: string): Promise<Candidate> => {
  const connected = await candidates(workspaceId)
  if (connected.length === 0) throw new Refusal('no-key', {})
  const first = connected.find(({ state }) => state === 'active')
  if (first === undefined) throw new Refusal('ai-paused', { reason: 'key-rejected' })
  return first
}
