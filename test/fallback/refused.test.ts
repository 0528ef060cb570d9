import { describe, expect, test } from 'vitest'
import { Channel, type ChannelForm } from '../../shared/channels.ts'
import { KeyConnected } from '../../shared/keys.ts'
import { pico, Usd } from '../../shared/money.ts'
import type { ProviderName } from '../../shared/providers.ts'
import { draftRequest, given, type World } from '../world.ts'
import { expectSoundBooks, givenBackup, routed, triedIn } from './desk.ts'

const NEXT_CALL_LATEST_MS = 45_000

const connectAnother = (world: World, provider: ProviderName, key: string, label: string) =>
  world.owner.change('POST', '/v1/keys', { provider, key, label }, KeyConnected)

/** A channel of the desk's own site, in which a provider drafts with another model than usual. */
const draftsThereWith = (world: World, models: ChannelForm['models']) =>
  world.owner.change('POST', '/v1/channels', { name: 'Desk', sites: ['desk.example'], models }, Channel)

describe('a backup', () => {
  test('that costs more than ten times as much answers only where that is allowed', async () => {
    await using world = await given({ keys: ['anthropic', 'openai'] })
    await routed(world, { primary: 'openai', backup: 'anthropic' })
    await draftsThereWith(world, { openai: 'gpt-5-nano', anthropic: 'claude-fable-5-1' })
    world.simulator.plan({ provider: 'openai', next: ['server-error'] })
    const { problem, receipt } = await world.owner.ask('Where is my parcel?')
    expect(problem).toMatchObject({ slug: 'provider-server-error', facts: { backup: 'dearer' } })
    expect(triedIn(receipt)).toEqual(['openai failed server-error'])
    expect((await world.owner.ask('And now?')).receipt).toMatchObject({ provider: 'openai' })
    await routed(world, { dearer: true })
    world.simulator.plan({ provider: 'openai', next: ['server-error'] })
    const allowed = await world.owner.ask('Where is my parcel?')
    expect(allowed.receipt).toMatchObject({ provider: 'anthropic', outcome: 'answered' })
    await expectSoundBooks(world)
  })

  test('that does not fit under the cap is not called, and the draft ends with the failure', async () => {
    await using world = await givenBackup()
    const { receipt } = await world.owner.ask('Where is my parcel?')
    const held = receipt?.attempts[0]?.held ?? 0n
    const { settled } = await world.owner.cap()
    await world.owner.setCap(Usd.encode(pico(settled + held)))
    world.simulator.plan({ provider: 'anthropic', next: ['reset'] })
    const { problem, receipt: failed } = await world.owner.ask('Where is my parcel?')
    expect(problem).toMatchObject({ slug: 'provider-network', facts: { backup: 'cap' } })
    expect(triedIn(failed)).toEqual(['anthropic failed network'])
    await expectSoundBooks(world)
  })

  test('is not called when the draft has waited too long already', async () => {
    let at = Date.now()
    await using world = await givenBackup({ now: () => at })
    world.simulator.plan({ provider: 'anthropic', next: ['reset'] })
    const { problem, receipt } = await world.owner.draft(draftRequest('Where is my parcel?'), {
      onEvent: ({ type }) => {
        if (type === 'started') at += NEXT_CALL_LATEST_MS + 1
      },
    })
    expect(problem).toMatchObject({ slug: 'provider-network', facts: { backup: 'spent' } })
    expect(triedIn(receipt)).toEqual(['anthropic failed network'])
  })

  test('whose key was refused cannot answer either', async () => {
    await using world = await givenBackup()
    world.simulator.plan({ provider: 'anthropic', next: ['overloaded'] })
    world.simulator.plan({ provider: 'openai', next: ['no-credit'] })
    const first = await world.owner.ask('Where is my parcel?')
    expect(first.problem).toMatchObject({ slug: 'provider-no-credit', facts: { backup: 'unable' } })
    world.simulator.plan({ provider: 'anthropic', next: ['server-error'] })
    const second = await world.owner.ask('Where is my parcel?')
    expect(second.problem).toMatchObject({ slug: 'provider-server-error', facts: { backup: 'unable' } })
    await expectSoundBooks(world)
  })

  test('that is turned off leaves a draft to the primary alone', async () => {
    await using world = await givenBackup()
    await routed(world, { backup: null })
    world.simulator.plan({ provider: 'anthropic', next: ['overloaded'] })
    const { problem, receipt } = await world.owner.ask('Where is my parcel?')
    expect(problem).toMatchObject({ slug: 'provider-overloaded', facts: { backup: 'off' } })
    expect(triedIn(receipt)).toEqual(['anthropic failed overloaded'])
    expect(await world.owner.status()).toMatchObject({ drafting: { provider: 'anthropic' } })
  })
})

describe('several keys of a provider', () => {
  test('answer one after the other, and the backup after all of them, but no more than four for one draft', async () => {
    await using world = await givenBackup()
    const others = ['second', 'third', 'fourth']
    for (const name of others)
      await connectAnother(world, 'anthropic', `sk-ant-sim-healthy-${name}-0123456789`, name)
    const limited = Array.from({ length: 4 }, () => 'rate-limited' as const)
    world.simulator.plan({ provider: 'anthropic', next: limited })
    const { problem, receipt } = await world.owner.ask('Where is my parcel?')
    expect(problem).toMatchObject({ slug: 'provider-rate-limited', facts: { backup: 'spent' } })
    expect(receipt?.attempts.map(({ keyLabel }) => keyLabel).slice(1)).toEqual(others)
    expect(triedIn((await world.owner.ask('And now?')).receipt)).toEqual(['openai answered'])
    await expectSoundBooks(world)
  })

  test('rest together with their endpoint, so that the backup answers at once', async () => {
    await using world = await givenBackup()
    await connectAnother(world, 'anthropic', 'sk-ant-sim-healthy-second-0123456789', 'second')
    world.simulator.plan({ provider: 'anthropic', next: ['overloaded'] })
    const { receipt } = await world.owner.ask('Where is my parcel?')
    expect(triedIn(receipt)).toEqual(['anthropic failed overloaded', 'openai answered'])
    await expectSoundBooks(world)
  })
})
