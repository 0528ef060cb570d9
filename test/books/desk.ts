import { onTestFinished } from 'vitest'
import { link } from '../../server/crypto/chain.ts'
import type { HoldRequest, Settlement } from '../../server/domain/books/ledger.ts'
import { priceFor } from '../../server/domain/prices/models.ts'
import { auditAppender, sqlAudit } from '../../server/store/books/audit.ts'
import { insertDefaultCap } from '../../server/store/books/caps.ts'
import { sqlLedger } from '../../server/store/books/ledger.ts'
import { sqlVaults } from '../../server/store/books/vaults.ts'
import { sqlCaps } from '../../server/store/caps/caps.ts'
import { type Database, type Executor, migrate } from '../../server/store/database.ts'
import { sqlReceipts } from '../../server/store/receipts/receipts.ts'
import { sqlToldOutcomes } from '../../server/store/receipts/told.ts'
import { sqlNotices } from '../../server/store/spend/notices.ts'
import { sqlSpend } from '../../server/store/spend/spend.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import type { CapPlace } from '../../shared/cap.ts'
import { dollars, type Picodollars, zero } from '../../shared/money.ts'
import { noUsage } from '../../shared/providers.ts'
import { empty, engine, freshPostgres } from '../engine.ts'

/** Saturday noon in New York. */
export const NOON = Date.parse('2026-11-21T17:00:00Z')
export const TIME_ZONE = 'America/New_York'

/** Ids in the form of UUIDs, in order. */
export const countedIds = (first = 0) => {
  let count = first
  return () => `00000000-0000-4000-8000-${(++count).toString(16).padStart(12, '0')}`
}

const priced = priceFor('anthropic', 'claude-haiku-4-5', NOON)
if (priced === undefined) throw new Error('the tests need a priced model')
export const model = priced

type Draft = {
  readonly member: string
  readonly idempotencyKey: string
  readonly number: number
  readonly receipt: string
  readonly workspace: string
  readonly vault: string
  readonly expiresInMs: number
  readonly model: typeof model
  readonly channel: string
  readonly site: string
  readonly purpose: 'draft' | 'refine' | 'verify'
  /** Marked by the member who asks. */
  readonly urgent: boolean
  /** Tried out: the purpose is `playground`. */
  readonly playground: boolean
}

const purposeOf = ({ playground, purpose = 'draft' }: Partial<Draft>) => (playground ? 'playground' : purpose)

const insertMember = async (
  tx: Executor,
  { workspace, id, name }: { readonly workspace: string; readonly id: string; readonly name: string },
): Promise<void> => {
  await tx
    .insertInto('members')
    .values({
      workspace_id: workspace,
      id,
      name,
      role: 'agent',
      sees_reports: 0,
      created_at: NOON,
      removed_at: null,
    })
    .execute()
}

const insertWorkspace = async (database: Database, id: string, newId: () => string): Promise<string> => {
  const memberId = newId()
  await database.transaction(id, async (tx) => {
    await tx
      .insertInto('workspaces')
      .values({ id, name: 'Acme', time_zone: TIME_ZONE, ai_on: 1, wrapped_key: '', created_at: NOON })
      .execute()
    await insertMember(tx, { workspace: id, id: memberId, name: 'Mina Park' })
    await insertDefaultCap(tx, id, NOON)
  })
  return memberId
}

const idle: Database[] = []

/** A database for one test. PostgreSQL's are dear to make and cheap to empty: the next test has those of the one before. */
const openFresh = async (): Promise<Database> => {
  if (engine === 'sqlite') return openSqlite(':memory:')
  const database = idle.pop() ?? (await freshPostgres('migrated')).open()
  let open = true
  const close = async (): Promise<void> => {
    if (!open) return
    open = false
    await empty(database)
    idle.push(database)
  }
  onTestFinished(close)
  return { ...database, close }
}

