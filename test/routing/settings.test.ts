import { describe, expect, test } from 'vitest'
import type { KeyList } from '../../shared/keys.ts'
import type { ProviderName } from '../../shared/providers.ts'
import { given, type World } from '../world.ts'
import { answeredOn, changeKey, connect, disconnect, listOf, refused, route, written } from './desk.ts'

const ASTRA = 'gpt-6-astra'

/** The pair in force. */
const pair = ({ primary, backup }: KeyList['routing']) => [primary, backup]

const keyOf = async (world: World, provider: ProviderName) => {
  const key = (await listOf(world)).keys.find((one) => one.provider === provider)
  if (key === undefined) throw new Error(`no key of ${provider} is connected`)
  return key
}

const refusedAs = (reason: string, provider: ProviderName) => ({
  slug: 'routing-refused',
  facts: { reason, provider },
})

describe('who answers and who stands in', () => {
  test('is the provider of the first key and nobody, until somebody says so', async () => {
    await using world = await given({ keys: [] })
    expect((await listOf(world)).routing).toEqual({
      primary: null,
      backup: null,
      dearer: false,
      remindAfterDays: 180,
    })
    await connect(world, 'openai')
    await connect(world, 'anthropic')
    expect(pair((await listOf(world)).routing)).toEqual(['openai', null])
    expect(await answeredOn(world, 'https://desk.example')).toMatch(/^OpenAI /)
    const { providers } = await world.owner.status()
    expect(providers.filter(({ connected }) => connected).map(({ provider }) => provider)).toEqual([
      'anthropic',
      'openai',
    ])
  })

  test('lists the keys of the primary first, then of the backup, then the others', async () => {
    await using world = await given({ keys: ['anthropic', 'openai'] })
    await route(world, { primary: 'openai', backup: 'anthropic', remindAfterDays: 90 })
    await connect(world, 'openai')
    const { keys, routing } = await listOf(world)
    expect(keys.map(({ label, primary }) => [label, primary])).toEqual([
      ['OpenAI', true],
      ['OpenAI 2', false],
      ['Anthropic', false],
    ])
    expect(routing).toEqual({ primary: 'openai', backup: 'anthropic', dearer: false, remindAfterDays: 90 })
    expect(await answeredOn(world, 'https://desk.example')).toMatch(/^OpenAI /)
    expect(await written(world, 'routing-changed')).toEqual([
      {
        by: 'Olive Owner',
        primary: 'openai',
        primaryBefore: 'anthropic',
        backup: 'anthropic',
        backupBefore: null,
        remindAfterDays: 90,
        remindAfterDaysBefore: 180,
      },
    ])
  })

  test('is refused for a provider that has no key, and for one provider twice', async () => {
    await using world = await given({ keys: ['anthropic', 'openai'] })
    const put = (body: unknown) => refused(world, 'PUT', '/v1/routing', body)
    expect(await put({ backup: 'bedrock' })).toMatchObject(refusedAs('keyless', 'bedrock'))
    expect(await put({ primary: 'compatible' })).toMatchObject(refusedAs('keyless', 'compatible'))
    expect(await put({ backup: 'anthropic' })).toMatchObject(refusedAs('same', 'anthropic'))
    expect(await put({ primary: 'openai', backup: 'openai' })).toMatchObject(refusedAs('same', 'openai'))
    expect(await put({ remindAfterDays: 0 })).toMatchObject({ slug: 'malformed-request' })
    expect(pair((await listOf(world)).routing)).toEqual(['anthropic', null])
    expect(await written(world, 'routing-changed')).toEqual([])
  })

  test('that is said again is written down once', async () => {
    await using world = await given({ keys: ['anthropic', 'openai'] })
    await route(world, { backup: 'openai' })
    await route(world, { backup: 'openai' })
    await route(world, {})
    expect(await written(world, 'routing-changed')).toHaveLength(1)
  })

  test('changes places when the backup is made the primary; another provider leaves the backup as it is', async () => {
    await using world = await given({ keys: ['anthropic', 'openai'] })
    await route(world, { backup: 'openai' })
    expect(await changeKey(world, await keyOf(world, 'openai'), { primary: true })).toMatchObject({
      primary: true,
    })
    expect(pair((await listOf(world)).routing)).toEqual(['openai', 'anthropic'])
    expect(pair(await route(world, { primary: 'anthropic' }))).toEqual(['anthropic', 'openai'])
    await route(world, { backup: null })
    await changeKey(world, await keyOf(world, 'openai'), { primary: true })
    expect(pair((await listOf(world)).routing)).toEqual(['openai', null])
  })
})

