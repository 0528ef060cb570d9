import { describe, expect, test } from 'vitest'
import { AuditPage } from '../../shared/audit.ts'
import { CapList, type CapPlace } from '../../shared/cap.ts'
import { Channel } from '../../shared/channels.ts'
import { dollars } from '../../shared/money.ts'
import { given, type World } from '../world.ts'

const set = (world: World, place: CapPlace, limit: string) =>
  world.owner.change('PUT', '/v1/caps', { ...place, limit }, CapList)

const caps = async (world: World) => (await world.owner.read('/v1/caps', CapList)).caps

describe('caps over HTTP', () => {
  test('of a member stop that member alone, whose status and refusal say which cap it is', async () => {
    await using world = await given()
    const anna = await world.owner.invite('agent', 'Anna')
    const id = await anna.memberId()
    await set(world, { scope: 'member', id, kind: 'day' }, '0.0001')
    const { status, problem } = await anna.ask('Where is it?')
    expect(status).toBe(402)
    expect(problem).toMatchObject({
      slug: 'cap-too-small',
      facts: { scope: 'member', id, name: 'Anna', kind: 'day', limit: dollars('0.0001') },
    })
    const { ai } = await anna.status()
    expect(ai).toMatchObject({ on: false, paused: 'cap-reached', cap: { scope: 'member', name: 'Anna' } })
    expect((await world.owner.status()).ai).toMatchObject({ on: true, cap: null })
    expect((await world.owner.ask('Where is it?')).receipt?.outcome).toBe('answered')
  })

  test('count what was spent before they were set, and are gone once they are taken away', async () => {
    await using world = await given()
    const { receipt } = await world.owner.ask('Where is it?')
    const model: CapPlace = { scope: 'model', id: `anthropic/${receipt?.model}`, kind: 'month' }
    const { caps: set1 } = await set(world, model, '3')
    const { settled } = await world.owner.cap()
    expect(set1.at(-1)).toMatchObject({ ...model, name: receipt?.modelName, settled, limit: dollars('3') })
    const asked = `/v1/caps?${new URLSearchParams(model)}`
    expect((await world.owner.request('DELETE', asked)).status).toBe(204)
    expect((await caps(world)).map(({ scope }) => scope)).toEqual(['workspace'])
    expect((await world.owner.request('DELETE', asked)).status).toBe(404)
  })

  test('of a member or channel go when it is removed, and the audit log says so', async () => {
    await using world = await given()
    const { owner } = world
    const anna = await (await owner.invite('agent', 'Anna')).memberId()
    const ravi = await (await owner.invite('agent', 'Ravi')).memberId()
    const form = { name: 'Shop', sites: ['shop.example'] }
    const shop = await owner.change('POST', '/v1/channels', form, Channel)
    const gone: CapPlace[] = [
      { scope: 'member', id: anna, kind: 'month' },
      { scope: 'member', id: anna, kind: 'day' },
      { scope: 'channel', id: shop.id, kind: 'month' },
    ]
    const stays: CapPlace = { scope: 'member', id: ravi, kind: 'day' }
    for (const place of [...gone, stays]) await set(world, place, '3')
    const until = new Date(Date.now() + 3_600_000).toISOString()
    await owner.change('PUT', '/v1/caps/raise', { ...gone[1], limit: '9', until }, CapList)
    await owner.request('DELETE', `/v1/members/${anna}`)
    await owner.request('DELETE', `/v1/channels/${shop.id}`)
    expect((await caps(world)).map(({ scope, id }) => [scope, id])).toEqual([
      ['workspace', ''],
      ['member', ravi],
    ])
    const { entries } = await owner.read('/v1/audit?limit=6', AuditPage)
    const told = entries.map(({ kind, facts }) => [kind, facts.name, facts.before, facts.after].join(' '))
    expect(told.toSorted()).toEqual([
      'cap-changed Anna 3.00 ',
      'cap-changed Anna 3.00 ',
      'cap-changed Shop 3.00 ',
      'cap-raised Anna 9.00 3.00',
      'channel-removed Shop  ',
      'member-removed   ',
    ])
  })

  test('leave the workspace its month, and count nothing that is not there', async () => {
    await using world = await given({ keys: [] })
    const month = new URLSearchParams({ scope: 'workspace', id: '', kind: 'month' })
    expect((await world.owner.request('DELETE', `/v1/caps?${month}`)).status).toBe(404)
    const nowhere: CapPlace[] = [
      { scope: 'member', id: crypto.randomUUID(), kind: 'day' },
      { scope: 'channel', id: crypto.randomUUID(), kind: 'day' },
      { scope: 'model', id: 'nobody/model', kind: 'day' },
      { scope: 'model', id: 'openai/ ', kind: 'day' },
      { scope: 'workspace', id: 'something', kind: 'day' },
    ]
    for (const place of nowhere)
      expect((await world.owner.request('PUT', '/v1/caps', { ...place, limit: '1' })).status).toBe(404)
    expect(await caps(world)).toHaveLength(1)
  })

  test('are read also where a model is called longer than a name may be', async () => {
    await using world = await given({ keys: [] })
    const model: CapPlace = { scope: 'model', id: `openai/${'long-'.repeat(30)}model`, kind: 'day' }
    expect((await set(world, model, '1')).caps.at(-1)).toMatchObject(model)
    expect((await caps(world)).at(-1)?.name).toBe('long-'.repeat(16))
  })
})
