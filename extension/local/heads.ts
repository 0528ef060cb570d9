import { z } from 'zod'
import { type Log, SignedHead } from '../../shared/chains.ts'
import type { Local } from './database.ts'

/** The newest end of a chain that this browser saw, and the thumbprint of the key that signed it. */
const SeenHead = z.object({ ...SignedHead.shape, kid: z.string() })
export type SeenHead = z.infer<typeof SeenHead>

/** Undefined when this browser has seen none of this workspace yet, or when what is stored is not readable any more. */
export const seenHead = async (
  local: Local,
  workspaceId: string,
  log: Log,
): Promise<SeenHead | undefined> => {
  const seen = SeenHead.safeParse(await local.heads.get(log)).data
  return seen?.workspace === workspaceId ? seen : undefined
}

/** Keeps a head, unless another surface has kept a longer one meanwhile. */
export const keepHead = (local: Local, head: SeenHead): Promise<void> =>
  local.together(async () => {
    const seen = await seenHead(local, head.workspace, head.log)
    if (seen === undefined || seen.length <= head.length) await local.heads.put(head)
  })

/** Forgets both, so that the next ones that are seen count as the first. */
export const forgetHeads = (local: Local): Promise<void> => local.heads.clear()
