import { describe, expect, test } from 'vitest'
import { Channel } from '../../shared/channels.ts'
import { given } from '../world.ts'
import { answeredOn, connectLacking, disconnect, listOf, makeChannel, refused, written } from './desk.ts'

const OPUS = 'claude-opus-5-5'
const shop = { name: 'Shop', sites: ['shop.example'] }

describe('a channel’s choice of a model', () => {
  test('is what a draft there is answered with; elsewhere it is the usual one', async () => {
    await using world = await given()
    const { id, models } = await makeChannel(world, { ...shop, models: { anthropic: OPUS } })
    expect(models).toEqual({ anthropic: OPUS })
    expect(await answeredOn(world, 'https://shop.example')).toBe(`Anthropic ${OPUS}`)
    expect(await answeredOn(world, 'https://desk.example')).toBe('Anthropic claude-haiku-5-5')
    const refined = { instruction: 'Shorter, please.', previous: 'It is on its way.' }
    for (const more of [refined, { playground: true }] as const)
      expect(await answeredOn(world, 'https://shop.example', more)).toBe(`Anthropic ${OPUS}`)
    const form = { name: 'Store', sites: shop.sites }
    const kept = await world.owner.change('PUT', `/v1/channels/${id}`, form, Channel)
    expect(kept).toEqual({ id, ...form, models: { anthropic: OPUS } })
    const without = { ...form, models: {} }
    expect((await world.owner.change('PUT', `/v1/channels/${id}`, without, Channel)).models).toEqual({})
    expect(await answeredOn(world, 'https://shop.example')).toBe('Anthropic claude-haiku-5-5')
  })

  test('leaves a key that may not use it with the usual model', async () => {
    await using world = await given({ keys: [] })
    const lacking = await connectLacking(world, 'Lacking', OPUS)
    await connectLacking(world, 'Whole')
    await makeChannel(world, { ...shop, models: { anthropic: OPUS } })
    expect(await answeredOn(world, 'https://shop.example')).toBe(`Lacking ${lacking.model.id}`)
    await disconnect(world, lacking)
    expect(await answeredOn(world, 'https://shop.example')).toBe(`Whole ${OPUS}`)
  })

  test('is refused where no key may use it, or its price is not known', async () => {
    await using world = await given()
    const make = (models: unknown) => refused(world, 'POST', '/v1/channels', { ...shop, models })
    expect(await make({ anthropic: 'claude-unheard-of' })).toMatchObject({ slug: 'model-unpriced' })
    expect(await make({ openai: 'gpt-6-sol' })).toMatchObject({
      slug: 'malformed-request',
      facts: { issues: [{ path: 'models.openai' }] },
    })
    expect(await make({ anthropic: 'gpt-6-sol' })).toMatchObject({ slug: 'model-unpriced' })
    expect(await make({ nobody: OPUS })).toMatchObject({ slug: 'malformed-request' })
  })

  test('is named as the catalogue does, and stays when its key is gone', async () => {
    await using world = await given({ keys: ['anthropic', 'openai'] })
    const models = { anthropic: 'claude-haiku-4-5', openai: 'gpt-6-sol' }
    const made = await makeChannel(world, { ...shop, models })
    const chosen = { anthropic: 'claude-haiku-4-5-20251001', openai: 'gpt-6-sol' }
    expect(made.models).toEqual(chosen)
    const openai = (await listOf(world)).keys.find(({ provider }) => provider === 'openai')
    if (openai) await disconnect(world, openai)
    const form = { ...shop, models: chosen }
    const changed = await world.owner.change('PUT', `/v1/channels/${made.id}`, form, Channel)
    expect(changed.models).toEqual(chosen)
  })

  test('is written down when it is made, changed and removed', async () => {
    await using world = await given()
    const { id } = await makeChannel(world, { ...shop, models: { anthropic: OPUS } })
    const form = { ...shop, models: { anthropic: 'claude-sonnet-5' } }
    await world.owner.change('PUT', `/v1/channels/${id}`, form, Channel)
    await world.owner.request('DELETE', `/v1/channels/${id}`)
    expect(await written(world, 'channel-made')).toMatchObject([{ models: `anthropic/${OPUS}` }])
    expect(await written(world, 'channel-changed')).toMatchObject([
      { models: 'anthropic/claude-sonnet-5', modelsBefore: `anthropic/${OPUS}` },
    ])
    expect(await written(world, 'channel-removed')).toMatchObject([{ models: 'anthropic/claude-sonnet-5' }])
    expect(await answeredOn(world, 'https://shop.example')).toBe('Anthropic claude-haiku-5-5')
  })
})
