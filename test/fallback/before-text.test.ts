import { describe, expect, test } from 'vitest'
import { AlertPage } from '../../shared/books/alerts.ts'
import { KeyList } from '../../shared/keys.ts'
import type { FailureReason } from '../../shared/providers.ts'
import type { Act, Behaviour } from '../provider/simulator.ts'
import { draftRequest, given } from '../world.ts'
import { expectSoundBooks, givenBackup, restsIn, switchedIn, triedIn } from './desk.ts'

type Case = {
  readonly act: Act | Behaviour
  readonly reason: FailureReason
  readonly rests?: 'key' | 'provider'
  /** Whether the provider may have billed the failed call. */
  readonly charged?: true
}

const beforeText = { after: 0 }

/** What passes by itself. */
const passing: readonly Case[] = [
  { act: 'rate-limited', reason: 'rate-limited', rests: 'key' },
  { act: 'slow-down', reason: 'rate-limited', rests: 'key' },
  { act: 'overloaded', reason: 'overloaded', rests: 'provider' },
  { act: 'server-error', reason: 'server-error', rests: 'provider' },
  { act: 'html-502', reason: 'server-error', rests: 'provider' },
  { act: 'gateway-timeout', reason: 'timeout', rests: 'provider', charged: true },
  { act: 'hang', reason: 'timeout', rests: 'provider', charged: true },
  { act: 'reset', reason: 'network', rests: 'provider', charged: true },
  { act: { do: 'stall', ...beforeText }, reason: 'stalled', rests: 'provider', charged: true },
  { act: { do: 'early-end', ...beforeText }, reason: 'ended-early', charged: true },
  { act: { do: 'garbage', ...beforeText }, reason: 'garbage', charged: true },
  { act: 'html-200', reason: 'garbage', charged: true },
]

/** What takes the key out of routing. */
const refusing: readonly Case[] = [
  { act: 'key-invalid', reason: 'key-revoked' },
  { act: 'no-credit', reason: 'no-credit' },
  { act: 'no-credit-400', reason: 'no-credit' },
  { act: 'spend-limit', reason: 'spend-limit' },
  { act: 'spend-limit-429', reason: 'spend-limit' },
  { act: 'on-hold', reason: 'on-hold' },
]

/** What the key may not, or its model can no longer. */
const troubled: readonly Case[] = [
  { act: 'forbidden', reason: 'not-permitted' },
  { act: 'region', reason: 'region-refused' },
  { act: 'model-missing', reason: 'model-missing' },
]

const faults: readonly Case[] = [
  { act: 'too-long', reason: 'too-long' },
  { act: 'too-large', reason: 'too-large' },
]

const named = (cases: readonly Case[]) =>
  cases.map((one) => [typeof one.act === 'string' ? one.act : one.act.do, one] as const)

/** Little patience, so that a test need not have much. */
const patience = { headersMs: 400, idleMs: 400, totalMs: 20_000 }

const givenDesk = async (failing: Act | Behaviour) => {
  const world = await givenBackup({ patience })
  world.simulator.plan({ provider: 'anthropic', next: [failing] })
  return world
}

const alertsOf = async ({ owner }: Awaited<ReturnType<typeof givenDesk>>) =>
  (await owner.read('/v1/alerts', AlertPage)).alerts.map(({ subject }) => subject)

