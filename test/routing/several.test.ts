import { describe, expect, test } from 'vitest'
import type { Key } from '../../shared/keys.ts'
import { given, simulatorKeys } from '../world.ts'
import {
  answeredOn,
  changeKey,
  connect,
  connectLacking,
  disconnect,
  labelsOf,
  listOf,
  makeChannel,
  order,
  refused,
  written,
} from './desk.ts'

const OPUS = 'claude-opus-5-5'
const ids = (keys: readonly Key[]) => keys.map(({ id }) => id)

describe('several keys of a provider', () => {
  test('get the first name that is free, and stand in their order', async () => {
    await using world = await given()
    await connect(world, 'anthropic')
    const named = await connect(world, 'anthropic', 'Night shift')
    const third = await connect(world, 'anthropic')
    expect(named).toMatchObject({ label: 'Night shift', position: 3, primary: false })
    expect(third).toMatchObject({ label: 'Anthropic 3', position: 4 })
    const { keys } = await listOf(world)
    expect(keys.map(({ label, position, primary }) => [label, position, primary])).toEqual([
      ['Anthropic', 1, true],
      ['Anthropic 2', 2, false],
      ['Night shift', 3, false],
      ['Anthropic 3', 4, false],
    ])
    await disconnect(world, named)
    expect((await connect(world, 'anthropic', 'night SHIFT')).label).toBe('night SHIFT')
  })

  test('have names of their own, in capitals or not; another provider’s may be the same', async () => {
    await using world = await given()
    const before = world.simulator.requests().length
    const body = { provider: 'anthropic', key: simulatorKeys.anthropic, label: ' aNTHROPIC ' }
    expect(await refused(world, 'POST', '/v1/keys', body)).toMatchObject({
      slug: 'key-exists',
      facts: { provider: 'anthropic' },
    })
    expect(world.simulator.requests()).toHaveLength(before)
    const other = await connect(world, 'anthropic', 'Spare')
    expect(await refused(world, 'PATCH', `/v1/keys/${other.id}`, { label: 'Anthropic' })).toMatchObject({
      slug: 'key-exists',
    })
    expect((await connect(world, 'openai', 'Spare')).label).toBe('Spare')
    expect((await changeKey(world, other, { label: 'SPARE' })).label).toBe('SPARE')
    expect((await written(world, 'key-changed')).at(-1)).toEqual({
      by: 'Olive Owner',
      provider: 'anthropic',
      label: 'SPARE',
      labelBefore: 'Spare',
    })
  })

  test('that two admins name alike at the same moment keep one of them from it', async () => {
    await using world = await given({ keys: [] })
    const keys = [await connect(world, 'anthropic'), await connect(world, 'anthropic')]
    const answers = await Promise.all(
      keys.map(({ id }) => world.owner.request('PATCH', `/v1/keys/${id}`, { label: 'Day shift' })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect((await labelsOf(world)).filter((label) => label === 'Day shift')).toHaveLength(1)
  })

  test('draft with one model, except where a key may not use it', async () => {
    await using world = await given()
    const [first] = (await listOf(world)).keys
    const lacking = await connectLacking(world, 'Lacking', OPUS)
    if (first === undefined) throw new Error('a key is connected')
    await changeKey(world, first, { model: OPUS })
    const further = await connect(world, 'anthropic', 'Further')
    expect(further.model.id).toBe(OPUS)
    const models = (await listOf(world)).keys.map(({ label, model }) => [label, model.id])
    expect(models).toEqual([
      ['Anthropic', OPUS],
      ['Lacking', lacking.model.id],
      ['Further', OPUS],
    ])
    expect(lacking.model.id).not.toBe(OPUS)
    expect((await written(world, 'key-changed')).at(-1)).toMatchObject({
      model: OPUS,
      modelBefore: lacking.model.id,
    })
  })

  test('answer in the order that an admin gives them', async () => {
    await using world = await given()
    const second = await connect(world, 'anthropic')
    await connect(world, 'openai')
    const third = await connect(world, 'anthropic')
    const { keys } = await listOf(world)
    const [first] = keys
    expect(await answeredOn(world, 'https://desk.example')).toMatch(/^Anthropic claude/)
    const keyIds = [third.id, ...(first ? [first.id] : []), second.id]
    const ordered = await order(world, { provider: 'anthropic', keyIds })
    expect(ids(ordered.keys).slice(0, 3)).toEqual(keyIds)
    expect(await labelsOf(world)).toEqual(['Anthropic 3', 'Anthropic', 'Anthropic 2', 'OpenAI'])
    expect(await answeredOn(world, 'https://desk.example')).toMatch(/^Anthropic 3 claude/)
    await order(world, { provider: 'anthropic', keyIds })
    expect(await written(world, 'keys-ordered')).toEqual([
      { by: 'Olive Owner', provider: 'anthropic', keys: 'Anthropic 3, Anthropic, Anthropic 2' },
    ])
  })

  test('are ordered only as a whole', async () => {
    await using world = await given({ keys: ['anthropic', 'openai'] })
    await connect(world, 'anthropic')
    const [first = '', second = '', other = ''] = ids((await listOf(world)).keys)
    for (const keyIds of [[first], [first, first], [first, second, other], [first, other]])
      expect(await refused(world, 'PUT', '/v1/keys/order', { provider: 'anthropic', keyIds })).toMatchObject({
        slug: 'malformed-request',
      })
    expect(ids((await listOf(world)).keys)).toEqual([first, second, other])
  })
})

describe('a key that is limited to channels', () => {
  test('answers there and nowhere else', async () => {
    await using world = await given()
    const shop = await makeChannel(world, { name: 'Shop', sites: ['shop.example'] })
    const [everywhere] = (await listOf(world)).keys
    const limited = await connect(world, 'anthropic', 'For the shop')
    const card = await changeKey(world, limited, { channels: [shop.id], primary: true })
    expect(card).toMatchObject({ channels: [{ id: shop.id, name: 'Shop' }], primary: true, position: 1 })
    expect(await answeredOn(world, 'https://shop.example')).toMatch(/^For the shop /)
    expect(await answeredOn(world, 'https://desk.example')).toMatch(/^Anthropic /)
    if (everywhere) await disconnect(world, everywhere)
    expect(await answeredOn(world, 'https://shop.example')).toMatch(/^For the shop /)
    expect((await world.owner.ask('Hi', { site: 'https://desk.example' })).status).toBe(503)
    await changeKey(world, limited, { channels: null })
    expect(await answeredOn(world, 'https://desk.example')).toMatch(/^For the shop /)
    expect(
      (await written(world, 'key-changed')).map(({ channels, channelsBefore }) => [channels, channelsBefore]),
    ).toEqual([
      ['Shop', '*'],
      ['*', 'Shop'],
    ])
  })

  test('can be limited to channels of this workspace alone, and to one at least', async () => {
    await using world = await given()
    const [key] = (await listOf(world)).keys
    const path = `/v1/keys/${key?.id}`
    const unknown = { channels: [crypto.randomUUID()] }
    expect(await refused(world, 'PATCH', path, unknown)).toMatchObject({ slug: 'not-found' })
    expect(await refused(world, 'PATCH', path, { channels: [] })).toMatchObject({ slug: 'malformed-request' })
  })

  test('answers nowhere once they are removed, which is written down', async () => {
    await using world = await given({ keys: [] })
    const shop = await makeChannel(world, { name: 'Shop', sites: ['shop.example'] })
    const mail = await makeChannel(world, { name: 'Mail', sites: ['mail.example'] })
    const [one, both] = [await connect(world, 'anthropic', 'One'), await connect(world, 'anthropic', 'Both')]
    await changeKey(world, one, { channels: [shop.id] })
    await changeKey(world, both, { channels: [shop.id, mail.id] })
    await world.owner.request('DELETE', `/v1/channels/${shop.id}`)
    expect((await listOf(world)).keys.map(({ label, channels }) => [label, channels])).toEqual([
      ['One', []],
      ['Both', [{ id: mail.id, name: 'Mail' }]],
    ])
    expect((await world.owner.ask('Hi', { site: 'https://shop.example' })).status).toBe(503)
    expect(await written(world, 'channel-removed')).toMatchObject([{ name: 'Shop', silentKeys: 'One' }])
  })
})
