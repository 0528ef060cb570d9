import { z } from 'zod'
import type { CheckClaim, CheckStore } from '../../domain/keys/checking.ts'
import type { KeyPlace } from '../../domain/keys/keys.ts'
import type { AppendAudit } from '../books/audit.ts'
import type { Database, Executor } from '../database.ts'
import { jsonOf } from './connected-keys.ts'
import { connectedRow, recorded, wake } from './version-rows.ts'

/** A connected key whose turn it is, and which no vault is at. One that was never asked about was proved when it was connected. */
const nextDue = async (db: Executor, now: number, everyMs: number): Promise<KeyPlace | undefined> => {
  const row = await db
    .selectFrom('provider_keys as k')
    .innerJoin('workspaces as w', 'w.id', 'k.workspace_id')
    .select(['k.workspace_id as workspaceId', 'k.id as keyId'])
    .where('k.disconnected_at', 'is', null)
    .where('w.wrapped_key', '!=', '')
    .where(({ or, and, eb }) =>
      or([
        eb('k.check_at', '<=', now),
        and([eb('k.check_at', 'is', null), eb('k.verified_at', '<=', now - everyMs)]),
      ]),
    )
    .where(({ or, eb }) =>
      or([eb('k.check_claimed_until', 'is', null), eb('k.check_claimed_until', '<=', now)]),
    )
    .orderBy('k.check_at')
    .orderBy('k.id')
    .limit(1)
    .executeTakeFirst()
  return row && Place.parse(row)
}

const Place = z.object({ workspaceId: z.string(), keyId: z.string() })

/** Takes a turn if nobody has it meanwhile, nor had it: a vault that was slower must not ask again what was just asked. */
const take = async (db: Executor, place: KeyPlace, now: number, until: number): Promise<boolean> => {
  const { numUpdatedRows } = await connectedRow(db, place)
    .set({ check_claimed_until: until })
    .where(({ or, eb }) => or([eb('check_at', 'is', null), eb('check_at', '<=', now)]))
    .where(({ or, eb }) => or([eb('check_claimed_until', 'is', null), eb('check_claimed_until', '<=', now)]))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

const claim =
  ({ db }: Database): CheckStore['claim'] =>
  async (now, everyMs, until) => {
    for (;;) {
      const due = await nextDue(db, now, everyMs)
      if (due === undefined) return undefined
      if (await take(db, due, now, until)) return { ...due, claimedUntil: until }
    }
  }

/** The turn ends only for whoever has it. */
const release =
  ({ db }: Database): CheckStore['release'] =>
  async ({ claimedUntil, ...place }: CheckClaim, nextAt) => {
    await connectedRow(db, place)
      .set({ check_at: nextAt, check_claimed_until: null })
      .where('check_claimed_until', '=', claimedUntil)
      .execute()
  }

/** The account of a version of which it was not known. */
const rememberOrganization = async (
  tx: Executor,
  { workspaceId, keyId, version, organization }: Parameters<CheckStore['answered']>[0],
): Promise<void> => {
  await tx
    .updateTable('provider_key_versions')
    .set({ organization })
    .where('workspace_id', '=', workspaceId)
    .where('key_id', '=', keyId)
    .where('version', '=', version)
    .where('organization', 'is', null)
    .execute()
}

const answered = async (tx: Executor, told: Parameters<CheckStore['answered']>[0]): Promise<boolean> => {
  const { version, at, listing } = told
  const { numUpdatedRows } = await connectedRow(tx, told)
    .set({ checked_at: at, unchecked_since: null })
    .set(listing === undefined ? {} : { models: jsonOf(listing) })
    .where('current_version', '=', version)
    .executeTakeFirst()
  await rememberOrganization(tx, told)
  return numUpdatedRows === 1n
}

/** The turns in which keys are asked about, and what came of it. */
export const sqlChecks = (database: Database, appendAudit: AppendAudit): CheckStore => {
  const record = recorded(database, appendAudit)
  return {
    claim: claim(database),
    release: release(database),
    answered: (told) =>
      database.transaction(told.workspaceId, async (tx) => {
        await answered(tx, told)
      }),
    unchecked: async ({ version, at, ...place }) => {
      await connectedRow(database.db, place)
        .set({ unchecked_since: at })
        .where('current_version', '=', version)
        .where('unchecked_since', 'is', null)
        .execute()
    },
    accept: (told, entry) =>
      record(entry, async (tx) => {
        if (!(await answered(tx, told))) return false
        const { numUpdatedRows } = await connectedRow(tx, told)
          .set({ state: 'active', rejected_for: null, verified_at: told.at })
          .where('current_version', '=', told.version)
          .executeTakeFirst()
        await wake(tx, told)
        return numUpdatedRows === 1n
      }),
    stillRejected: async ({ version, reason, ...place }) => {
      await connectedRow(database.db, place)
        .set({ rejected_for: reason })
        .where('current_version', '=', version)
        .where('state', '=', 'rejected')
        .execute()
    },
  }
}
