import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AuditPage } from '../shared/audit.ts'
import { Channel, ChannelList, channelOf, sitePatternOf } from '../shared/channels.ts'
import { Receipt, ReceiptPage } from '../shared/receipts.ts'
import { given, type World } from './world.ts'

const named = (name: string, ...sites: string[]) => ({ name, sites })

const all = [
  named('Wildcard', '*.zendesk.com'),
  named('Deeper', '*.eu.zendesk.com'),
  named('Exact', 'acme.zendesk.com'),
  named('Port', 'acme.zendesk.com:8443'),
  named('Plain', 'desk.example:80'),
  named('Bücher', '*.xn--bcher-kva.example'),
]
const at = (site: string) => channelOf(site, all)?.name

describe('the channel of a site', () => {
  test('is the one that names it most exactly: a port before a host, a host before a wildcard, longer before shorter', () => {
    expect(at('https://acme.zendesk.com:8443')).toBe('Port')
    expect(at('https://acme.zendesk.com')).toBe('Exact')
    expect(at('https://other.zendesk.com')).toBe('Wildcard')
    expect(at('https://other.eu.zendesk.com')).toBe('Deeper')
  })

  test('matches a wildcard below its name only', () => {
    expect(at('https://a.b.zendesk.com')).toBe('Wildcard')
    expect(at('https://zendesk.com')).toBeUndefined()
  })

  test('is none for a host that only looks alike', () => {
    for (const site of [
      'https://evil-zendesk.com',
      'https://zendesk.com.evil.example',
      'https://acme.zendesk.com.evil.example',
      'https://xacme.zendesk.com.',
      'https://evil.example/acme.zendesk.com',
      'https://acme.zendesk.com@evil.example',
      'nonsense',
    ])
      expect([site, at(site)]).toEqual([site, site.includes('xacme') ? 'Wildcard' : undefined])
  })

  test('knows the port that goes without saying', () => {
    expect(at('http://desk.example')).toBe('Plain')
    expect(at('https://desk.example')).toBeUndefined()
    expect(at('https://desk.example:80')).toBe('Plain')
  })

  test('is found in capitals, with a dot at the end, and in other scripts, as browsers write them', () => {
    expect(at('HTTPS://ACME.Zendesk.COM')).toBe('Exact')
    expect(at('https://acme.zendesk.com.')).toBe('Exact')
    expect(at('https://shop.bücher.example')).toBe('Bücher')
    expect(at('https://shop.xn--bcher-kva.example')).toBe('Bücher')
  })
})

describe('what a person types as a site', () => {
  test('is cut down to its host', () => {
    expect(sitePatternOf('https://acme.zendesk.com/agent/tickets/1?x=1#top')).toBe('acme.zendesk.com')
    expect(sitePatternOf(' Acme.Zendesk.com/agent ')).toBe('acme.zendesk.com')
    expect(sitePatternOf('https://olive:secret@acme.zendesk.com')).toBe('acme.zendesk.com')
    expect(sitePatternOf('acme.zendesk.com.')).toBe('acme.zendesk.com')
  })

  test('keeps a port that has to be said, and only that', () => {
    expect(sitePatternOf('http://desk.example:8080/x')).toBe('desk.example:8080')
    expect(sitePatternOf('desk.example:8080')).toBe('desk.example:8080')
    expect(sitePatternOf('https://desk.example:443')).toBe('desk.example')
  })

  test('keeps a wildcard, and writes other scripts as browsers do', () => {
    expect(sitePatternOf('*.Zendesk.com')).toBe('*.zendesk.com')
    expect(sitePatternOf('*.Bücher.example')).toBe('*.xn--bcher-kva.example')
  })

  test('is refused when it names no host', () => {
    for (const typed of [
      '',
      '   ',
      'two words',
      '*',
      '*.',
      'https://',
      'a*.example',
      '[::1]:80',
      '*.*.example',
    ])
      expect([typed, sitePatternOf(typed)]).toEqual([typed, undefined])
  })
})

