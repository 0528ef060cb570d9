import { pico, Usd } from '../../../shared/money.ts'
import {
  type CountedLines,
  countedLines,
  type Disagreement,
  wrongLines,
  wrongReceipts,
} from '../../store/checks/sums.ts'
import type { Executor } from '../../store/database.ts'
import { counted, type Finding, good, tampered } from './finding.ts'

const usd = (amount: bigint): string => `$${Usd.encode(pico(amount))}`

const isWrong = ({ settled, held, lines_settled, lines_held }: CountedLines): boolean =>
  settled !== lines_settled || held !== lines_held

const inWords = (row: CountedLines): string =>
  `${row.scope}${row.scope_id === '' ? '' : ` ${row.scope_id}`} in period ${row.period_id} of workspace ${row.workspace_id}: ` +
  `counted ${usd(row.settled)} settled and ${usd(row.held)} held, added up ${usd(row.lines_settled)} and ${usd(row.lines_held)}`

const checkCounters = async (db: Executor): Promise<Finding> => {
  const counters = await countedLines(db)
  const [first, ...more] = counters.filter(isWrong)
  if (first === undefined)
    return good('counters', `${counted(counters.length, 'counter')} equal the sum of their holds`)
  const others = more.length === 0 ? '' : `; and ${more.length} more`
  return tampered('counters', `${inWords(first)}${others}`)
}

const agreement = (check: string, holds: string, what: string, { named, more }: Disagreement): Finding => {
  if (named.length === 0) return good(check, holds)
  const places = named.map((fault) => `${fault.what} of workspace ${fault.workspace_id}`).join('; ')
  return tampered(check, `${what}: ${places}${more ? '; and more' : ''}`)
}

/** Adds the ledger up: counters against holds, receipts against attempts, attempts against holds. */
export const checkBooks = async (db: Executor): Promise<readonly Finding[]> => [
  await checkCounters(db),
  agreement(
    'receipts',
    'every receipt is the sum of its attempts',
    'not the sum of their attempts',
    await wrongReceipts(db),
  ),
  agreement(
    'attempts',
    'every attempt says what its holds say, open and closed',
    'say another amount or state than their holds',
    await wrongLines(db),
  ),
]
