import { z } from 'zod'
import type { Executor } from './database.ts'

const Named = z.object({ id: z.string(), name: z.string() })

/** The names of a workspace's members or channels by id, of removed ones too. */
export const namesOf = async (
  db: Executor,
  table: 'members' | 'channels',
  workspaceId: string,
): Promise<ReadonlyMap<string, string>> => {
  const rows = await db
    .selectFrom(table)
    .select(['id', 'name'])
    .where('workspace_id', '=', workspaceId)
    .execute()
  return new Map(rows.map((row) => Named.parse(row)).map(({ id, name }) => [id, name]))
}
