import { array, assert, asyncProperty, constantFrom, integer, oneof, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CapPlace } from '../../shared/cap.ts'
import { dollars, pico, Usd } from '../../shared/money.ts'
import { answered, model } from '../books/desk.ts'
import { engine } from '../engine.ts'
import { givenWatchedBooks } from './desk.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const month: CapPlace = { scope: 'workspace', id: '', kind: 'month' }

describe('a threshold', () => {
  test('is told when what is settled reaches it, and not a picodollar before', async () => {
    const { setCap, spend, look } = await givenWatchedBooks()
    await setCap('10')
    await spend('4.999999999999')
    expect(await look()).toEqual([])
    await spend('0.000000000001')
    expect(await look()).toEqual(['50% workspace month'])
  })

  test('does not look at what is held', async () => {
    const { setCap, request, ledger, look } = await givenWatchedBooks()
    await setCap('10')
    const call = request(dollars('9'))
    await ledger.hold(call)
    expect(await look()).toEqual([])
    await ledger.settle(answered(call, dollars('1')))
    expect(await look()).toEqual([])
  })

  test('is told once in a period, and in the next one anew', async () => {
    const { setCap, spend, look, clock } = await givenWatchedBooks()
    await setCap('10')
    await spend('6')
    expect(await look()).toEqual(['50% workspace month'])
    await spend('1')
    expect(await look()).toEqual([])
    await spend('3')
    expect(await look()).toEqual(['100% workspace month', '75% workspace month'])
    clock.now += 30 * DAY
    expect(await look()).toEqual([])
    await spend('5')
    expect(await look()).toEqual(['50% workspace month'])
  })

  test('is there for every cap that is set, of whatever it counts, for the month and the day', async () => {
    const books = await givenWatchedBooks()
    const { member, spend, look, clock } = books
    const channel = await books.addChannel('Shop')
    const { provider, id } = model.profile
    const places = [
      ['member', member],
      ['channel', channel],
      ['model', `${provider}/${id}`],
      ['workspace', ''],
      ['playground', ''],
    ] as const
    await books.tellAt(80)
    for (const [scope, of] of places) await books.setCapOf({ scope, id: of, kind: 'day' }, '1')
    for (const [scope, of] of places.slice(0, 3)) await books.setCapOf({ scope, id: of, kind: 'month' }, '2')
    await spend('0.80', { channel })
    expect(await look()).toEqual(['channel', 'member', 'model', 'workspace'].map((of) => `80% ${of} day`))
    await spend('0.90', { playground: true })
    expect(await look()).toEqual(['80% playground day'])
    clock.now += DAY
    await spend('0.80', { channel })
    expect(await look()).toEqual([
      '80% channel day',
      '80% channel month',
      '80% member day',
      '80% member month',
      '80% model day',
      '80% model month',
      '80% workspace day',
    ])
  })

  test('that is off, or not on the list, is not told; it is once it is on', async () => {
    const { setCap, spend, look, settings, workspace, member } = await givenWatchedBooks()
    await setCap('10')
    const thresholds = [
      { percent: 30, on: true },
      { percent: 50, on: false },
    ]
    const deed = { workspaceId: workspace, memberId: member }
    await settings.change(deed, { thresholds, emails: [] })
    await spend('9')
    expect(await look()).toEqual(['30% workspace month'])
    await settings.change(deed, { thresholds: [{ percent: 50, on: true }], emails: [] })
    expect(await look()).toEqual(['50% workspace month'])
  })

  test('of a cap of nothing is not reached by nothing', async () => {
    const { setCap, look } = await givenWatchedBooks()
    await setCap('0')
    expect(await look()).toEqual([])
  })
})

