import { afterEach, describe, expect, test } from 'vitest'
import type { HoldOutcome } from '../server/domain/books/ledger.ts'
import { SILENCE_MS } from '../server/domain/books/vaults.ts'
import { dollars, zero } from '../shared/money.ts'
import { answered, type Books, broken, failedFree, givenBooks, TIME_ZONE } from './books/desk.ts'

let open: Books[] = []
const given = async (): Promise<Books> => {
  const books = await givenBooks()
  open.push(books)
  return books
}
afterEach(async () => {
  await Promise.all(open.map(({ database }) => database.close()))
  open = []
})

const slugOf = (outcome: HoldOutcome) => ('slug' in outcome ? outcome.slug : undefined)
const isHeld = ({ held }: HoldOutcome) => held

describe('a spending cap', () => {
  test('is fifty dollars a month in a new workspace', async () => {
    const { cap } = await given()
    expect(await cap()).toMatchObject({
      limit: dollars('50'),
      settled: zero,
      held: zero,
      left: dollars('50'),
      period: {
        timeZone: TIME_ZONE,
        startsAt: Date.parse('2026-11-01T04:00:00Z'),
        endsAt: Date.parse('2026-12-01T05:00:00Z'),
      },
    })
  })

  test('lets a request through that fits exactly, and not a picodollar more', async () => {
    const { ledger, request, setCap, cap } = await given()
    await setCap('1.00')
    expect(slugOf(await ledger.hold(request(dollars('1.000000000001'))))).toBe('cap-too-small')
    expect(await ledger.hold(request(dollars('1')))).toEqual({ held: true })
    expect(await cap()).toMatchObject({ held: dollars('1'), left: zero })
  })

  test('counts what is in flight, not only what is settled', async () => {
    const { ledger, request, setCap } = await given()
    await setCap('1.00')
    await ledger.hold(request(dollars('0.60')))
    const outcome = await ledger.hold(request(dollars('0.60')))
    expect(outcome).toMatchObject({
      held: false,
      slug: 'cap-held',
      facts: {
        limit: dollars('1'),
        settled: zero,
        held: dollars('0.60'),
        left: dollars('0.40'),
        needed: dollars('0.60'),
        resetsAt: Date.parse('2026-12-01T05:00:00Z'),
      },
    })
  })

  test('is freed by a settlement that cost less than the hold', async () => {
    const { ledger, request, setCap, cap } = await given()
    await setCap('1.00')
    const first = request(dollars('0.60'))
    await ledger.hold(first)
    await ledger.settle(answered(first, dollars('0.002342')))
    expect(await cap()).toMatchObject({ settled: dollars('0.002342'), held: zero, left: dollars('0.997658') })
    expect(await ledger.hold(request(dollars('0.60')))).toEqual({ held: true })
  })

  test('is freed whole by a failure that cost nothing', async () => {
    const { ledger, request, cap } = await given()
    const call = request(dollars('0.60'))
    await ledger.hold(call)
    await ledger.settle(failedFree(call))
    expect(await cap()).toMatchObject({ settled: zero, held: zero })
  })

  test('tells a cap that is spent from one that is only reserved and from one that is too small', async () => {
    const { ledger, request, setCap } = await given()
    await setCap('1.00')
    const first = request(dollars('0.90'))
    await ledger.hold(first)
    expect(slugOf(await ledger.hold(request(dollars('0.20'))))).toBe('cap-held')
    await ledger.settle(answered(first, dollars('0.85')))
    expect(slugOf(await ledger.hold(request(dollars('0.20'))))).toBe('cap-reached')
    expect(slugOf(await ledger.hold(request(dollars('1.20'))))).toBe('cap-too-small')
  })

  test('gives the last dollar to one of two who ask at once', async () => {
    const { ledger, request, setCap, cap } = await given()
    await setCap('1.00')
    const outcomes = await Promise.all([
      ledger.hold(request(dollars('1'))),
      ledger.hold(request(dollars('1'))),
    ])
    expect(outcomes.filter(isHeld)).toHaveLength(1)
    expect(await cap()).toMatchObject({ held: dollars('1'), left: zero })
  })

  test('gives ten of fifty who ask at once a tenth each', async () => {
    const { ledger, request, setCap, cap } = await given()
    await setCap('1.00')
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => ledger.hold(request(dollars('0.10')))),
    )
    expect(outcomes.filter(isHeld)).toHaveLength(10)
    expect(await cap()).toMatchObject({ held: dollars('1'), left: zero })
  })

  test('stops new holds when it is lowered, and leaves open ones alone', async () => {
    const { ledger, request, setCap, cap, spend, workspace } = await given()
    const flying = request(dollars('2'))
    await ledger.hold(flying)
    expect(await setCap('1.50')).toEqual({ before: dollars('50'), after: dollars('1.50') })
    expect(slugOf(await ledger.hold(request(dollars('0.01'))))).toBe('cap-held')
    expect(await cap()).toMatchObject({ held: dollars('2'), left: zero })
    expect(await spend({ workspaceId: workspace, timeZone: TIME_ZONE })).toMatchObject({
      overshoot: dollars('0.50'),
    })
    await ledger.settle(answered(flying, dollars('0.30')))
    expect(await spend({ workspaceId: workspace, timeZone: TIME_ZONE })).toMatchObject({ overshoot: zero })
  })

  test('frees drafting at once when it is raised', async () => {
    const { ledger, request, setCap } = await given()
    await setCap('0')
    expect(slugOf(await ledger.hold(request(dollars('0.01'))))).toBe('cap-too-small')
    await setCap('0.01')
    expect(await ledger.hold(request(dollars('0.01')))).toEqual({ held: true })
  })

  test('begins anew with the month, while an old hold settles in the month in which it began', async () => {
    const { ledger, request, setCap, cap, clock } = await given()
    await setCap('1.00')
    clock.now = Date.parse('2026-12-01T04:59:59Z')
    const late = request(dollars('1'))
    await ledger.hold(late)
    clock.now = Date.parse('2026-12-01T05:00:00Z')
    expect(await cap()).toMatchObject({ settled: zero, held: zero, left: dollars('1') })
    await ledger.settle(answered(late, dollars('0.80')))
    expect(await cap()).toMatchObject({ settled: zero, held: zero, left: dollars('1') })
    clock.now = Date.parse('2026-12-01T04:59:59Z')
    expect(await cap()).toMatchObject({ settled: dollars('0.80'), held: zero })
  })

  test('is settled at the truth when a provider charges more than was held', async () => {
    const { ledger, request, cap } = await given()
    const call = request(dollars('0.10'))
    await ledger.hold(call)
    await ledger.settle(answered(call, dollars('0.15')))
    expect(await cap()).toMatchObject({ settled: dollars('0.15'), held: zero })
  })

  test('lets nothing through in a workspace without one', async () => {
    const { ledger, request, database, workspace } = await given()
    await database.db.deleteFrom('caps').where('workspace_id', '=', workspace).execute()
    expect(slugOf(await ledger.hold(request(dollars('0.01'))))).toBe('cap-too-small')
  })

  test('holds for one workspace whatever another one spends', async () => {
    const { ledger, request, addWorkspace, setCap, cap } = await given()
    await setCap('1.00')
    const other = await addWorkspace()
    await ledger.hold(request(dollars('40'), other))
    expect(await cap()).toMatchObject({ held: zero, left: dollars('1') })
    expect(await ledger.hold(request(dollars('1')))).toEqual({ held: true })
  })
})