/** The books of a new workspace over a database, with a clock that only moves, and a workspace that only moves to another zone, when told to. */
export const booksOver = async (database: Database, ids = countedIds()) => {
  const clock = { now: NOON, timeZone: TIME_ZONE }
  const now = () => clock.now
  const ledger = sqlLedger(database, { now, newId: ids, link })
  const caps = sqlCaps(database, { appendAudit: auditAppender({ now, link }), now, newId: ids })
  const vaults = sqlVaults(database, { now, isRunning: () => true })
  const vault = ids()
  await vaults.register({ id: vault, host: 'one', pid: 1 })
  const workspace = ids()
  const member = await insertWorkspace(database, workspace, ids)

  const request = (bound: Picodollars, draft: Partial<Draft> = {}): HoldRequest => ({
    workspaceId: draft.workspace ?? workspace,
    timeZone: clock.timeZone,
    vaultId: draft.vault ?? vault,
    receipt: {
      id: draft.receipt ?? ids(),
      resolutionId: ids(),
      purpose: purposeOf(draft),
      urgentBy: draft.urgent ? (draft.member ?? member) : null,
      memberId: draft.member ?? member,
      deviceId: ids(),
      channelId: draft.channel ?? null,
      site: draft.site ?? 'https://desk.example',
      idempotencyKey: draft.idempotencyKey ?? ids(),
      requestHash: 'hash',
    },
    attempt: {
      id: ids(),
      number: draft.number ?? 1,
      purpose: purposeOf(draft),
      provider: (draft.model ?? model).profile.provider,
      model: (draft.model ?? model).profile.id,
      keyId: ids(),
      keyLabel: 'Support',
      keyVersion: 1,
      baseAddress: 'https://api.anthropic.com',
      entry: (draft.model ?? model).entry,
    },
    bound,
    likely: dollars('0.001'),
    expiresAt: clock.now + (draft.expiresInMs ?? 300_000),
  })

  return {
    database,
    ledger,
    vaults,
    receipts: sqlReceipts(database, async () => null),
    tellOutcome: sqlToldOutcomes(database, { now, link }),
    spend: sqlSpend(database, { now }),
    notices: sqlNotices(database, { now }),
    clock,
    ids,
    workspace,
    member,
    vault,
    request,
    addWorkspace: async () => {
      const id = ids()
      return { workspace: id, member: await insertWorkspace(database, id, ids) }
    },
    addMember: async (name: string): Promise<string> => {
      const id = ids()
      await database.transaction(workspace, (tx) => insertMember(tx, { workspace, id, name }))
      return id
    },
    addChannel: async (name: string): Promise<string> => {
      const id = ids()
      await database.db
        .insertInto('channels')
        .values({ workspace_id: workspace, id, name, sites: '[]', created_at: clock.now, removed_at: null })
        .execute()
      return id
    },
    setCap: (limit: string) => ledger.setCap(workspace, dollars(limit), member),
    cap: () => ledger.cap(workspace, clock.timeZone),
    caps: (timeZone = clock.timeZone) => caps.list(workspace, timeZone),
    /** Sets a cap of any scope, in dollars. */
    setCapOf: (place: CapPlace, limit: string) =>
      caps.set(
        { workspaceId: workspace, timeZone: clock.timeZone, by: member },
        { ...place, limit: dollars(limit) },
      ),
    removeCapOf: (place: CapPlace) =>
      caps.remove({ workspaceId: workspace, timeZone: clock.timeZone, by: member }, place),
    /** Raises a cap, in dollars, until so many ms from now. */
    raise: (place: CapPlace, limit: string, forMs: number) =>
      caps.raise(
        { workspaceId: workspace, timeZone: clock.timeZone, by: member },
        { ...place, limit: dollars(limit), until: clock.now + forMs },
      ),
    endRaise: (place: CapPlace) =>
      caps.endRaise({ workspaceId: workspace, timeZone: clock.timeZone, by: member }, place),
    /** Keeps so many dollars of the workspace's month for urgent drafts. */
    setReserve: (reserve: string) =>
      caps.setReserve({ workspaceId: workspace, timeZone: clock.timeZone, by: member }, dollars(reserve)),
    audit: sqlAudit(database, { now, link }),
  }
}
export type Books = Awaited<ReturnType<typeof booksOver>>

/** Books over a database of the engine under test that nobody else uses. With `path` they are in that file, embedded. */
export const givenBooks = async (path?: string, ids = countedIds()): Promise<Books> => {
  const database = path === undefined ? await openFresh() : openSqlite(path)
  await migrate(database)
  return booksOver(database, ids)
}

/** The settlement of a whole answer that cost `settled`. */
export const answered = (request: HoldRequest, settled: Picodollars): Settlement => ({
  workspaceId: request.workspaceId,
  attemptId: request.attempt.id,
  outcome: 'answered',
  failure: null,
  certainty: 'exact',
  settled,
  likely: null,
  usage: { ...noUsage, freshInput: 1_412, output: 186 },
  multiplier: null,
  tier: 'standard',
  region: null,
  providerRequestId: 'req_1',
})

/** The settlement of a call that failed and cost nothing. */
export const failedFree = (request: HoldRequest): Settlement => ({
  ...answered(request, zero),
  outcome: 'failed',
  failure: 'overloaded',
  usage: null,
})

/** The settlement of a call that broke and of which the provider said nothing. */
export const broken = (request: HoldRequest): Settlement => ({
  ...answered(request, request.bound),
  outcome: 'cut',
  failure: 'ended-early',
  certainty: 'estimated',
  likely: request.likely,
  usage: null,
})
