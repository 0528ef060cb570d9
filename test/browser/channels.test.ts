import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { german } from '../../extension/ui/words/german/german.ts'
import { Channel, type ChannelForm, ChannelList } from '../../shared/channels.ts'
import { KeyList, type KeyModel } from '../../shared/keys.ts'
import { type Given, given, type World } from '../world.ts'
import { openStage, type Stage } from './chromium.ts'
import { misfits } from './languages/looks.ts'
import { flawsOf, forgetPairing, linkOf, openPairing, pairByLink } from './links.ts'
import { button, fill, press, read, see, sentence, textOf, words } from './surfaces.ts'

const { channels: said } = words.options

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

type Wish = Given & { readonly prepare?: (world: World) => Promise<unknown> }

/** The owner's further browser on the Channels page. */
const withChannels = async (
  act: (page: Page, world: World) => Promise<void>,
  { prepare, ...wish }: Wish = {},
): Promise<void> => {
  await using world = await given({ keys: [], ...wish })
  await prepare?.(world)
  await forgetPairing(stage)
  await (await pairByLink(stage, await linkOf(world))).close()
  const page = await stage.openOptions('/channels')
  try {
    await act(page, world)
  } finally {
    await page.close()
  }
}

const make = (world: World, form: ChannelForm): Promise<Channel> =>
  world.owner.change('POST', '/v1/channels', form, Channel)

const channelsOf = async (world: World): Promise<readonly ChannelForm[]> =>
  (await world.owner.read('/v1/channels', ChannelList)).channels.map(({ name, sites }) => ({ name, sites }))

/** The models of the only key, the one in use first. */
const modelsOf = async (world: World): Promise<readonly KeyModel[]> => {
  const { keys } = await world.owner.read('/v1/keys', KeyList)
  return keys.flatMap(({ model, models }) => [model, ...models.filter(({ id }) => id !== model.id)])
}

const zendesk = { name: 'Acme Zendesk', sites: ['acme.zendesk.com'] }

const typeForm = async (page: Page, name: string, sites: string): Promise<void> => {
  await fill(page, said.form.name, name)
  await fill(page, said.form.sites, sites)
}