describe('a settlement', () => {
  test('told twice counts once', async () => {
    const { ledger, request, cap, database } = await given()
    const call = request(dollars('0.60'))
    await ledger.hold(call)
    await ledger.settle(answered(call, dollars('0.10')))
    await ledger.settle(answered(call, dollars('0.10')))
    expect(await cap()).toMatchObject({ settled: dollars('0.10'), held: zero })
    expect(
      await database.db.selectFrom('events').select('kind').where('log', '=', 'ledger').execute(),
    ).toEqual([{ kind: 'held' }, { kind: 'settled' }])
  })

  test('that is exact cannot be told otherwise', async () => {
    const { ledger, request, cap } = await given()
    const call = request(dollars('0.60'))
    await ledger.hold(call)
    await ledger.settle(answered(call, dollars('0.10')))
    await expect(ledger.settle(answered(call, dollars('0.20')))).rejects.toThrow('settled exactly')
    expect(await cap()).toMatchObject({ settled: dollars('0.10') })
  })

  test('of a call that was never held is refused', async () => {
    const { ledger, request } = await given()
    await expect(ledger.settle(answered(request(dollars('1')), zero))).rejects.toThrow('never held')
  })

  test('of an unknown cost keeps the upper bound under the cap and the likely cost beside it', async () => {
    const { ledger, request, cap, receipts, workspace } = await given()
    const call = request(dollars('0.60'))
    await ledger.hold(call)
    await ledger.settle(broken(call))
    expect(await cap()).toMatchObject({ settled: dollars('0.60'), held: zero })
    expect(await receipts.find(workspace, call.receipt.id)).toMatchObject({
      outcome: 'cut',
      certainty: 'estimated',
      settled: dollars('0.60'),
      likely: dollars('0.001'),
      inputTokens: null,
      attempts: [{ failure: 'ended-early', lines: [], usage: null }],
    })
  })

  test('of an unknown cost is corrected when the truth is told', async () => {
    const { ledger, request, cap } = await given()
    const call = request(dollars('0.60'))
    await ledger.hold(call)
    await ledger.settle(broken(call))
    await ledger.settle(answered(call, dollars('0.002342')))
    expect(await cap()).toMatchObject({ settled: dollars('0.002342'), held: zero })
  })
})

