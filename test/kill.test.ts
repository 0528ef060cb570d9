import { describe, expect, test } from 'vitest'
import type { ReportingProvider } from '../shared/providers.ts'
import type { Receipt } from '../shared/receipts.ts'
import type { Behaviour } from './provider/simulator.ts'
import { draftRequest, given, until, type World } from './world.ts'

const question = 'I was charged twice in October for the order FW-20418. When do I get my money back?'

const draftsOf = async ({ owner }: World): Promise<Receipt[]> =>
  (await owner.receipts()).filter(({ purpose }) => purpose !== 'verify')

/** The one receipt of the draft, once no call is running any more. */
const onlyReceipt = async (world: World): Promise<Receipt> => {
  const receipts = await until(
    () => draftsOf(world),
    (all) => all.length > 0 && all.every(({ certainty }) => certainty !== 'pending'),
  )
  expect(receipts).toHaveLength(1)
  const [receipt] = receipts
  if (receipt === undefined) throw new Error('There is no receipt')
  return receipt
}

/** What the providers would bill for drafts, without the verification of keys. */
const billOf = async ({ simulator }: World, verified: number): Promise<bigint> => {
  await simulator.settled()
  return simulator
    .calls()
    .slice(verified)
    .reduce((total, { picodollars }) => total + picodollars, 0n)
}

const heldFor = ({ attempts }: Receipt): bigint => attempts.reduce((total, { held }) => total + held, 0n)

/** What must be true of the books however a draft ended. */
const expectBooksToBalance = async ({ owner }: World): Promise<void> => {
  const { limit, settled, held, left } = await owner.cap()
  const receipts = await owner.receipts()
  expect(held).toBe(0n)
  expect(settled).toBe(receipts.reduce((total, receipt) => total + receipt.settled, 0n))
  expect(left).toBe(limit - settled)
}

/** Asks, and gives control back at the first visible text; the stream goes on. */
const askUntilText = async ({ owner }: World, signal?: AbortSignal) => {
  const begun = Promise.withResolvers<void>()
  const listening = {
    onEvent: ({ type }: { type: string }) => type === 'text-delta' && begun.resolve(),
    ...(signal === undefined ? {} : { signal }),
  }
  const request = draftRequest(question)
  const ended = owner.draft(request, listening).then(
    () => 'ended' as const,
    () => 'broken' as const,
  )
  await Promise.race([begun.promise, ended])
  return { request, ended }
}

describe('a reader who leaves mid-stream', () => {
  test.for(['anthropic', 'openai'] as const)('gets an exact receipt all the same: %s', async (provider) => {
    await using world = await given({ keys: [provider] })
    world.simulator.plan({ provider, next: [{ do: 'slow', delayMs: 15 }] })
    const leaving = new AbortController()
    const { ended } = await askUntilText(world, leaving.signal)
    leaving.abort()
    expect(await ended).toBe('broken')
    const receipt = await onlyReceipt(world)
    expect(receipt).toMatchObject({ outcome: 'answered', certainty: 'exact' })
    expect(receipt.settled).toBe(await billOf(world, 1))
    await expectBooksToBalance(world)
  })

  test('finds the draft again by the same idempotency key, without another call', async () => {
    await using world = await given()
    world.simulator.plan({ provider: 'anthropic', next: [{ do: 'slow', delayMs: 15 }] })
    const leaving = new AbortController()
    const { request, ended } = await askUntilText(world, leaving.signal)
    leaving.abort()
    await ended
    const receipt = await onlyReceipt(world)
    const again = await world.owner.draft(request)
    expect(again.receipt?.id).toBe(receipt.id)
    expect(again.text).toContain('Dana')
    expect(world.simulator.calls()).toHaveLength(2)
  })
})

