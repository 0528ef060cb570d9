import { link } from '../../../server/crypto/chain.ts'
import type { HoldRequest } from '../../../server/domain/books/ledger.ts'
import { priceFor } from '../../../server/domain/prices/models.ts'
import { auditAppender } from '../../../server/store/books/audit.ts'
import { sqlCaps } from '../../../server/store/caps/caps.ts'
import type { Database } from '../../../server/store/database.ts'
import { sqlRetention } from '../../../server/store/workspace/retention.ts'
import type { CapPlace } from '../../../shared/cap.ts'
import { pico } from '../../../shared/money.ts'
import { booksOver, model as haiku, NOON } from '../../books/desk.ts'
import { type Call, model, monthOfAll } from './model.ts'
import type { Schedule, Step } from './steps.ts'

const priced = priceFor('openai', 'gpt-5.6-luna', NOON)
if (priced === undefined) throw new Error('the proof needs a second model')
const models = [haiku, priced] as const

/** Shortly before clocks are moved, days and months end; on three of these dates a day begins late, twice, or by half an hour otherwise. */
const beginnings: readonly (readonly [at: string, zone: string])[] = [
  ['2026-11-21T17:00:00Z', 'America/New_York'],
  ['2026-03-08T06:50:00Z', 'America/New_York'],
  ['2026-11-01T03:58:00Z', 'America/New_York'],
  ['2026-03-31T21:58:00Z', 'Europe/Berlin'],
  ['2026-09-06T03:58:00Z', 'America/Santiago'],
  ['2026-10-03T15:28:00Z', 'Australia/Lord_Howe'],
  ['2026-12-31T09:58:00Z', 'Pacific/Kiritimati'],
  ['2026-03-01T11:58:00Z', 'Etc/GMT+12'],
]

/** Where a workspace may move: from the first to the last place of the Earth where a day begins. */
export const zones = [
  'America/New_York',
  'Pacific/Kiritimati',
  'Etc/GMT+12',
  'Europe/Berlin',
  'America/Santiago',
  'Australia/Lord_Howe',
] as const

export const cents = (count: number): bigint => BigInt(count) * 10_000_000_000n

/** The one of a list that a number of a schedule means. */
export const chosen = <One>(list: readonly [One, ...One[]], number: number): One =>
  list[number % list.length] ?? list[0]

/** Sits down at empty books: two members, two channels, two models of two providers, two vaults, and the model that predicts. */
export const laidTable = async (database: Database, ids: () => string, { beginning, limit }: Schedule) => {
  const books = await booksOver(database, ids)
  const second = ids()
  await books.vaults.register({ id: second, host: 'one', pid: 2 })
  const members = [books.member, await books.addMember('Noor')] as const
  const channels = [await books.addChannel('Shop'), await books.addChannel('Repairs')] as const
  const vaults = [books.vault, second] as const
  const [at, zone] = chosen([beginnings[0] ?? ['', ''], ...beginnings.slice(1)], beginning)
  books.clock.now = Date.parse(at)
  books.clock.timeZone = zone
  const now = () => books.clock.now
  const appendAudit = auditAppender({ now, link })
  const table = {
    books,
    caps: sqlCaps(database, { appendAudit, now, newId: ids }),
    /** Who changes a cap. */
    deed: () => ({ workspaceId: books.workspace, timeZone: books.clock.timeZone, by: books.member }),
    retention: sqlRetention(database, { appendAudit, link, now }),
    model: model(),
    members,
    channels,
    vaults,
    places: placesOf(members, channels),
    /** When each vault last showed that it lives. */
    beats: new Map<string, number>(),
    requests: new Map<string, HoldRequest>(),
  }
  await wakeAll(table)
  await books.setCapOf(monthOfAll, String(limit / 100))
  table.model.setLimit(monthOfAll, cents(limit))
  return table
}
export type Table = Awaited<ReturnType<typeof laidTable>>

const idOf = ({ profile }: (typeof models)[number]): string => `${profile.provider}/${profile.id}`

const placesOf = (
  [mina, noor]: readonly [string, string],
  [shop, repairs]: readonly [string, string],
): readonly [CapPlace, ...CapPlace[]] => [
  { scope: 'workspace', id: '', kind: 'day' },
  monthOfAll,
  { scope: 'member', id: mina, kind: 'month' },
  { scope: 'member', id: mina, kind: 'day' },
  { scope: 'member', id: noor, kind: 'day' },
  { scope: 'channel', id: shop, kind: 'month' },
  { scope: 'channel', id: repairs, kind: 'day' },
  { scope: 'model', id: idOf(models[0]), kind: 'month' },
  { scope: 'model', id: idOf(models[0]), kind: 'day' },
  { scope: 'model', id: idOf(models[1]), kind: 'month' },
  { scope: 'playground', id: '', kind: 'month' },
  { scope: 'playground', id: '', kind: 'day' },
]

/** Lets every vault show that it lives, now. */
export const wakeAll = async ({ books, vaults, beats }: Pick<Table, 'books' | 'vaults' | 'beats'>) => {
  for (const vault of vaults) {
    await books.vaults.heartbeat(vault)
    beats.set(vault, books.clock.now)
  }
}

type Wish = {
  readonly cents: number
  readonly model: number
  readonly percent: number
  readonly minutes: number
}

type Asking = Pick<HoldRequest['receipt'], 'id' | 'memberId' | 'channelId' | 'urgentBy' | 'purpose'> & {
  readonly number: number
  readonly vault: string
}

/** A call that is about to be made: as the ledger is asked for it, and as the model knows it. */
export type Attempt = { readonly request: HoldRequest; readonly call: Call }

const attemptOf = ({ books }: Table, wish: Wish, asking: Asking): Attempt => {
  const { id, memberId, channelId, urgentBy, purpose, number, vault } = asking
  const model = chosen([...models], wish.model)
  const bound = cents(wish.cents)
  const made = books.request(pico(bound), {
    receipt: id,
    number,
    vault,
    model,
    member: memberId,
    ...(channelId !== null && { channel: channelId }),
    expiresInMs: wish.minutes * 60_000,
  })
  const request: HoldRequest = {
    ...made,
    receipt: { ...made.receipt, purpose, urgentBy },
    attempt: { ...made.attempt, purpose },
  }
  const call: Call = {
    attempt: request.attempt.id,
    receipt: id,
    number,
    startedAt: books.clock.now,
    expiresAt: request.expiresAt,
    vault,
    member: memberId,
    channel: channelId,
    model: idOf(model),
    playground: purpose === 'playground',
    urgent: urgentBy !== null || purpose === 'verify',
    bound,
    bill: (bound * BigInt(wish.percent)) / 100n,
  }
  return { request, call }
}

/** The first call of a request. */
export const firstAttempt = (table: Table, step: Extract<Step, { do: 'hold' }>): Attempt => {
  const { books, members, channels, vaults } = table
  const memberId = chosen(members, step.who)
  return attemptOf(table, step, {
    id: books.ids(),
    memberId,
    channelId: chosen([null, ...channels], step.channel),
    purpose: step.kind === 'urgent' ? 'draft' : step.kind,
    urgentBy: step.kind === 'urgent' ? memberId : null,
    number: 1,
    vault: chosen(vaults, step.vault),
  })
}

/** The next call of a request whose call failed, of the other provider. */
export const nextAttempt = (
  table: Table,
  step: Extract<Step, { do: 'fall-back' }>,
  { receipt, attempt, vaultId }: HoldRequest,
): Attempt =>
  attemptOf(
    table,
    { ...step, percent: 50, minutes: 5 },
    { ...receipt, number: attempt.number + 1, vault: vaultId },
  )
