import { z } from 'zod'
import { PriceTerms } from '../../../shared/books/prices.ts'
import { ProviderName } from '../../../shared/providers.ts'
import type { OwnPriceStore, StoredPrice } from '../../domain/prices/own-prices.ts'
import type { AppendAudit } from '../books/audit.ts'
import { Count } from '../columns.ts'
import type { Database, Executor } from '../database.ts'

const Row = z
  .object({
    id: z.string(),
    provider: ProviderName,
    model: z.string(),
    terms: z.string(),
    set_by_name: z.string(),
    set_at: Count,
  })
  .transform(({ terms, set_by_name: setBy, set_at: setAt, ...row }): StoredPrice => {
    return { ...row, terms: PriceTerms.parse(JSON.parse(terms)), setBy, setAt }
  })

const all = async (db: Executor, workspaceId: string): Promise<readonly StoredPrice[]> => {
  const rows = await db
    .selectFrom('own_prices')
    .innerJoin('members', (join) =>
      join
        .onRef('members.workspace_id', '=', 'own_prices.workspace_id')
        .onRef('members.id', '=', 'own_prices.set_by'),
    )
    .select([
      'own_prices.id',
      'own_prices.provider',
      'own_prices.model',
      'own_prices.terms',
      'own_prices.set_at',
      'members.name as set_by_name',
    ])
    .where('own_prices.workspace_id', '=', workspaceId)
    .orderBy('own_prices.provider')
    .orderBy('own_prices.model')
    .orderBy('own_prices.number', 'desc')
    .execute()
  return rows.map((row) => Row.parse(row))
}

const Newest = z.object({ number: Count.nullable() })

const nextNumber = async (
  tx: Executor,
  workspaceId: string,
  { provider, model }: Pick<StoredPrice, 'provider' | 'model'>,
): Promise<number> => {
  const row = await tx
    .selectFrom('own_prices')
    .select(({ fn }) => fn.max('number').as('number'))
    .where('workspace_id', '=', workspaceId)
    .where('provider', '=', provider)
    .where('model', '=', model)
    .executeTakeFirstOrThrow()
  return (Newest.parse(row).number ?? 0) + 1
}

/** The prices that admins set, each with the name of whoever did. */
export const sqlOwnPrices = ({ db, transaction }: Database, appendAudit: AppendAudit): OwnPriceStore => ({
  list: (workspaceId) => all(db, workspaceId),
  add: (workspaceId, { id, provider, model, terms, setById, setAt }, record) =>
    transaction(workspaceId, async (tx) => {
      const number = await nextNumber(tx, workspaceId, { provider, model })
      const encoded = JSON.stringify(z.encode(PriceTerms, terms))
      await tx
        .insertInto('own_prices')
        .values({
          workspace_id: workspaceId,
          id,
          provider,
          model,
          number,
          terms: encoded,
          set_by: setById,
          set_at: setAt,
        })
        .execute()
      await appendAudit(tx, record)
    }),
})
