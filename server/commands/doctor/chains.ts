import type { Log } from '../../../shared/chains.ts'
import { type Picodollars, pico, Usd, zero } from '../../../shared/money.ts'
import { walkStream } from '../../crypto/chain.ts'
import { mainScopes } from '../../domain/books/caps.ts'
import type { StoredLink } from '../../domain/books/chains.ts'
import { settledBy } from '../../domain/books/tally.ts'
import { chainEntries } from '../../store/books/events.ts'
import { type CountedLines, countedLines } from '../../store/checks/sums.ts'
import type { Executor } from '../../store/database.ts'
import { counted, type Finding, good, tampered } from './finding.ts'

const ALL = Number.MAX_SAFE_INTEGER

type Tally = { settled: Picodollars }

/** Adds up what the entries say while they are walked; one that does not hold is not added. */
const tallied = async function* (
  entries: AsyncIterable<StoredLink>,
  tally: Tally,
): AsyncGenerator<StoredLink> {
  for await (const entry of entries) {
    yield entry
    tally.settled = pico(tally.settled + settledBy(JSON.parse(entry.bytes)))
  }
}

const whole = (log: Log, entries: number, workspaces: number): Finding =>
  good(`${log} chains`, `whole: ${counted(entries, 'event')} in ${counted(workspaces, 'workspace')}`)

const broken = (log: Log, workspaceId: string, seq: number, fault: string): Finding =>
  tampered(`${log} chains`, `entry ${seq} of workspace ${workspaceId} is ${fault}`)

const checkAudit = async (db: Executor, workspaces: readonly string[]): Promise<Finding> => {
  let entries = 0
  for (const workspaceId of workspaces) {
    const walked = await walkStream(chainEntries(db, { workspaceId, log: 'audit' }, ALL))
    if (!walked.whole) return broken('audit', workspaceId, walked.seq, walked.fault)
    entries += walked.length
  }
  return whole('audit', entries, workspaces.length)
}

/** What a workspace's counters say that it has settled since its beginning: its months and the playground's. Its days and other scopes count the same money again. */
const settledIn = (counters: readonly CountedLines[], workspaceId: string): bigint =>
  counters
    .filter(
      ({ workspace_id, scope, kind }) =>
        workspace_id === workspaceId && kind === 'month' && mainScopes.some((main) => main.scope === scope),
    )
    .reduce((sum, { settled }) => sum + settled, 0n)

const usd = (amount: bigint): string => `$${Usd.encode(pico(amount))}`

const checkLedger = async (db: Executor, workspaces: readonly string[]): Promise<readonly Finding[]> => {
  const counters = await countedLines(db)
  let entries = 0
  for (const workspaceId of workspaces) {
    const tally: Tally = { settled: zero }
    const walked = await walkStream(tallied(chainEntries(db, { workspaceId, log: 'ledger' }, ALL), tally))
    if (!walked.whole) return [broken('ledger', workspaceId, walked.seq, walked.fault)]
    entries += walked.length
    const counts = settledIn(counters, workspaceId)
    if (counts !== tally.settled)
      return [
        whole('ledger', entries, workspaces.length),
        tampered(
          'ledger sum',
          `the events of workspace ${workspaceId} add up to ${usd(tally.settled)}, its counters to ${usd(counts)}`,
        ),
      ]
  }
  return [
    whole('ledger', entries, workspaces.length),
    good('ledger sum', 'the events of every workspace add up to its counters'),
  ]
}

/** Walks both chains of every workspace, and adds the ledger's events up. */
export const checkChains = async (
  db: Executor,
  workspaces: readonly string[],
): Promise<readonly Finding[]> => [...(await checkLedger(db, workspaces)), await checkAudit(db, workspaces)]
