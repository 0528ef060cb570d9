import { z } from 'zod'
import { ProviderName } from '../../../shared/providers.ts'
import {
  AttemptOutcome,
  Certainty,
  DraftOutcome,
  Purpose,
  type ReceiptSummary,
  type ToldOutcome,
} from '../../../shared/receipts.ts'
import { modelName } from '../../domain/prices/models.ts'
import { Amount, Count, Flag } from '../columns.ts'
import type { Executor } from '../database.ts'

/** A receipt with the names of its member and channel, as it is stored. */
export const SummaryRow = z.object({
  id: z.string(),
  resolution_id: z.string(),
  purpose: Purpose,
  member_id: z.string(),
  member_name: z.string(),
  channel_id: z.string().nullable(),
  channel_name: z.string().nullable(),
  site: z.string().nullable(),
  provider: ProviderName,
  model: z.string(),
  outcome: AttemptOutcome,
  certainty: Certainty,
  settled: Amount,
  likely: Amount.nullable(),
  input_tokens: Count.nullable(),
  output_tokens: Count.nullable(),
  flawed: Flag,
  fell_back: Flag,
  urgent_by: z.string().nullable(),
  urgent_name: z.string().nullable(),
  told_outcome: DraftOutcome.nullable(),
  told_edited: Count.nullable(),
  at: Count,
})

/** What a row says became of the draft. */
export const toldOf = ({
  told_outcome: outcome,
  told_edited: editedPercent,
}: Pick<z.infer<typeof SummaryRow>, 'told_outcome' | 'told_edited'>): ToldOutcome | null =>
  outcome === null || editedPercent === null ? null : { outcome, editedPercent }

/** The receipt as people read it. */
export const summaryOf = (row: z.infer<typeof SummaryRow>): ReceiptSummary => ({
  id: row.id,
  resolutionId: row.resolution_id,
  purpose: row.purpose,
  memberId: row.member_id,
  memberName: row.member_name,
  channelId: row.channel_id,
  channelName: row.channel_name,
  site: row.site,
  provider: row.provider,
  model: row.model,
  modelName: modelName(row.provider, row.model),
  outcome: row.outcome,
  certainty: row.certainty,
  settled: row.settled,
  likely: row.likely,
  inputTokens: row.input_tokens,
  outputTokens: row.output_tokens,
  flawed: row.flawed,
  fellBack: row.fell_back,
  urgentBy: row.urgent_by === null ? null : { id: row.urgent_by, name: row.urgent_name ?? row.urgent_by },
  told: toldOf(row),
  at: row.at,
})

/** The receipts of a workspace, or of one of its members. */
export const summaries = (db: Executor, workspaceId: string, memberId: string | undefined) =>
  db
    .selectFrom('receipts')
    .innerJoin('members', (join) =>
      join
        .onRef('members.workspace_id', '=', 'receipts.workspace_id')
        .onRef('members.id', '=', 'receipts.member_id'),
    )
    .leftJoin('channels', (join) =>
      join
        .onRef('channels.workspace_id', '=', 'receipts.workspace_id')
        .onRef('channels.id', '=', 'receipts.channel_id'),
    )
    .leftJoin('members as marking', (join) =>
      join
        .onRef('marking.workspace_id', '=', 'receipts.workspace_id')
        .onRef('marking.id', '=', 'receipts.urgent_by'),
    )
    .select([
      'receipts.id',
      'receipts.resolution_id',
      'receipts.purpose',
      'receipts.member_id',
      'members.name as member_name',
      'receipts.channel_id',
      'channels.name as channel_name',
      'receipts.site',
      'receipts.provider',
      'receipts.model',
      'receipts.outcome',
      'receipts.certainty',
      'receipts.settled',
      'receipts.likely',
      'receipts.input_tokens',
      'receipts.output_tokens',
      'receipts.flawed',
      'receipts.fell_back',
      'receipts.urgent_by',
      'marking.name as urgent_name',
      'receipts.told_outcome',
      'receipts.told_edited',
      'receipts.at',
    ])
    .where('receipts.workspace_id', '=', workspaceId)
    .$if(memberId !== undefined, (query) => query.where('receipts.member_id', '=', memberId ?? ''))

export type Summaries = ReturnType<typeof summaries>
