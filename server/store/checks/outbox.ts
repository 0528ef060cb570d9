import { z } from 'zod'
import { Count } from '../columns.ts'
import type { Executor } from '../database.ts'

const Row = z.object({ via: z.string(), failure: z.string().nullable(), count: Count })

/** Deliveries that are alike. `failure`: why the last try came to nothing; null: there was none. */
export type AlikeDeliveries = z.infer<typeof Row>

const counted = (db: Executor) =>
  db
    .selectFrom('outbox as o')
    .select(({ fn }) => ['o.via', 'o.failure', fn.countAll().as('count')])
    .groupBy(['o.via', 'o.failure'])
    .orderBy('o.via')
    .orderBy('o.failure')

/** What waits to be sent, in all workspaces. */
export const waitingDeliveries = async (db: Executor): Promise<readonly AlikeDeliveries[]> =>
  (await counted(db).where('o.next_at', 'is not', null).execute()).map((row) => Row.parse(row))

/** Of the alerts since a moment (ms) what was given up, but for want of a recipient, who was taken off the list. */
export const givenUpDeliveries = async (db: Executor, since: number): Promise<readonly AlikeDeliveries[]> =>
  (
    await counted(db)
      .innerJoin('alerts as a', (join) =>
        join.onRef('a.workspace_id', '=', 'o.workspace_id').onRef('a.id', '=', 'o.alert_id'),
      )
      .where('a.at', '>=', since)
      .where('o.next_at', 'is', null)
      .where('o.delivered_at', 'is', null)
      .where('o.failure', 'not in', ['removed', 'restored'])
      .execute()
  ).map((row) => Row.parse(row))
