import { z } from 'zod'
import { ProviderName } from '../../../shared/providers.ts'
import type { AuditRecord } from '../../domain/books/audit.ts'
import type { KeyPlace } from '../../domain/keys/keys.ts'
import type { KeptVersion, VersionStore } from '../../domain/keys/rotation.ts'
import type { AppendAudit } from '../books/audit.ts'
import { Count } from '../columns.ts'
import type { Database, Executor } from '../database.ts'
import { ListingJson } from './connected-keys.ts'
import { connectedRow, insertVersion, recorded, wake } from './version-rows.ts'

const Kept = z
  .object({
    version: Count,
    model: z.string().nullable(),
    models: ListingJson.nullable(),
    organization: z.string().nullable(),
    kept_until: Count.nullable(),
    ended_at: Count.nullable(),
  })
  .transform(
    ({ version, model, models, organization, kept_until, ended_at }): KeptVersion => ({
      version,
      model,
      listing: models,
      organization,
      keptUntil: kept_until,
      former: ended_at !== null,
    }),
  )

const versionsOf = (db: Executor, { workspaceId, keyId }: KeyPlace) =>
  db.selectFrom('provider_key_versions').where('workspace_id', '=', workspaceId).where('key_id', '=', keyId)

/** The row of one version whose secret is there, to be updated. */
const sealedRow = (tx: Executor, { workspaceId, keyId }: KeyPlace, version: number) =>
  tx
    .updateTable('provider_key_versions')
    .where('workspace_id', '=', workspaceId)
    .where('key_id', '=', keyId)
    .where('version', '=', version)
    .where('sealed', 'is not', null)

const kept = async (db: Executor, place: KeyPlace): Promise<readonly KeptVersion[]> => {
  const rows = await versionsOf(db, place)
    .select(['version', 'model', 'models', 'organization', 'kept_until', 'ended_at'])
    .where('sealed', 'is not', null)
    .orderBy('version')
    .execute()
  return rows.map((row) => Kept.parse(row))
}

const Named = z.object({ provider: ProviderName, label: z.string(), model: z.string(), models: z.string() })

/** A connected key, where it draws on this version if one is named. */
const connectedKeyRow = async (tx: Executor, { workspaceId, keyId }: KeyPlace, version?: number) => {
  const row = await tx
    .selectFrom('provider_keys')
    .select(['provider', 'label', 'model', 'models'])
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', keyId)
    .where('disconnected_at', 'is', null)
    .$if(version !== undefined, (query) => query.where('current_version', '=', version ?? 0))
    .executeTakeFirst()
  return row && Named.parse(row)
}

const destroyedRecord = (
  workspaceId: string,
  { provider, label }: Pick<z.infer<typeof Named>, 'provider' | 'label'>,
  version: number,
): AuditRecord => ({
  workspaceId,
  kind: 'key-version-destroyed',
  memberId: null,
  facts: { provider, label, version },
})

/** Stores a version that was rehearsed and destroys the one before it: whoever rehearses again has decided against that. */
const rehearse =
  (database: Database, appendAudit: AppendAudit): VersionStore['rehearse'] =>
  ({ proven, keptUntil, ...place }, entry) =>
    recorded(database, appendAudit)(entry, async (tx) => {
      const key = await connectedKeyRow(tx, place)
      if (key === undefined) return false
      const before = (await kept(tx, place)).filter((one) => one.keptUntil !== null && !one.former)
      if (!(await insertVersion(tx, place, proven, keptUntil))) return false
      for (const { version } of before) {
        await sealedRow(tx, place, version).set({ sealed: null, ended_at: proven.verifiedAt }).execute()
        await appendAudit(tx, destroyedRecord(place.workspaceId, key, version))
      }
      return true
    })

const Next = z.object({ models: z.string(), verified_at: Count })

