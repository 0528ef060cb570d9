import { z } from 'zod'
import type { CapPlace, ScopedCap } from '../../../shared/cap.ts'
import { armedAfter, everyThreshold } from '../../domain/alerts/thresholds.ts'
import { readCaps } from '../caps/reading.ts'
import type { Executor } from '../database.ts'
import { lastTold } from './watched.ts'

const Zone = z.object({ time_zone: z.string() })

/** The cap as it stands after its change. */
const capNow = async (
  tx: Executor,
  { workspaceId, at }: { readonly workspaceId: string; readonly at: number },
  { scope, id, kind }: CapPlace,
): Promise<ScopedCap | undefined> => {
  const row = await tx
    .selectFrom('workspaces')
    .select('time_zone')
    .where('id', '=', workspaceId)
    .executeTakeFirst()
  const { time_zone: timeZone } = Zone.parse(row)
  const caps = await readCaps(tx, { workspaceId, timeZone, at }, [{ scope, id }])
  return caps.find((cap) => cap.scope === scope && cap.id === id && cap.kind === kind)
}

/**
 * Says of every threshold that was told of a cap in this period whether it may be told again, after the cap was changed. Belongs into the
 * transaction of the change: then nothing can be settled in between that would make a large raise look too small.
 */
export const armThresholds = async (
  tx: Executor,
  changed: { readonly workspaceId: string; readonly at: number },
  place: CapPlace,
): Promise<void> => {
  const { workspaceId, at } = changed
  const cap = await capNow(tx, changed, place)
  if (cap === undefined) return
  const abouts = everyThreshold(cap)
  const told = await lastTold(tx, workspaceId, abouts)
  for (const [index, about] of abouts.entries()) {
    const last = told.get(about)
    if (last === undefined) continue
    const armedAt = armedAfter(cap, index + 1, last, at)
    if (armedAt === last.armedAt) continue
    await tx
      .updateTable('alerts')
      .set({ armed_again_at: armedAt })
      .where('workspace_id', '=', workspaceId)
      .where('about', '=', about)
      .where('number', '=', last.number)
      .execute()
  }
}
