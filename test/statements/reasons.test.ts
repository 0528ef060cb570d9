import { afterEach, describe, expect, test, vi } from 'vitest'
import { Statement } from '../../shared/statements/statements.ts'
import { draftRequest, simulatorKeys, until } from '../world.ts'
import {
  compared,
  DAY,
  type Desk,
  drafted,
  expectExplained,
  givenDesk,
  HOUR,
  pass,
  reasonsOf,
} from './desk.ts'

const receiptOf = async ({ owner }: Desk, id: string | undefined) =>
  (await owner.receipts()).find((receipt) => receipt.id === id)

describe('a statement', () => {
  test('tells a call of which the report has other tokens', async () => {
    await using desk = await givenDesk('anthropic')
    const { receipt } = await desk.owner.ask('Where is it?')
    await desk.simulator.settled()
    const call = desk.simulator.calls().at(-1)
    if (call === undefined) throw new Error('nothing was called')
    const { id, model, buckets, at } = call
    desk.simulator.leaveOut(id)
    const usage = { ...buckets, output: buckets.output + 10 }
    desk.simulator.spendElsewhere({ provider: 'anthropic', key: simulatorKeys.anthropic, model, usage, at })
    const statement = await compared(desk)
    expect(reasonsOf(statement)).toEqual(['tokens'])
    const more = (desk.simulator.calls().at(-1)?.picodollars ?? 0n) - call.picodollars
    expect(statement.rows[0]?.differences).toMatchObject([{ requests: 1, tokens: 10, amount: more }])
    expectExplained(statement)
    expect(await receiptOf(desk, receipt?.id)).toMatchObject({ settled: call.picodollars })
  })

  test('leaves estimates open that the report does not tell apart, at their upper bounds', async () => {
    await using desk = await givenDesk('anthropic')
    desk.simulator.plan({ provider: 'anthropic', next: ['early-end', 'early-end'] })
    const [one, other] = [await desk.owner.ask('The line breaks'), await desk.owner.ask('And breaks again')]
    await desk.simulator.settled()
    const statement = await compared(desk)
    expect(reasonsOf(statement)).toEqual(['estimate-open'])
    expect(statement.rows[0]?.differences[0]).toMatchObject({ requests: 2 })
    expect(statement.rows[0]?.differences[0]?.amount).toBeLessThan(0n)
    expectExplained(statement)
    for (const { receipt } of [one, other])
      expect(await receiptOf(desk, receipt?.id)).toMatchObject({
        certainty: 'estimated',
        settled: receipt?.settled,
      })
  })

  test('corrects an estimate to nothing once a final report shows that it was not billed', async () => {
    await using desk = await givenDesk('anthropic')
    desk.simulator.plan({ provider: 'anthropic', next: ['early-end'] })
    const { receipt, call } = await drafted(desk, 'The line breaks here')
    desk.simulator.leaveOut(call?.id ?? '')
    expect(receipt?.settled).toBeGreaterThan(0n)
    const early = await compared(desk)
    expect(reasonsOf(early)).toEqual(['estimate-open'])
    const final = await compared(desk, 3 * DAY)
    expect(reasonsOf(final)).toEqual(['estimate-corrected'])
    expectExplained(final)
    expect(await receiptOf(desk, receipt?.id)).toMatchObject({ certainty: 'exact', settled: 0n })
    const { settled } = await desk.owner.cap()
    expect(settled).toBe((await desk.bill()) - (call?.picodollars ?? 0n))
  })

  test('has what was tried out in the playground like any other call', async () => {
    await using desk = await givenDesk('anthropic')
    await drafted(desk)
    const { receipt } = await desk.owner.draft(draftRequest('Just trying', { playground: true }))
    expect(receipt?.attempts).toMatchObject([{ purpose: 'playground' }])
    const statement = await compared(desk)
    expect(reasonsOf(statement)).toEqual([])
    expect(statement.rows[0]?.ours).toMatchObject({ requests: 3, amount: await desk.bill() })
  })
})

describe('the daily comparison', () => {
  afterEach(() => void vi.useRealTimers())

  test('happens by itself once the day is closed, and again every day until the report is final', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    await using desk = await givenDesk('anthropic')
    const { call } = await drafted(desk)
    desk.simulator.leaveOut(call?.id ?? '', desk.clock.now + 2 * DAY)
    const statement = () => desk.owner.read('/v1/statements?month=2026-11', Statement)
    /** Lets so much time pass, and the vault's next look for what is due. */
    const wait = async (ms: number): Promise<void> => {
      pass(desk, ms)
      await vi.advanceTimersByTimeAsync(5 * 60_000)
    }
    await wait(HOUR)
    expect((await statement()).rows).toEqual([])
    await wait(DAY)
    const first = await until(statement, ({ rows }) => rows.length > 0)
    expect(reasonsOf(first)).toEqual(['late-arrival'])
    await wait(DAY + HOUR)
    const second = await until(statement, (read) => reasonsOf(read).length === 0)
    expect(second.comparisons).toMatchObject([{ failure: null, days: ['2026-11-10', '2026-11-11'] }])
  })
})
