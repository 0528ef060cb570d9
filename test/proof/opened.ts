import { join } from 'node:path'
import { type Database, migrate } from '../../server/store/database.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { type Engine, freshDatabase } from '../engine.ts'
import { scratchFolder } from '../scratch-folder.ts'

/** A migrated database that nobody else uses, and that is gone afterwards. */
type OpenedDatabase = Database & AsyncDisposable

/** Opens an empty database of an engine; the embedded one in memory, or in a file as a vault has it. */
export const openedDatabase = async (
  engine: Engine,
  place: 'memory' | 'file' = 'memory',
): Promise<OpenedDatabase> => {
  const fresh = await freshDatabase('migrated', engine)
  const folder = place === 'file' && engine === 'sqlite' ? scratchFolder('proof') : undefined
  const path = folder === undefined ? ':memory:' : join(folder.path, 'ownkey.db')
  const database = engine === 'sqlite' ? openSqlite(path) : fresh.open()
  await migrate(database)
  return {
    ...database,
    [Symbol.asyncDispose]: async () => {
      await database.close()
      await fresh.remove()
      folder?.remove()
    },
  }
}