describe('a cap that was changed', () => {
  test('tells a threshold again only after it was raised above what is settled', async () => {
    const { setCap, spend, look, tellAt } = await givenWatchedBooks()
    await tellAt(50)
    await setCap('10')
    await spend('6')
    expect(await look()).toEqual(['50% workspace month'])
    await setCap('11.98')
    await spend('0.50')
    expect(await look()).toEqual([])
    await setCap('14')
    expect(await look()).toEqual([])
    await spend('0.49')
    expect(await look()).toEqual([])
    await spend('0.01')
    expect(await look()).toEqual(['50% workspace month'])
  })

  test('is told by a lower limit what was not told, and nothing twice', async () => {
    const { setCap, spend, look } = await givenWatchedBooks()
    await setCap('20')
    await spend('6')
    expect(await look()).toEqual([])
    await setCap('10')
    expect(await look()).toEqual(['50% workspace month'])
    await setCap('8')
    expect(await look()).toEqual(['75% workspace month'])
    for (const limit of ['20', '10', '20', '8', '7']) {
      await setCap(limit)
      expect(await look()).toEqual([])
    }
  })

  test('arms by a raise however soon the next draft comes', async () => {
    const { setCap, spend, look, tellAt } = await givenWatchedBooks()
    await tellAt(50)
    await setCap('10')
    await spend('6')
    expect(await look()).toEqual(['50% workspace month'])
    await setCap('14')
    await spend('2')
    expect(await look()).toEqual(['50% workspace month'])
  })

  test('that is raised for a while counts as raised, and its end as lowered', async () => {
    const { setCap, spend, look, raise, clock } = await givenWatchedBooks()
    await setCap('10')
    await spend('6')
    expect(await look()).toEqual(['50% workspace month'])
    await raise(month, '20', HOUR)
    await spend('3')
    expect(await look()).toEqual([])
    clock.now += HOUR
    expect(await look()).toEqual(['75% workspace month'])
    await spend('1')
    expect(await look()).toEqual(['100% workspace month'])
    await setCap('21')
    await spend('0.50')
    expect(await look()).toEqual(['50% workspace month'])
  })

  test('that is raised for a while tells what is reached under the raise', async () => {
    const { setCap, spend, look, raise, endRaise } = await givenWatchedBooks()
    await setCap('10')
    await spend('10')
    expect(await look()).toHaveLength(3)
    await raise(month, '20', HOUR)
    await spend('5')
    expect(await look()).toEqual(['75% workspace month'])
    await endRaise(month)
    expect(await look()).toEqual([])
  })

  test('that was taken away and set again tells nothing twice', async () => {
    const { setCapOf, removeCapOf, spend, look } = await givenWatchedBooks()
    const day: CapPlace = { scope: 'workspace', id: '', kind: 'day' }
    await setCapOf(day, '10')
    await spend('6')
    expect(await look()).toEqual(['50% workspace day'])
    await removeCapOf(day)
    await setCapOf(day, '10')
    expect(await look()).toEqual([])
  })
})

describe('a draft that a cap refused', () => {
  test('is told as the whole of that cap, once, and not again when what is settled reaches it', async () => {
    const { setCap, spend, look } = await givenWatchedBooks()
    await setCap('10')
    await spend('9.90')
    expect(await look(month)).toEqual([
      '100% refused workspace month',
      '50% workspace month',
      '75% workspace month',
    ])
    expect(await look(month)).toEqual([])
    await spend('0.10')
    expect(await look(month)).toEqual([])
  })

  test('is told again after the cap was raised, and in the next period', async () => {
    const { setCap, spend, look, clock, tellAt } = await givenWatchedBooks()
    await tellAt(100)
    await setCap('10')
    await spend('9.90')
    expect(await look(month)).toEqual(['100% refused workspace month'])
    await setCap('10.05')
    expect(await look(month)).toEqual(['100% refused workspace month'])
    clock.now += 30 * DAY
    expect(await look(month)).toEqual(['100% refused workspace month'])
  })

  test('is not told where 100 % is off', async () => {
    const { setCap, spend, look, tellAt } = await givenWatchedBooks()
    await tellAt(99)
    await setCap('10')
    await spend('9.80')
    expect(await look(month)).toEqual([])
  })
})

test('a call that cost more than was held for it is told once, whatever is corrected later', async () => {
  const { setCap, request, ledger, look, alerts, workspace } = await givenWatchedBooks()
  await setCap('10')
  const call = request(dollars('0.10'))
  await ledger.hold(call)
  await ledger.settle({ ...answered(call, dollars('0.25')), certainty: 'estimated' })
  expect(await look()).toEqual(['over-hold'])
  const [told] = (await alerts.list(workspace, { limit: 1 })).alerts
  expect(told?.subject).toEqual({
    kind: 'over-hold',
    receiptId: call.receipt.id,
    held: dollars('0.10'),
    settled: dollars('0.25'),
  })
  await ledger.settle(answered(call, dollars('0.30')))
  expect(await look()).toEqual([])
})