describe('a sweep', () => {
  test('leaves a call alone while its vault lives and its time has not come', async () => {
    const { ledger, request, cap, clock, vaults, vault } = await given()
    await ledger.hold(request(dollars('0.60')))
    clock.now += SILENCE_MS + 1
    await vaults.heartbeat(vault)
    expect(await ledger.sweep()).toBe(0)
    expect(await cap()).toMatchObject({ held: dollars('0.60') })
  })

  test('closes a call whose vault fell silent, at its upper bound and marked', async () => {
    const { ledger, request, cap, clock, receipts, workspace } = await given()
    const call = request(dollars('0.60'))
    await ledger.hold(call)
    clock.now += SILENCE_MS + 1
    expect(await ledger.sweep()).toBe(1)
    expect(await ledger.sweep()).toBe(0)
    expect(await cap()).toMatchObject({ settled: dollars('0.60'), held: zero })
    expect(await receipts.find(workspace, call.receipt.id)).toMatchObject({
      outcome: 'lost',
      certainty: 'estimated',
      settled: dollars('0.60'),
      likely: dollars('0.001'),
    })
  })

  test('closes a call at once when its vault has stopped or its process is gone', async () => {
    const { ledger, request, vaults, vault, ids } = await given()
    await ledger.hold(request(dollars('0.60')))
    await vaults.stop(vault)
    expect(await ledger.sweep()).toBe(1)

    const next = ids()
    await vaults.register({ id: next, host: 'two', pid: 7 })
    await ledger.hold(request(dollars('0.60'), { vault: next }))
    expect(await ledger.sweep()).toBe(0)
    await vaults.register({ id: ids(), host: 'two', pid: 7 })
    expect(await ledger.sweep()).toBe(1)
  })

  test('closes a call that outlived its expiry even if its vault lives', async () => {
    const { ledger, request, clock, vaults, vault } = await given()
    await ledger.hold(request(dollars('0.60'), { expiresInMs: 1_000 }))
    clock.now += 1_000
    await vaults.heartbeat(vault)
    expect(await ledger.sweep()).toBe(1)
  })

  test('is corrected by a settlement that comes late, in the period of the hold', async () => {
    const { ledger, request, cap, clock, receipts, workspace, database } = await given()
    clock.now = Date.parse('2026-12-01T04:59:00Z')
    const call = request(dollars('0.60'))
    await ledger.hold(call)
    clock.now = Date.parse('2026-12-01T05:10:00Z')
    await ledger.sweep()
    await ledger.settle(answered(call, dollars('0.002342')))
    expect(await cap()).toMatchObject({ settled: zero, held: zero })
    clock.now = Date.parse('2026-12-01T04:59:00Z')
    expect(await cap()).toMatchObject({ settled: dollars('0.002342'), held: zero })
    expect(await receipts.find(workspace, call.receipt.id)).toMatchObject({
      outcome: 'answered',
      certainty: 'exact',
      settled: dollars('0.002342'),
      likely: null,
    })
    const kinds = await database.db.selectFrom('events').select('kind').orderBy('seq').execute()
    expect(kinds.map(({ kind }) => kind)).toEqual(['held', 'settled', 'corrected'])
  })
})