const switchTo = async (
  tx: Executor,
  { from, to, model, at, keptUntil, ...place }: Parameters<VersionStore['switch']>[0],
): Promise<boolean> => {
  const present = await connectedKeyRow(tx, place, from)
  const row = await versionsOf(tx, place)
    .select(['models', 'verified_at'])
    .where('version', '=', to)
    .where('sealed', 'is not', null)
    .where('kept_until', '>', at)
    .executeTakeFirst()
  if (present === undefined || row === undefined) return false
  const { models, verified_at } = Next.parse(row)
  const { model: modelBefore, models: modelsBefore } = present
  await sealedRow(tx, place, from)
    .set({ kept_until: keptUntil, ended_at: at, model: modelBefore, models: modelsBefore })
    .execute()
  await sealedRow(tx, place, to).set({ kept_until: null, ended_at: null, model }).execute()
  await connectedRow(tx, place)
    .set({ current_version: to, model, models, verified_at, unchecked_since: null })
    .set({ state: 'active', rejected_for: null })
    .execute()
  await wake(tx, place)
  return true
}

/** Destroys a version if its time is over; false when it is not, or another vault was here before. */
const destroy = async (
  tx: Executor,
  { version, ...place }: KeyPlace & { readonly version: number },
  until: number,
  at: number,
): Promise<boolean> => {
  const { numUpdatedRows } = await sealedRow(tx, place, version)
    .set(({ fn, val }) => ({ sealed: null, ended_at: fn.coalesce('ended_at', val(at)).$castTo<number>() }))
    .where('kept_until', '<=', until)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

const Past = z.object({
  workspace_id: z.string(),
  key_id: z.string(),
  version: Count,
  provider: ProviderName,
  label: z.string(),
})

const past = async ({ db }: Database, until: number): Promise<readonly z.infer<typeof Past>[]> => {
  const rows = await db
    .selectFrom('provider_key_versions as v')
    .innerJoin('provider_keys as k', (join) =>
      join.onRef('k.workspace_id', '=', 'v.workspace_id').onRef('k.id', '=', 'v.key_id'),
    )
    .select(['v.workspace_id', 'v.key_id', 'v.version', 'k.provider', 'k.label'])
    .where('v.sealed', 'is not', null)
    .where('v.kept_until', '<=', until)
    .orderBy('v.kept_until')
    .execute()
  return rows.map((row) => Past.parse(row))
}

const Former = z.object({ key_id: z.string(), version: Count, until: Count })

/** Of several former versions of one key, the one that is kept longest was the last. */
const formers =
  ({ db }: Database): VersionStore['formers'] =>
  async (workspaceId, at) => {
    const rows = await db
      .selectFrom('provider_key_versions')
      .select(['key_id', 'version', 'kept_until as until'])
      .where('workspace_id', '=', workspaceId)
      .where('sealed', 'is not', null)
      .where('kept_until', '>', at)
      .where('ended_at', 'is not', null)
      .orderBy('kept_until')
      .execute()
    return new Map(
      rows
        .map((row) => Former.parse(row))
        .map(({ key_id, version, until }) => [key_id, { version, until }] as const),
    )
  }

const Newest = z.object({ version: Count.nullable() })

/** Versions of keys. Of one that is not the current one nothing is left after its time, save what the books need. */
export const sqlVersions = (database: Database, appendAudit: AppendAudit): VersionStore => {
  const record = recorded(database, appendAudit)
  return {
    kept: (place) => kept(database.db, place),
    newest: async (place) => {
      const row = await versionsOf(database.db, place)
        .select(({ fn }) => fn.max('version').as('version'))
        .executeTakeFirst()
      return Newest.parse(row).version ?? 0
    },
    formers: formers(database),
    rehearse: rehearse(database, appendAudit),
    switch: (change, entry) => record(entry, (tx) => switchTo(tx, change)),
    destroyKept: async (until, at) => {
      for (const { workspace_id: workspaceId, key_id: keyId, version, ...key } of await past(database, until))
        await record(destroyedRecord(workspaceId, key, version), (tx) =>
          destroy(tx, { workspaceId, keyId, version }, until, at),
        )
    },
  }
}
