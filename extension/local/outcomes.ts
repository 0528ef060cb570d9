import { z } from 'zod'
import { DraftOutcome, ToldOutcome } from '../../shared/receipts.ts'
import type { Local } from './database.ts'

/** What became of a draft and is still to be told to the vault. */
const Queued = z.object({ receiptId: z.uuid(), ...ToldOutcome.shape })
export type Queued = z.infer<typeof Queued>

const strength = ({ outcome }: ToldOutcome): number => DraftOutcome.options.indexOf(outcome)

const queuedFor = async (local: Local, receiptId: string): Promise<Queued | undefined> =>
  Queued.safeParse(await local.outcomes.get(receiptId)).data

/** Queues what became of a draft, until the vault was told. A weaker outcome than the one that waits already is left out. */
export const queueOutcome = (local: Local, queued: Queued): Promise<void> =>
  local.together(async () => {
    const waiting = await queuedFor(local, queued.receiptId)
    if (waiting === undefined || strength(queued) > strength(waiting)) await local.outcomes.put(queued)
  })

/** Everything that waits; what cannot be read is left where it is. */
export const queuedOutcomes = async (local: Local): Promise<readonly Queued[]> =>
  (await local.outcomes.toArray()).flatMap((row) => Queued.safeParse(row).data ?? [])

/** Takes out what was told, unless something stronger was queued meanwhile. */
export const outcomeTold = (local: Local, told: Queued): Promise<void> =>
  local.together(async () => {
    const waiting = await queuedFor(local, told.receiptId)
    if (waiting?.outcome === told.outcome) await local.outcomes.delete(told.receiptId)
  })
