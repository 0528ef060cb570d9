import { z } from 'zod'
import type { Executor } from './database.ts'

/** Keys read at once. */
const PAGE = 500

/** What stands in the place of a key whose workspace is being deleted. */
const DESTROYED = ''

/** A key that the master key has wrapped, and where it lies. `workspaceId` is the vault's own name for its own key. */
export type WrappedKey = {
  readonly table: 'workspaces' | 'secrets'
  readonly workspaceId: string
  readonly wrapped: string
}

const Row = z.object({ workspace_id: z.string(), wrapped: z.string() })

const ofWorkspaces = (db: Executor, after: string) =>
  db
    .selectFrom('workspaces')
    .select(['id as workspace_id', 'wrapped_key as wrapped'])
    .where('id', '>', after)
    .where('wrapped_key', '!=', DESTROYED)
    .orderBy('id')
    .limit(PAGE)

const ofSecrets = (db: Executor, after: string) =>
  db
    .selectFrom('secrets')
    .select(['workspace_id', 'sealed as wrapped'])
    .where('kind', '=', 'vault-key')
    .where('workspace_id', '>', after)
    .orderBy('workspace_id')
    .limit(PAGE)

const paged = async function* (
  table: WrappedKey['table'],
  read: (after: string) => { execute(): Promise<readonly unknown[]> },
): AsyncGenerator<WrappedKey> {
  let after = ''
  for (;;) {
    const rows = (await read(after).execute()).map((row) => Row.parse(row))
    for (const { workspace_id, wrapped } of rows) yield { table, workspaceId: workspace_id, wrapped }
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    after = last.workspace_id
  }
}

/** Every key that the master key wraps: each workspace's, and the vault's own. */
export const wrappedKeys = async function* (db: Executor): AsyncGenerator<WrappedKey> {
  yield* paged('workspaces', (after) => ofWorkspaces(db, after))
  yield* paged('secrets', (after) => ofSecrets(db, after))
}

/** Puts `next` in the place of a wrapped key, if it still stands there as it was read. */
export const replaceWrapped = async (
  tx: Executor,
  { table, workspaceId, wrapped }: WrappedKey,
  next: string,
): Promise<boolean> => {
  const update =
    table === 'workspaces'
      ? tx
          .updateTable('workspaces')
          .set({ wrapped_key: next })
          .where('id', '=', workspaceId)
          .where('wrapped_key', '=', wrapped)
      : tx
          .updateTable('secrets')
          .set({ sealed: next })
          .where('workspace_id', '=', workspaceId)
          .where('kind', '=', 'vault-key')
          .where('sealed', '=', wrapped)
  const { numUpdatedRows } = await update.executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}
