import { type Picodollars, pico, sum } from '../../../shared/money.ts'
import type { ReportingProvider, Usage } from '../../../shared/providers.ts'
import type { OwnMark } from '../../../shared/receipts.ts'
import { costOf } from '../prices/cost.ts'
import { priceFor } from '../prices/models.ts'
import type { ComparedCall } from './matching.ts'

/** A call of ours, and its usage as both sides have it. */
export type AgreedCall = { readonly call: ComparedCall; readonly usage: Usage }

/**
 * What own prices do to a row: by how much the provider's list is above what our receipts count, and which own prices those are. `amount`
 * undefined: there is no list price to compare with.
 */
export type OwnEffect = { readonly amount: Picodollars | undefined; readonly marks: readonly OwnMark[] }

/** No own price was in force. */
export const noOwnEffect: OwnEffect = { amount: undefined, marks: [] }

/** What a call costs at the price that its receipt names. */
export const receiptCost = ({ call, usage }: AgreedCall): Picodollars => costOf(call.entry, usage, call).total

const aboveReceipt = (provider: ReportingProvider, { call, usage }: AgreedCall): Picodollars | undefined => {
  const listed = priceFor(provider, call.model, call.startedAt)?.entry
  return listed && pico(costOf(listed, usage, call).total - receiptCost({ call, usage }))
}

const isDefined = (amount: Picodollars | undefined): amount is Picodollars => amount !== undefined

/** What own prices do to calls of one model. */
export const ownEffect = (provider: ReportingProvider, agreed: readonly AgreedCall[]): OwnEffect => {
  const own = agreed.filter(({ call }) => call.entry.own !== undefined)
  const amounts = own.map((one) => aboveReceipt(provider, one))
  const marks = new Map(own.flatMap(({ call }) => (call.entry.own ? [[call.entry.id, call.entry.own]] : [])))
  return {
    amount: amounts.every(isDefined) ? sum(amounts.filter(isDefined)) : undefined,
    marks: [...marks.values()],
  }
}