describe('a sweep and the end of a call at the same moment', () => {
  test('leave the truth, whoever is first', async () => {
    const { ledger, request, clock, cap, receipts, workspace } = await given()
    const call = request(dollars('0.60'), { expiresInMs: 1_000 })
    await ledger.hold(call)
    clock.now += 1_000
    await Promise.all([ledger.sweep(), ledger.settle(answered(call, dollars('0.002342')))])
    expect(await cap()).toMatchObject({ settled: dollars('0.002342'), held: zero })
    const receipt = await receipts.find(workspace, call.receipt.id)
    expect(receipt).toMatchObject({ outcome: 'answered', certainty: 'exact' })
  })
})

describe('an idempotency key', () => {
  test('is known from the hold on, with the request it stands for', async () => {
    const { ledger, request, workspace, member, ids } = await given()
    const idempotencyKey = ids()
    expect(await ledger.known(workspace, member, idempotencyKey)).toBeUndefined()
    const first = request(dollars('0.10'), { idempotencyKey })
    await ledger.hold(first)
    const known = { receiptId: first.receipt.id, requestHash: 'hash', running: true, ownerAlive: true }
    expect(await ledger.known(workspace, member, idempotencyKey)).toEqual(known)
    expect(await ledger.hold(request(dollars('0.10'), { idempotencyKey }))).toEqual({ held: false, known })
    await ledger.settle(answered(first, dollars('0.01')))
    expect(await ledger.known(workspace, member, idempotencyKey)).toMatchObject({ running: false })
  })

  test('reserves nothing the second time, however close the two come', async () => {
    const { ledger, request, cap, ids } = await given()
    const idempotencyKey = ids()
    const asked = Array.from({ length: 10 }, () => ledger.hold(request(dollars('0.10'), { idempotencyKey })))
    expect((await Promise.all(asked)).filter(isHeld)).toHaveLength(1)
    expect(await cap()).toMatchObject({ held: dollars('0.10') })
  })

  test('stays free when the cap refused the request', async () => {
    const { ledger, request, setCap, workspace, member, ids } = await given()
    await setCap('0.05')
    const idempotencyKey = ids()
    await ledger.hold(request(dollars('0.10'), { idempotencyKey }))
    expect(await ledger.known(workspace, member, idempotencyKey)).toBeUndefined()
    await setCap('0.10')
    expect(await ledger.hold(request(dollars('0.10'), { idempotencyKey }))).toEqual({ held: true })
  })

  test('of another member or workspace is another key', async () => {
    const { ledger, request, addWorkspace, ids } = await given()
    const idempotencyKey = ids()
    const other = await addWorkspace()
    await ledger.hold(request(dollars('0.10'), { idempotencyKey }))
    expect(await ledger.known(other.workspace, other.member, idempotencyKey)).toBeUndefined()
    expect(await ledger.hold(request(dollars('0.10'), { idempotencyKey, ...other }))).toEqual({ held: true })
  })

  test('tells that the vault that ran the request is gone', async () => {
    const { ledger, request, clock, workspace, member, ids } = await given()
    const idempotencyKey = ids()
    await ledger.hold(request(dollars('0.10'), { idempotencyKey }))
    clock.now += SILENCE_MS + 1
    expect(await ledger.known(workspace, member, idempotencyKey)).toMatchObject({
      running: true,
      ownerAlive: false,
    })
  })
})

describe('the rolling limit', () => {
  test('counts drafts after a moment and tells the oldest', async () => {
    const { ledger, request, clock, workspace } = await given()
    const start = clock.now
    expect(await ledger.draftsSince(workspace, start - 1)).toEqual({ count: 0, oldestAt: undefined })
    await ledger.hold(request(dollars('0.01')))
    clock.now += 60_000
    await ledger.hold(request(dollars('0.01')))
    expect(await ledger.draftsSince(workspace, start - 1)).toEqual({ count: 2, oldestAt: start })
    expect(await ledger.draftsSince(workspace, start)).toEqual({ count: 1, oldestAt: start + 60_000 })
  })
  test('lets as many begin as it says when many ask at once, and holds nothing for the others', async () => {
    const { ledger, request, clock, cap } = await given()
    const limit = { most: 3, since: clock.now - 3_600_000 }
    const asked = Array.from({ length: 12 }, () => ledger.hold({ ...request(dollars('0.01')), limit }))
    const outcomes = await Promise.all(asked)
    expect(outcomes.filter(({ held }) => held)).toHaveLength(3)
    expect(outcomes.find(({ held }) => !held)).toEqual({
      held: false,
      begun: { count: 3, oldestAt: clock.now },
      limit,
    })
    expect((await cap()).held).toBe(dollars('0.03'))
  })
})
