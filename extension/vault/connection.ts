import { z } from 'zod'
import { Id, Label } from '../../shared/ids.ts'
import type { Local } from '../local/database.ts'

/** Which vault this browser is paired with, and as whom. `address` is the vault's origin. Nothing in it is secret. */
export const Connection = z.object({
  address: z.string().max(300),
  workspaceId: Id,
  workspaceName: Label,
  memberId: Id,
  deviceId: Id,
})
export type Connection = z.infer<typeof Connection>

const ONLY = 'only'

/** Undefined when this browser is not paired, or when what is stored is not readable any more. */
export const readConnection = async (local: Local): Promise<Connection | undefined> =>
  Connection.safeParse(await local.connection.get(ONLY)).data

export const keepConnection = async (local: Local, connection: Connection): Promise<void> => {
  await local.connection.put({ id: ONLY, ...connection })
}