describe('before the first word, a draft whose primary fails', () => {
  test.each(named(passing))(
    'with %s is written by the backup, whole',
    async (_, { act, reason, ...rest }) => {
      await using world = await givenDesk(act)
      const { events, text, receipt } = await world.owner.ask('Where is my parcel?')
      expect(events.map(({ type }) => type).slice(0, 3)).toEqual(['started', 'switched', 'text-delta'])
      expect(switchedIn(events)).toMatchObject({ from: 'anthropic', reason, provider: 'openai' })
      expect(text).toMatch(/parcel/i)
      expect(triedIn(receipt)).toEqual([`anthropic failed ${reason}`, 'openai answered'])
      expect(receipt).toMatchObject({ provider: 'openai', outcome: 'answered', fellBack: true })
      const [failed, answered] = receipt?.attempts ?? []
      expect(failed?.certainty).toBe(rest.charged ? 'estimated' : 'exact')
      if (!rest.charged) expect(failed?.settled).toBe(0n)
      expect(receipt?.settled).toBe((failed?.settled ?? 0n) + (answered?.settled ?? 0n))
      const rests = await restsIn(world)
      expect(rests.map(({ scope }) => scope)).toEqual(rest.rests === undefined ? [] : [rest.rests])
      await expectSoundBooks(world)
    },
  )

  test.each(named(refusing))('with %s loses that key and tells the admins', async (_, { act, reason }) => {
    await using world = await givenDesk(act)
    const { receipt } = await world.owner.ask('Where is my parcel?')
    expect(triedIn(receipt)).toEqual([`anthropic failed ${reason}`, 'openai answered'])
    const { keys } = await world.owner.read('/v1/keys', KeyList)
    expect(keys.map(({ provider, state, rejectedFor }) => [provider, state, rejectedFor])).toEqual([
      ['anthropic', 'rejected', reason],
      ['openai', 'active', null],
    ])
    expect(await alertsOf(world)).toMatchObject([
      { kind: 'key-refused', provider: 'anthropic', reason, out: true },
    ])
    const next = await world.owner.ask('And the other one?')
    expect(next.events[0]).toMatchObject({ type: 'started', provider: 'openai', standsIn: true })
    expect(triedIn(next.receipt)).toEqual(['openai answered'])
    expect(await world.owner.status()).toMatchObject({
      ai: { on: true, paused: null },
      drafting: { provider: 'openai' },
    })
    await expectSoundBooks(world)
  })

  test.each(named(troubled))(
    'with %s is written by the backup for all to see, and the key goes on',
    async (_, { act, reason }) => {
      await using world = await givenDesk(act)
      const { events, receipt } = await world.owner.ask('Where is my parcel?')
      expect(switchedIn(events)).toMatchObject({ reason, provider: 'openai' })
      expect(triedIn(receipt)).toEqual([`anthropic failed ${reason}`, 'openai answered'])
      expect(await alertsOf(world)).toMatchObject([{ kind: 'key-refused', reason, out: false }])
      expect(triedIn((await world.owner.ask('And now?')).receipt)).toEqual(['anthropic answered'])
      await expectSoundBooks(world)
    },
  )

  test.each(named(faults))(
    'with %s is shown the fault, and nobody else is asked',
    async (_, { act, reason }) => {
      await using world = await givenDesk(act)
      const { problem, receipt } = await world.owner.ask('Where is my parcel?')
      expect(problem).toMatchObject({
        slug: `provider-${reason}`,
        facts: { backup: 'fault', partial: false },
      })
      expect(triedIn(receipt)).toEqual([`anthropic failed ${reason}`])
      expect(receipt?.fellBack).toBe(false)
      await expectSoundBooks(world)
    },
  )

  test('since the model declines is shown that, and nobody else is asked', async () => {
    await using world = await givenDesk('refusal')
    const { problem, receipt } = await world.owner.ask('Where is my parcel?')
    expect(problem).toMatchObject({ slug: 'provider-refused-by-model' })
    expect(triedIn(receipt)).toHaveLength(1)
    await expectSoundBooks(world)
  })

  test('and then its backup is told why, with both calls on the receipt', async () => {
    await using world = await givenDesk('overloaded')
    world.simulator.plan({ provider: 'openai', next: ['server-error'] })
    const { problem, receipt } = await world.owner.ask('Where is my parcel?')
    expect(problem).toMatchObject({
      slug: 'provider-server-error',
      facts: { provider: 'openai', backup: 'unable', partial: false },
    })
    expect(triedIn(receipt)).toEqual(['anthropic failed overloaded', 'openai failed server-error'])
    await expectSoundBooks(world)
  })

  test('falls back in the playground too', async () => {
    await using world = await givenDesk('overloaded')
    const { receipt } = await world.owner.ask('Where is my parcel?', { playground: true })
    expect(receipt?.purpose).toBe('playground')
    expect(triedIn(receipt)).toEqual(['anthropic failed overloaded', 'openai answered'])
    await expectSoundBooks(world)
  })

  test('told again is the same draft, without a call', async () => {
    await using world = await givenDesk('overloaded')
    const asked = draftRequest('Where is my parcel?')
    const first = await world.owner.draft(asked)
    const bill = await world.bill()
    const again = await world.owner.draft(asked)
    expect([again.text, again.receipt]).toEqual([first.text, first.receipt])
    expect(await world.bill()).toBe(bill)
  })
})

describe('without a backup, a draft whose provider fails', () => {
  test('is told so, and its key is tried again by the next draft', async () => {
    await using world = await given()
    world.simulator.plan({ provider: 'anthropic', next: ['overloaded'] })
    const { problem } = await world.owner.ask('Where is my parcel?')
    expect(problem).toMatchObject({ slug: 'provider-overloaded', facts: { backup: 'off' } })
    expect(triedIn((await world.owner.ask('And now?')).receipt)).toEqual(['anthropic answered'])
    await expectSoundBooks(world)
  })

  test('is paused once the only key is refused', async () => {
    await using world = await given()
    world.simulator.plan({ provider: 'anthropic', next: ['no-credit'] })
    expect((await world.owner.ask('Where is it?')).problem?.slug).toBe('provider-no-credit')
    expect((await world.owner.ask('And now?')).problem).toMatchObject({
      slug: 'ai-paused',
      facts: { reason: 'key-rejected' },
    })
    expect((await world.owner.status()).ai).toMatchObject({ on: false, paused: 'key-rejected' })
  })
})
