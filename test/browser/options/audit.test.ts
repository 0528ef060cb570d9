import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ChainList, ExportedHead, ExportHeader } from '../../../shared/chains.ts'
import { Channel } from '../../../shared/channels.ts'
import { Key, KeyList } from '../../../shared/keys.ts'
import { given, until, type World } from '../../world.ts'
import { openStage, type Stage } from '../chromium.ts'
import { press, read, sentence, textOf, words } from '../surfaces.ts'
import { goTo, pair, threeDrafts, untilThereAre, type Visit, visit } from './browsing.ts'
import { inDatabaseOf } from './seeding.ts'

const said = words.options.audit

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

const onAudit = (visited: Omit<Visit, 'route'>): Promise<void> =>
  visit(stage, { ...visited, route: '/audit' })

const setCap = (world: World): Promise<unknown> => world.owner.setCap('80')

const chainsOf = async (world: World) => (await world.owner.read('/v1/chains', ChainList)).chains

const select = async (page: Page, label: string, value: string): Promise<void> => {
  await (await page.waitForSelector(`::-p-aria([name="${label}"][role="combobox"])`))?.select(value)
}

describe('the Audit page', () => {
  test('says what was changed and by whom', () =>
    onAudit({
      prepare: setCap,
      act: async (page) => {
        const entry = await page.waitForSelector('[data-audit=cap-changed]')
        const text = await entry?.evaluate((line) => line.textContent)
        expect(text).toContain('Olive Owner')
        expect(text).toContain('Before: $50.00')
        expect(text).toContain('After: $80.00')
        expect(await textOf(page)).toContain('Provider: Anthropic')
      },
    }))

  test('says who was made to stand in, and that nobody does any more', () =>
    onAudit({
      wish: { keys: ['anthropic', 'openai'] },
      prepare: async ({ owner }) => {
        for (const backup of ['openai', null]) await owner.change('PUT', '/v1/routing', { backup }, KeyList)
        const { keys } = await owner.read('/v1/keys', KeyList)
        const shop = { name: 'Shop', sites: ['shop.example'] }
        const { id } = await owner.change('POST', '/v1/channels', shop, Channel)
        for (const channels of [[id], null])
          await owner.change('PATCH', `/v1/keys/${keys[0]?.id}`, { channels }, Key)
      },
      act: async (page) => {
        await page.waitForSelector('[data-audit=routing-changed]')
        const text = await textOf(page)
        expect(text).toContain('Stands in: OpenAI')
        expect(text).toMatch(/Stands in: none.*Stood in: OpenAI/s)
        expect(text).toMatch(/Answers in: Shop.*Answered in: all channels/s)
        expect(text).toMatch(/Answers in: all channels.*Answered in: Shop/s)
      },
    }))

  test('keeps its filters in the address, and says when nothing fits', () =>
    onAudit({
      prepare: setCap,
      act: async (page) => {
        await page.waitForSelector('[data-audit=cap-changed]')
        await select(page, said.kind, 'cap-changed')
        await untilThereAre(page, 1, '[data-audit]')
        expect(page.url()).toContain('kind=cap-changed')
        const colleague = await stage.openOptions(page.url().split('#')[1] ?? '')
        await untilThereAre(colleague, 1, '[data-audit]')
        await goTo(colleague, '#/audit?to=2020-01-01')
        await read(colleague, said.noneTitle)
        await press(colleague, words.options.receipts.clear)
        await colleague.waitForSelector('[data-audit=workspace-created]')
        await colleague.close()
      },
    }))

  test('shows that both chains are whole, how long they are, and their heads', () =>
    onAudit({
      prepare: threeDrafts,
      act: async (page, world) => {
        await page.waitForSelector('[data-chain=ledger][data-broken=false]')
        await page.waitForSelector('[data-chain=audit][data-broken=false]')
        for (const { log, length, head } of await chainsOf(world)) {
          const line = await page.$eval(`[data-chain=${log}]`, (chain) => chain.textContent)
          expect(line).toContain(sentence(said.whole_other, { written: String(length) }))
          expect(line).toContain(head?.slice(0, 12))
        }
      },
    }))

  test('says where a chain is broken and what to do, once somebody looks again', () =>
    onAudit({
      prepare: setCap,
      act: async (page, world) => {
        await page.waitForSelector('[data-chain=audit][data-broken=false]')
        inDatabaseOf(world, (database) =>
          database.exec("update events set bytes = replace(bytes, '80.00', '90.00') where log = 'audit'"),
        )
        await press(page, said.checkAgain)
        await page.waitForSelector('[data-chain=audit][data-broken=true]')
        const broken = (await chainsOf(world)).find(({ log }) => log === 'audit')?.broken
        await read(page, sentence(said.faults.changed, { seq: String(broken?.seq) }))
        await read(page, said.brokenTodo)
        await page.waitForSelector('[data-chain=ledger][data-broken=false]')
      },
    }))

  test('gives a log as a file that has every entry', () =>
    onAudit({
      prepare: setCap,
      act: async (page, world) => {
        const folder = join(world.folder, 'downloads')
        mkdirSync(folder)
        const session = await page.createCDPSession()
        await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder })
        await page.waitForSelector('[data-chain=audit]')
        const before = (await chainsOf(world)).find(({ log }) => log === 'audit')
        await press(page, sentence(said.exportLog, { log: said.logs.audit }))
        const [name = ''] = await until(
          async () => readdirSync(folder).filter((file) => file.endsWith('.jsonl')),
          (files) => files.length === 1,
        )
        expect(name).toMatch(/^ownkey-audit-acme-support-\d{4}-\d\d-\d\d\.jsonl$/)
        const lines = readFileSync(join(folder, name), 'utf8').trim().split('\n')
        expect(ExportHeader.parse(JSON.parse(lines[0] ?? '')).log).toBe('audit')
        expect(lines).toHaveLength((before?.length ?? 0) + 2)
        expect(ExportedHead.parse(JSON.parse(lines.at(-1) ?? '')).signed).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
        await page.waitForSelector('[data-audit=chain-exported]')
      },
    }))

  test('is not there for an agent, not even by its address', async () => {
    await using world = await given({})
    await pair(stage, world, 'agent')
    const page = await stage.openOptions('/audit')
    await read(page, words.options.nowhere.title)
    expect(
      await page.$$eval('nav a', (links) => links.map((link) => link.getAttribute('href'))),
    ).not.toContain('#/audit')
    await page.close()
  })
})
