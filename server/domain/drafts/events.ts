import type { Cap } from '../../../shared/cap.ts'
import type { DraftEvent } from '../../../shared/drafts.ts'
import { failureProblem } from '../../../shared/problems.ts'
import type { Receipt } from '../../../shared/receipts.ts'
import type { Backup } from './candidates.ts'
import type { Made, Ready } from './trying.ts'

const modelOf = ({ plan: { candidate, model, bound, outputLimit }, lowered }: Ready) => ({
  provider: candidate.provider,
  model: model.profile.id,
  modelName: model.profile.name,
  held: bound,
  outputLimit,
  lowered,
})

/** That the first call of a request is made. `channel` is the name of the site's. */
export const startedEvent = (call: Ready, channel: string | null, standsIn: boolean): DraftEvent => ({
  type: 'started',
  receiptId: call.plan.order.receiptId,
  resolutionId: call.plan.order.resolutionId,
  ...modelOf(call),
  channel,
  standsIn,
})

/** That another key answers after a call that failed. */
export const switchedEvent = ({ plan, called }: Made, call: Ready): DraftEvent => {
  const reason = called.ending.failure
  if (reason === null) throw new Error('nobody answers after a call that did not fail')
  return { type: 'switched', from: plan.candidate.provider, reason, ...modelOf(call) }
}

/** How a request ended, with its receipt and the cap as they are now. */
export const lastEvent = (
  { plan, called }: Made,
  backup: Backup,
  written: { readonly receipt: Receipt; readonly cap: Cap },
): DraftEvent => {
  const reason = called.ending.failure
  if (reason === null) return { type: 'receipt', ...written }
  const problem = failureProblem({
    provider: plan.candidate.provider,
    reason,
    partial: called.text !== '',
    retryAfterSeconds: called.failure?.retryAfterSeconds ?? null,
    backup,
  })
  return { type: 'problem', problem, ...written }
}
