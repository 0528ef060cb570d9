import { z } from 'zod'
import { ReportingProvider } from '../../../shared/providers.ts'
import type { ForeignUse } from '../../../shared/spend.ts'
import { Difference } from '../../../shared/statements/statements.ts'
import type { ReadForeignUse } from '../../domain/books/spend.ts'
import { modelName } from '../../domain/prices/models.ts'
import { Count } from '../columns.ts'
import type { Database } from '../database.ts'

const Differences = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.array(Difference))

const Row = z
  .object({
    provider: ReportingProvider,
    key_id: z.string(),
    label: z.string(),
    model: z.string(),
    day: z.iso.date(),
    differences: Differences,
    foreign_since: Count,
  })
  .transform(({ provider, key_id, label, model, day, differences, foreign_since }): ForeignUse[] =>
    differences
      .filter(({ reason }) => reason === 'foreign-use')
      .map(({ requests, amount }) => ({
        provider,
        keyId: key_id,
        keyLabel: label,
        model,
        modelName: modelName(provider, model),
        day,
        requests,
        amount,
        foundAt: foreign_since,
      })),
  )

/** What the statements say of uses of our keys outside Ownkey. */
export const sqlForeignUse =
  ({ db }: Pick<Database, 'db'>): ReadForeignUse =>
  async (workspaceId, of) => {
    const rows = await db
      .selectFrom('statement_rows as s')
      .innerJoin('provider_keys as k', (join) =>
        join.onRef('k.workspace_id', '=', 's.workspace_id').onRef('k.id', '=', 's.key_id'),
      )
      .select(['s.provider', 's.key_id', 'k.label', 's.model', 's.day', 's.differences', 's.foreign_since'])
      .where('s.workspace_id', '=', workspaceId)
      .where('s.foreign_since', 'is not', null)
      .$if('month' in of, (query) => query.where('s.day', 'like', 'month' in of ? `${of.month}-%` : ''))
      .$if('foundSince' in of, (query) =>
        query.where('s.foreign_since', '>=', 'foundSince' in of ? of.foundSince : 0),
      )
      .orderBy('s.day', 'desc')
      .orderBy('s.model')
      .execute()
    return rows.flatMap((row) => Row.parse(row))
  }