describe('a call that the provider refuses', () => {
  test.for<[ReportingProvider, Behaviour]>([
    ['anthropic', 'server-error'],
    ['anthropic', 'rate-limited'],
    ['openai', 'html-502'],
    ['openai', 'no-credit'],
  ])('costs nothing and has a receipt that says so: %s %s', async ([provider, behaviour]) => {
    await using world = await given({ keys: [provider] })
    world.simulator.plan({ provider, next: [behaviour] })
    const heard = await world.owner.ask(question)
    expect(heard.problem?.slug).toMatch(
      /^(provider-(server-error|rate-limited|no-credit)|no-provider-available)$/,
    )
    const receipt = await onlyReceipt(world)
    expect(receipt).toMatchObject({ outcome: 'failed', certainty: 'exact', settled: 0n })
    expect(await billOf(world, 1)).toBe(0n)
    await expectBooksToBalance(world)
  })
})

describe('a call that may have been billed', () => {
  test.concurrent.for<[ReportingProvider, Behaviour]>([
    ['anthropic', 'reset'],
    ['anthropic', 'error-mid-stream'],
    ['anthropic', 'reset-mid-stream'],
    ['anthropic', 'early-end'],
    ['anthropic', 'garbage'],
    ['anthropic', 'no-usage'],
    ['anthropic', 'stall'],
    ['openai', 'failed-event'],
    ['openai', 'early-end'],
    ['openai', 'bad-event'],
    ['openai', 'hang'],
  ])('counts at its upper bound and is marked: %s %s', async ([provider, behaviour], { expect: wants }) => {
    await using world = await given({ keys: [provider] })
    world.simulator.plan({ provider, next: [behaviour] })
    const heard = await world.owner.ask(question)
    wants(heard.cut).toBe(false)
    const receipt = await onlyReceipt(world)
    const bill = await billOf(world, 1)
    wants(receipt.certainty).toBe('estimated')
    wants(receipt.settled).toBeGreaterThanOrEqual(bill)
    wants(receipt.settled).toBeLessThanOrEqual(heldFor(receipt))
    if (receipt.likely !== null) wants(receipt.likely).toBeLessThanOrEqual(receipt.settled)
    await expectBooksToBalance(world)
  })
})

describe('kill -9 of the vault', () => {
  test('in the middle of a draft leaves exactly one marked receipt and no hold', async () => {
    await using world = await given({ process: true })
    world.simulator.plan({ provider: 'anthropic', next: [{ do: 'slow', delayMs: 200 }] })
    const { request, ended } = await askUntilText(world)
    const held = (await world.owner.cap()).held
    expect(held).toBeGreaterThan(0n)
    await world.kill()
    expect(await ended).toBe('broken')

    await world.start()
    const receipt = await onlyReceipt(world)
    const bill = await billOf(world, 1)
    expect(receipt).toMatchObject({ outcome: 'lost', certainty: 'estimated' })
    expect(receipt.settled).toBeGreaterThanOrEqual(bill)
    expect(receipt.settled).toBeLessThanOrEqual(held)
    await expectBooksToBalance(world)

    const again = await world.owner.draft(request)
    expect(again.receipt?.id ?? receipt.id).toBe(receipt.id)
    expect(world.simulator.calls()).toHaveLength(2)
    expect(await draftsOf(world)).toHaveLength(1)
  })

  test('leaves a vault that drafts again, within the same cap', async () => {
    await using world = await given({ process: true })
    world.simulator.plan({ provider: 'anthropic', next: [{ do: 'slow', delayMs: 200 }] })
    const { ended } = await askUntilText(world)
    await world.kill()
    await ended
    await world.start()
    const lost = await onlyReceipt(world)
    const heard = await world.owner.ask('And when does my new parcel leave?')
    expect(heard.receipt).toMatchObject({ outcome: 'answered', certainty: 'exact' })
    expect((await draftsOf(world)).map(({ id }) => id)).toEqual([heard.receipt?.id, lost.id])
    await expectBooksToBalance(world)
  })
})
