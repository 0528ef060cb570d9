import type { Arrangement, ArrangementStore, KeyEdit } from '../../domain/keys/arrangement.ts'
import type { AppendAudit } from '../books/audit.ts'
import type { Database, Executor } from '../database.ts'
import { routingOf, writeRouting } from '../routing/settings.ts'
import { channelsOf, connectedKeys } from './connected-keys.ts'
import { connectedRow, destroySecrets } from './version-rows.ts'

/** The columns of an edit; what is left out stays. */
const columnsOf = ({ label, model, channels, position }: KeyEdit) => ({
  ...(label === undefined ? {} : { label }),
  ...(model === undefined ? {} : { model }),
  ...(channels === undefined ? {} : { channels: channels && JSON.stringify(channels) }),
  ...(position === undefined ? {} : { position }),
})

const apply = async (
  tx: Executor,
  workspaceId: string,
  { edits = [], ends, routing }: Arrangement,
  at: number,
): Promise<void> => {
  for (const edit of edits)
    await connectedRow(tx, { workspaceId, keyId: edit.id }).set(columnsOf(edit)).execute()
  if (ends !== undefined) {
    const place = { workspaceId, keyId: ends }
    await connectedRow(tx, place).set({ disconnected_at: at }).execute()
    await destroySecrets(tx, place, at)
  }
  if (routing !== undefined) await writeRouting(tx, workspaceId, routing, at)
}

/** The order of keys, what they are used for, and who answers. */
export const keyArranging = (database: Database, appendAudit: AppendAudit): ArrangementStore => ({
  routing: (workspaceId) => routingOf(database.db, workspaceId),
  arrange: (workspaceId, at, decide) =>
    database.transaction(workspaceId, async (tx) => {
      const arrangement = decide({
        keys: await connectedKeys({ db: tx }, workspaceId),
        routing: await routingOf(tx, workspaceId),
        channels: await channelsOf({ db: tx }, workspaceId),
      })
      await apply(tx, workspaceId, arrangement, at)
      for (const record of arrangement.records) await appendAudit(tx, record)
    }),
})