describe('a backup that costs more than ten times as much', () => {
  /** Anthropic's cheapest beside OpenAI's dearest. */
  const givenDearBackup = async (): Promise<World> => {
    const world = await given({ keys: ['anthropic', 'openai'] })
    await changeKey(world, await keyOf(world, 'openai'), { model: ASTRA })
    return world
  }

  test('is turned on only when that is allowed', async () => {
    await using world = await givenDearBackup()
    const put = (body: unknown) => refused(world, 'PUT', '/v1/routing', body)
    expect(await put({ backup: 'openai' })).toMatchObject(refusedAs('dearer', 'openai'))
    expect(pair((await listOf(world)).routing)).toEqual(['anthropic', null])
    expect(await route(world, { backup: 'openai', dearer: true })).toMatchObject({
      backup: 'openai',
      dearer: true,
    })
    expect(await put({ dearer: false })).toMatchObject(refusedAs('dearer', 'openai'))
    expect(await put({ remindAfterDays: 30 })).toBeUndefined()
    expect((await listOf(world)).routing).toMatchObject({ dearer: true, remindAfterDays: 30 })
  })

  test('is asked about again for another pair', async () => {
    await using world = await givenDearBackup()
    await route(world, { backup: 'openai', dearer: true })
    expect(await route(world, { backup: null })).toMatchObject({ backup: null, dearer: false })
    expect(await refused(world, 'PUT', '/v1/routing', { backup: 'openai' })).toMatchObject(
      refusedAs('dearer', 'openai'),
    )
  })

  test('is not brought about by a choice of models, or by changing places', async () => {
    await using world = await given({ keys: ['anthropic', 'openai'] })
    await route(world, { backup: 'openai' })
    const openai = await keyOf(world, 'openai')
    const patch = (body: unknown) => refused(world, 'PATCH', `/v1/keys/${openai.id}`, body)
    expect(await patch({ model: ASTRA })).toMatchObject(refusedAs('dearer', 'openai'))
    expect((await keyOf(world, 'openai')).model.id).toBe(openai.model.id)
    const anthropic = await keyOf(world, 'anthropic')
    await changeKey(world, anthropic, { model: 'claude-opus-5-5' })
    expect(await patch({ primary: true })).toMatchObject(refusedAs('dearer', 'anthropic'))
    expect(pair((await listOf(world)).routing)).toEqual(['anthropic', 'openai'])
    expect(await route(world, { dearer: true })).toMatchObject({ dearer: true })
    expect(await patch({ model: ASTRA })).toBeUndefined()
  })
})

describe('disconnecting', () => {
  test('the last key of the primary makes the backup the primary: nothing stops', async () => {
    await using world = await given({ keys: ['anthropic', 'openai'] })
    await route(world, { backup: 'openai' })
    const spare = await connect(world, 'anthropic')
    await disconnect(world, spare)
    expect(pair((await listOf(world)).routing)).toEqual(['anthropic', 'openai'])
    await disconnect(world, await keyOf(world, 'anthropic'))
    expect(pair((await listOf(world)).routing)).toEqual(['openai', null])
    expect(await answeredOn(world, 'https://desk.example')).toMatch(/^OpenAI /)
    expect((await written(world, 'routing-changed')).at(-1)).toEqual({
      by: 'Olive Owner',
      primary: 'openai',
      primaryBefore: 'anthropic',
      backup: null,
      backupBefore: 'openai',
    })
    await connect(world, 'anthropic')
    expect(pair((await listOf(world)).routing)).toEqual(['openai', null])
  })

  test('the last key of the backup leaves nobody to stand in', async () => {
    await using world = await given({ keys: ['anthropic', 'openai'] })
    await route(world, { backup: 'openai' })
    await disconnect(world, await keyOf(world, 'openai'))
    await connect(world, 'openai')
    expect(pair((await listOf(world)).routing)).toEqual(['anthropic', null])
  })

  test('the last key of all leaves nobody, and the next one that is connected answers', async () => {
    await using world = await given({ keys: ['anthropic', 'openai'] })
    await route(world, { primary: 'openai', backup: 'anthropic', remindAfterDays: 90 })
    await disconnect(world, await keyOf(world, 'openai'))
    await disconnect(world, await keyOf(world, 'anthropic'))
    expect((await listOf(world)).routing).toMatchObject({ primary: null, backup: null, remindAfterDays: 90 })
    await connect(world, 'openai')
    expect(pair((await listOf(world)).routing)).toEqual(['openai', null])
  })
})

describe('a key that rests', () => {
  test('says until when, and the others of its endpoint with it', async () => {
    await using world = await given({ keys: ['anthropic', 'openai'] })
    await route(world, { backup: 'openai' })
    await connect(world, 'anthropic')
    const began = Date.now()
    world.simulator.plan({ provider: 'anthropic', next: ['overloaded', 'overloaded'] })
    expect(await answeredOn(world, 'https://desk.example')).toMatch(/^OpenAI /)
    const { keys } = await listOf(world)
    const rests = keys.map(({ provider, restsUntil }) => [
      provider,
      restsUntil !== null && restsUntil > began,
    ])
    expect(rests).toEqual([
      ['anthropic', true],
      ['anthropic', true],
      ['openai', false],
    ])
  })
})

describe('a backup of ten times the price, to the picodollar', () => {
  test('is turned on without a question, and answers', async () => {
    await using world = await given({ keys: ['openai', 'anthropic'] })
    await changeKey(world, await keyOf(world, 'anthropic'), { model: 'claude-haiku-4-5' })
    expect(await route(world, { backup: 'anthropic' })).toMatchObject({ backup: 'anthropic', dearer: false })
    world.simulator.plan({ provider: 'openai', next: ['overloaded'] })
    expect(await answeredOn(world, 'https://desk.example')).toMatch(/^Anthropic claude-haiku-4-5/)
  })
})
