import type { ReceiptSummary } from '../../../shared/receipts.ts'
import type { ReceiptSearch } from '../../vault/receipts.ts'
import { isReply } from './reply/told.ts'

/** Remembers the answer for each text: among many receipts there are few names. */
const remembered = (test: (text: string) => boolean): ((text: string) => boolean) => {
  const known = new Map<string, boolean>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const answer = test(text)
    known.set(text, answer)
    return answer
  }
}

type Test = (receipt: ReceiptSummary) => boolean

/** Whether a word that was typed occurs in what a person knows a receipt by, whatever its case. */
const saying = (typed: string): Test => {
  const word = typed.toLowerCase()
  const says = remembered((text) => text.toLowerCase().includes(word))
  return ({ id, memberName, model, modelName, site, channelName }) =>
    says(memberName) ||
    says(modelName) ||
    says(model) ||
    (site !== null && says(site)) ||
    (channelName !== null && says(channelName)) ||
    id.includes(word)
}

/** Of what is no reply nobody has anything to tell. */
const becoming = (told: NonNullable<ReceiptSearch['told']>): Test =>
  told === 'nothing'
    ? (receipt) => receipt.told === null && isReply(receipt)
    : (receipt) => receipt.told?.outcome === told

const same = ['memberId', 'channelId', 'provider', 'model', 'purpose', 'outcome', 'resolutionId'] as const

const testsOf = (search: ReceiptSearch): readonly Test[] => {
  const { from, to } = search
  const words = (search.search ?? '').split(/\s+/).filter((word) => word !== '')
  return [
    ...(from === undefined ? [] : [({ at }: ReceiptSummary) => at >= from]),
    ...(to === undefined ? [] : [({ at }: ReceiptSummary) => at < to]),
    ...same
      .filter((name) => search[name] !== undefined)
      .map((name) => (receipt: ReceiptSummary) => receipt[name] === search[name]),
    ...(search.flawed === undefined ? [] : [({ flawed }: ReceiptSummary) => flawed]),
    ...(search.fellBack === undefined ? [] : [({ fellBack }: ReceiptSummary) => fellBack]),
    ...(search.urgent === undefined ? [] : [({ urgentBy }: ReceiptSummary) => urgentBy !== null]),
    ...(search.told === undefined ? [] : [becoming(search.told)]),
    ...words.map(saying),
  ]
}

/** The receipts that fit a search, by the vault's own rules, in the order in which they were. */
export const fitting = (
  receipts: readonly ReceiptSummary[],
  search: ReceiptSearch,
): readonly ReceiptSummary[] => {
  const tests = testsOf(search)
  return tests.length === 0 ? receipts : receipts.filter((receipt) => tests.every((fits) => fits(receipt)))
}