describe('the Channels page', () => {
  test('makes a channel from pasted addresses, changes it, removes it, and brings it back', () =>
    withChannels(async (page, world) => {
      await read(page, said.emptyTitle)
      await press(page, said.add)
      await typeForm(page, 'Help', 'https://Acme.zendesk.com/agent/tickets/4812?x=1 *.crm.example')
      await press(page, said.form.add)
      await read(page, sentence(said.made, { name: 'Help' }))
      expect(await channelsOf(world)).toEqual([
        { name: 'Help', sites: ['acme.zendesk.com', '*.crm.example'] },
      ])

      await press(page, sentence(said.editOf, { name: 'Help' }))
      await fill(page, said.form.name, 'Help desk')
      await press(page, said.form.save)
      await read(page, sentence(said.changed, { name: 'Help desk' }))
      expect((await channelsOf(world)).map(({ name }) => name)).toEqual(['Help desk'])

      await press(page, sentence(said.removeOf, { name: 'Help desk' }))
      await read(page, sentence(said.removed, { name: 'Help desk' }))
      expect(await channelsOf(world)).toEqual([])
      await press(page, said.undo)
      await read(page, sentence(said.back, { name: 'Help desk' }))
      expect(await channelsOf(world)).toEqual([
        { name: 'Help desk', sites: ['acme.zendesk.com', '*.crm.example'] },
      ])
    }))

  test('lets a channel answer with a model of its own, and as usual again', () =>
    withChannels(
      async (page, world) => {
        const form = said.form
        const usual = (await modelsOf(world))[0]
        const other = (await modelsOf(world)).find(({ price, id }) => price !== null && id !== usual?.id)
        const choose = async (name: RegExp): Promise<void> => {
          await press(page, sentence(said.editOf, { name: zendesk.name }))
          const field = `::-p-aria([name="${sentence(form.modelOf, { provider: 'Anthropic' })}"][role="combobox"])`
          await (await page.waitForSelector(field))?.click()
          await page.waitForSelector('[role=option]')
          await page.$$eval(
            '[role=option]',
            (options, wanted) =>
              options
                .find((option) => new RegExp(wanted).test(option.textContent ?? ''))
                ?.dispatchEvent(new MouseEvent('click', { bubbles: true })),
            name.source,
          )
          await press(page, form.save)
          await read(page, sentence(said.changed, { name: zendesk.name }))
          await page.waitForFunction(() => document.querySelector('[role=dialog]') === null)
        }
        const answering = async (site: string): Promise<string | undefined> => {
          const { receipt } = await world.owner.ask('Where is my parcel?', { site })
          return receipt?.attempts[0]?.model
        }
        await choose(new RegExp(`^${other?.name} ·`))
        await read(page, sentence(said.modelOf, { provider: 'Anthropic', model: other?.name ?? '' }))
        expect(await answering('https://acme.zendesk.com')).toBe(other?.id)
        expect(await answering('https://elsewhere.example')).toBe(usual?.id)
        await choose(/^As usual/)
        expect(await answering('https://acme.zendesk.com')).toBe(usual?.id)
      },
      { keys: ['anthropic'], prepare: (world) => make(world, zendesk) },
    ))

  test('says at the field what is missing, no site, or another channel’s', () =>
    withChannels(
      async (page, world) => {
        await press(page, said.add)
        await press(page, said.form.add)
        await read(page, said.form.nameNeeded)
        await read(page, said.form.sitesNeeded)
        await typeForm(page, 'CRM', 'crm.example ///')
        await press(page, said.form.add)
        await read(page, sentence(said.form.notASite, { text: '///' }))
        await typeForm(page, 'acme zendesk', 'crm.example')
        await press(page, said.form.add)
        await read(page, said.form.nameTaken)
        await typeForm(page, 'CRM', 'crm.example https://acme.zendesk.com/x')
        await press(page, said.form.add)
        await read(page, sentence(said.form.siteTaken, { site: 'acme.zendesk.com', name: 'Acme Zendesk' }))
        const sites = await see(page, 'textbox', said.form.sites)
        expect(await sites.evaluate((box) => box.getAttribute('aria-invalid'))).toBe('true')
        expect(await channelsOf(world)).toEqual([zendesk])
      },
      { prepare: (world) => make(world, zendesk) },
    ))

  test('names the sites of receipts that no channel has, the busiest first', () =>
    withChannels(
      async (page) => {
        await read(page, 'crm.example 2 replies')
        const found = await page.$$eval('[data-unassigned] bdi', (sites) =>
          sites.map((site) => site.textContent),
        )
        expect(found).toEqual(['crm.example', 'mail.example'])
        await press(page, sentence(said.unassigned.addOf, { site: 'crm.example' }))
        await fill(page, said.form.name, 'CRM')
        await press(page, said.form.add)
        await page.waitForFunction(() => document.querySelectorAll('[data-unassigned] bdi').length === 1)
      },
      {
        keys: ['anthropic'],
        prepare: async (world) => {
          await make(world, zendesk)
          for (const site of ['acme.zendesk.com', 'crm.example', 'mail.example', 'crm.example'])
            await world.owner.ask('Where is my parcel?', { site: `https://${site}` })
        },
      },
    ))

  test('says that sites are told by the browser, and which channel wins', () =>
    withChannels(async (page) => {
      await read(page, said.honest)
      const text = await textOf(page)
      expect(text).toContain(said.intro)
    }))

  test('is not there for an agent', async () => {
    await using world = await given({ keys: [] })
    await forgetPairing(stage)
    await (await pairByLink(stage, await linkOf(world, 'agent'), 'Aya Agent')).close()
    const page = await stage.openOptions('/channels')
    await read(page, words.options.nowhere.title)
    await page.close()
  })

  test.each(['light', 'dark'])('has no serious accessibility flaw in the %s scheme', (scheme) =>
    withChannels(
      async (page) => {
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
        await read(page, 'crm.example 1 reply')
        expect(await flawsOf(page)).toEqual([])
        await press(page, said.add)
        await typeForm(page, 'acme zendesk', 'crm.example')
        await press(page, said.form.add)
        await read(page, said.form.nameTaken)
        expect(await flawsOf(page)).toEqual([])
      },
      {
        keys: ['anthropic'],
        prepare: async (world) => {
          await make(world, zendesk)
          await world.owner.ask('Where is my parcel?', { site: 'https://crm.example' })
        },
      },
    ),
  )

  test('speaks German and fits a narrow window', async () => {
    await using world = await given({ keys: [] })
    await make(world, {
      name: 'Kundendienstschreibtischverwaltung der Donaudampfschifffahrt',
      sites: ['*.donaudampfschifffahrtsgesellschaft-kundendienst.example'],
    })
    const own = await openStage({ args: ['--accept-lang=de'] })
    const page = await openPairing(own, await linkOf(world))
    await press(page, german.popup.pairing.pair)
    await read(page, german.pair.done)
    await page.goto(`chrome-extension://${own.extensionId}/options.html#/channels`)
    await read(page, german.options.channels.honest)
    for (const width of [360, 1_280]) {
      await page.setViewport({ width, height: 800 })
      expect([width, await misfits(page)]).toEqual([width, []])
    }
    await page.setViewport({ width: 360, height: 800 })
    await press(page, german.options.channels.add)
    await button(page, german.options.channels.form.add)
    expect(await misfits(page)).toEqual([])
    await own.close()
  })
})