test('what three watchers see at the same time is told once', async () => {
  const { setCap, spend, look, watch, anotherWatcher, workspace } = await givenWatchedBooks()
  await setCap('10')
  await spend('10')
  const watchers = [watch, anotherWatcher(), anotherWatcher()]
  for (const one of watchers) one.mark(workspace, month)
  await Promise.all(watchers.map((one) => one.watchMarked()))
  expect(await look()).toEqual(['100% workspace month', '50% workspace month', '75% workspace month'])
})

test('a look that ends after its workspace leaves nothing of it', async () => {
  const { watch, database, workspace, spend } = await givenWatchedBooks()
  await spend('0.10')
  const meanwhile = async () => {
    await database.db.updateTable('workspaces').set({ wrapped_key: '' }).execute()
    return []
  }
  await watch.watched.watch(workspace, meanwhile, 0)
  expect(await database.db.selectFrom('watched').select('workspace_id').execute()).toEqual([])
})

test('what happened on a vault that died is looked at by another one, and what ends by time', async () => {
  const { setCap, spend, anotherWatcher, raise, clock, told } = await givenWatchedBooks()
  const other = anotherWatcher()
  const lookFurther = async () => {
    await other.markUnwatched()
    await other.watchMarked()
    return told()
  }
  await setCap('10')
  await raise(month, '20', HOUR)
  await spend('6')
  expect(await lookFurther()).toEqual([])
  expect(await other.watched.unwatched()).toEqual([])
  clock.now += HOUR
  expect(await lookFurther()).toEqual(['50% workspace month'])
  expect(await other.watched.unwatched()).toEqual([])
})

/** What may happen to a cap of ten dollars, in cents. */
const step = oneof(
  record({ do: constantFrom('spend' as const), cents: integer({ min: 1, max: 400 }) }),
  record({ do: constantFrom('limit' as const), cents: integer({ min: 50, max: 4_000 }) }),
  record({ do: constantFrom('look' as const), cents: constantFrom(0) }),
)

/** The words of the rule, in cents and without a database: what is armed, and what was told. */
const ruleOf = (percents: readonly number[]) => {
  const states = new Map(percents.map((percent) => [percent, { told: 0, limit: 0, mayTell: true }]))
  return {
    limit: (limit: number, settled: number) => {
      for (const [percent, state] of states) {
        if (state.told === 0) continue
        if (settled * 100 >= limit * percent) state.mayTell = false
        else if (limit > state.limit) state.mayTell = true
      }
    },
    look: (limit: number, settled: number): number => {
      let told = 0
      for (const [percent, state] of states) {
        if (!state.mayTell || settled * 100 < limit * percent) continue
        Object.assign(state, { told: state.told + 1, limit, mayTell: false })
        told += 1
      }
      return told
    },
  }
}

test('whatever is spent and however the cap is changed, each threshold is told when the rule says so', async () => {
  const cents = (amount: number) => pico(BigInt(amount) * 10_000_000_000n)
  await assert(
    asyncProperty(array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const { setCap, spend, look, database } = await givenWatchedBooks()
      const rule = ruleOf([50, 75, 100])
      let [limit, settled] = [1_000, 0]
      await setCap('10')
      for (const { do: deed, cents: amount } of steps) {
        if (deed === 'limit') {
          limit = amount
          await setCap(Usd.encode(cents(amount)))
          rule.limit(limit, settled)
        }
        if (deed === 'spend' && settled + amount <= limit) {
          settled += amount
          await spend(Usd.encode(cents(amount)))
        }
        if (deed === 'look') expect(await look()).toHaveLength(rule.look(limit, settled))
      }
      expect(await look()).toHaveLength(rule.look(limit, settled))
      await database.close()
    }),
    { numRuns: engine === 'sqlite' ? 60 : 8 },
  )
})