describe('the channels of a workspace', () => {
  let world: World

  beforeEach(async () => {
    world = await given()
  })
  afterEach(() => world[Symbol.asyncDispose]())

  const make = (name: string, ...sites: string[]) =>
    world.owner.change('POST', '/v1/channels', { name, sites }, Channel)
  const refused = async (method: string, path: string, body: unknown) =>
    (await world.owner.request(method, path, body)).problem
  const listed = async () => (await world.owner.read('/v1/channels', ChannelList)).channels

  test('are listed by name, each with its sites once', async () => {
    await make('Shop', 'shop.example', 'SHOP.example')
    await make('Mail', '*.mail.example')
    expect((await listed()).map(({ name, sites }) => [name, sites])).toEqual([
      ['Mail', ['*.mail.example']],
      ['Shop', ['shop.example']],
    ])
  })

  test('have names and sites of their own; the refusal tells the other one', async () => {
    await make('Shop', 'shop.example', 'desk.example')
    const mail = await make('Mail', 'mail.example')
    const clash = (site: string | null) => ({ slug: 'channel-exists', facts: { name: 'Shop', site } })
    expect(await refused('POST', '/v1/channels', named(' shop', 'other.example'))).toMatchObject(clash(null))
    expect(await refused('POST', '/v1/channels', named('Else', 'desk.example'))).toMatchObject(
      clash('desk.example'),
    )
    expect(
      await refused('PUT', `/v1/channels/${mail.id}`, named('Mail', 'mail.example', 'shop.example')),
    ).toMatchObject(clash('shop.example'))
    expect(await refused('PUT', `/v1/channels/${mail.id}`, named('Mail', 'new.example'))).toBeUndefined()
    expect(await refused('POST', '/v1/channels', named('None'))).toMatchObject({ slug: 'malformed-request' })
  })

  test('stand on the receipts of drafts on their sites', async () => {
    const shop = await make('Shop', '*.shop.example')
    const inside = await world.owner.ask('Where is it?', { site: 'https://a.shop.example' })
    const outside = await world.owner.ask('Where is it?', { site: 'https://shop.example' })
    expect(inside.receipt).toMatchObject({ channelId: shop.id, channelName: 'Shop' })
    expect(outside.receipt).toMatchObject({ channelId: null, channelName: null })
  })

  test('keep their name on old receipts when they are gone, and their sites are free again', async () => {
    const shop = await make('Shop', 'shop.example')
    const { receipt } = await world.owner.ask('Where is it?', { site: 'https://shop.example' })
    expect((await world.owner.request('DELETE', `/v1/channels/${shop.id}`)).status).toBe(204)
    expect(await refused('DELETE', `/v1/channels/${shop.id}`, undefined)).toMatchObject({ slug: 'not-found' })
    expect(await refused('PUT', `/v1/channels/${shop.id}`, named('Shop', 'shop.example'))).toMatchObject({
      slug: 'not-found',
    })
    expect(await listed()).toEqual([])
    expect(await world.owner.read(`/v1/receipts/${receipt?.id}`, Receipt)).toMatchObject({
      channelName: 'Shop',
    })
    await make('Shop', 'shop.example')
    const again = await world.owner.ask('And now?', { site: 'https://shop.example' })
    expect(again.receipt?.channelId).not.toBe(shop.id)
    const { receipts } = await world.owner.read('/v1/receipts', ReceiptPage)
    expect(receipts.map(({ channelName }) => channelName)).toEqual(['Shop', 'Shop', null])
  })

  test('are written down when they are made, changed and removed', async () => {
    const { id } = await make('Shop', 'shop.example')
    await world.owner.change('PUT', `/v1/channels/${id}`, named('Store', 'a.example', 'b.example'), Channel)
    await world.owner.request('DELETE', `/v1/channels/${id}`)
    const { entries } = await world.owner.read('/v1/audit', AuditPage)
    const told = entries.filter(({ kind }) => kind.startsWith('channel-')).toReversed()
    expect(told.map(({ kind, facts, memberName }) => ({ kind, facts, memberName }))).toEqual([
      {
        kind: 'channel-made',
        facts: { name: 'Shop', sites: 'shop.example' },
        memberName: 'Olive Owner',
      },
      {
        kind: 'channel-changed',
        facts: {
          name: 'Store',
          sites: 'a.example b.example',
          nameBefore: 'Shop',
          sitesBefore: 'shop.example',
        },
        memberName: 'Olive Owner',
      },
      {
        kind: 'channel-removed',
        facts: { name: 'Store', sites: 'a.example b.example' },
        memberName: 'Olive Owner',
      },
    ])
  })
})
