import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AxePuppeteer } from '@axe-core/puppeteer'
import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { KeyList } from '../../shared/keys.ts'
import { DeviceList, type Role } from '../../shared/members.ts'
import { Usd } from '../../shared/money.ts'
import { PairingCodeAnswer, writePairingCode } from '../../shared/pairing.ts'
import { readPairingLink } from '../../shared/pairing-link.ts'
import { PROBLEM_TYPE } from '../../shared/problems.ts'
import { type Given, given, simulatorKeys, type World } from '../world.ts'
import { openStage, type Stage } from './chromium.ts'
import {
  button,
  connectKeyByPopup,
  fill,
  pairByPopup,
  press,
  read,
  readLike,
  see,
  sentence,
  textOf,
  words,
} from './surfaces.ts'

const { popup: said, problems } = words

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

const closeOthers = async (): Promise<void> => {
  const pages = await stage.browser.pages()
  const ours = pages.filter((page) => page.url().startsWith('chrome-extension:'))
  await Promise.all(ours.map((page) => page.close()))
}

/** A popup of a browser that was never paired. */
const freshPopup = async (): Promise<Page> => {
  await closeOthers()
  const popup = await stage.openExtensionPage('popup.html')
  await popup.evaluate(async () => {
    localStorage.clear()
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const forgetting = indexedDB.deleteDatabase('ownkey')
    forgetting.onsuccess = () => resolve()
    forgetting.onerror = () => reject(forgetting.error)
    await promise
  })
  await popup.reload()
  await popup.setViewport({ width: 360, height: 600 })
  await see(popup, 'textbox', said.pairing.address)
  return popup
}

const codeFor = async (world: World, role?: Role): Promise<string> => {
  const asked = role === undefined ? { kind: 'device' } : { kind: 'invite', role }
  return (await world.owner.change('POST', '/v1/pairing-codes', asked, PairingCodeAnswer)).code
}

const tryToPair = async (popup: Page, address: string, code: string): Promise<void> => {
  await fill(popup, said.pairing.address, address)
  await fill(popup, said.pairing.code, code)
  await press(popup, said.pairing.pair)
}

/** The owner's second browser, at home in the popup. */
const ownersPopup = async (world: World): Promise<Page> => {
  const popup = await freshPopup()
  await tryToPair(popup, world.address(), await codeFor(world))
  await read(popup, 'Acme Support')
  return popup
}

const memberPopup = async (world: World, role: Role, name: string): Promise<Page> => {
  const popup = await freshPopup()
  await tryToPair(popup, world.address(), await codeFor(world, role))
  await fill(popup, said.pairing.memberName, name)
  await press(popup, said.pairing.pair)
  await read(popup, 'Acme Support')
  return popup
}

const problemShown = async (popup: Page): Promise<string | undefined> => {
  const alert = await popup.waitForSelector('[role=alert][data-problem]')
  return alert?.evaluate((element) => element.getAttribute('data-problem') ?? undefined)
}

const inWorld = async (wish: Given, act: (world: World) => Promise<void>): Promise<void> => {
  await using world = await given(wish)
  await act(world)
}

const listening = async (server: Server): Promise<string> => {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Something that answers at an address and is not the vault that was meant. It lets every origin read its answers. */
const withServer = async (
  answer: (response: ServerResponse) => void,
  act: (address: string) => Promise<void>,
): Promise<void> => {
  const server = createServer((_, response) => {
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-allow-headers', '*')
    answer(response)
  })
  try {
    await act(await listening(server))
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const json = (body: unknown) => (response: ServerResponse) => {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(body))
}

const someCode = writePairingCode({ id: 'ABCDEF', secret: '0123456789ABCDEF' })

describe('pairing in the popup', () => {
  test('asks for names when the code starts a workspace, and ends at home', () =>
    inWorld({ paired: false, keys: [] }, async (world) => {
      const popup = await freshPopup()
      await pairByPopup(popup, {
        address: world.address(),
        code: await world.setupCode(),
        memberName: 'Olive Owner',
        workspaceName: 'Acme Support',
      })
      const home = await textOf(popup)
      expect(home).toContain(words.roles.owner)
      expect(home).toContain(words.common.aiPaused)
      await button(popup, said.keys.connect)
    }))

  test('asks whom it invites for their own name, and not for the workspace’s', () =>
    inWorld({ keys: [] }, async (world) => {
      const popup = await freshPopup()
      await tryToPair(popup, world.address(), await codeFor(world, 'agent'))
      await see(popup, 'textbox', said.pairing.memberName)
      expect(await textOf(popup)).not.toContain(said.pairing.workspaceName)
      await fill(popup, said.pairing.memberName, 'Anna Agent')
      await press(popup, said.pairing.pair)
      await read(popup, 'Acme Support')
    }))

  test.each([
    ['http://vault.example.com', someCode, 'address-not-https'],
    ['ftp://vault.example.com', someCode, 'address-invalid'],
    ['https://', someCode, 'address-invalid'],
    ['http://127.0.0.1:1', 'ABC', 'code-malformed'],
    ['http://127.0.0.1:1', someCode, 'no-answer'],
  ])('%s with %s says %s', async (address, code, problem) => {
    const popup = await freshPopup()
    await tryToPair(popup, address, code)
    expect(await problemShown(popup)).toBe(problem)
    await button(popup, said.pairing.pair)
  })

  test('a code that is wrong or used says so, and what a person typed stays', () =>
    inWorld({ keys: [] }, async (world) => {
      const popup = await freshPopup()
      await tryToPair(popup, world.address(), someCode)
      expect(await problemShown(popup)).toBe('pairing-refused')
      expect(await textOf(popup)).toContain(problems['pairing-refused'].happened)
      const address = await see(popup, 'textbox', said.pairing.address)
      expect(await address.evaluate((box) => 'value' in box && box.value)).toBe(world.address())
    }))

  test('the typed address is still there after the popup was closed to fetch the code', async () => {
    const popup = await freshPopup()
    await fill(popup, said.pairing.address, 'https://vault.acme.example')
    await popup.close()
    const again = await stage.openExtensionPage('popup.html')
    const address = await see(again, 'textbox', said.pairing.address)
    expect(await address.evaluate((box) => 'value' in box && box.value)).toBe('https://vault.acme.example')
  })

  test.each([
    ['lets every origin read it', (response: ServerResponse) => response],
    [
      'is like most web sites',
      (response: ServerResponse) => {
        response.removeHeader('access-control-allow-origin')
        return response
      },
    ],
  ])('a page of somebody else at the address is not an Ownkey vault: one that %s', (_, prepared) =>
    withServer(
      (response) => prepared(response).setHeader('content-type', 'text/html').end('<h1>Welcome</h1>'),
      async (address) => {
        const popup = await freshPopup()
        await tryToPair(popup, address, someCode)
        expect(await problemShown(popup)).toBe('not-a-vault')
      },
    ),
  )

  test.each([
    ['vault-too-old', [0]],
    ['extension-too-old', [7, 8]],
  ])('a contract that does not fit says which side to update: %s', (problem, contracts) =>
    withServer(json({ service: 'ownkey', contracts }), async (address) => {
      const popup = await freshPopup()
      await tryToPair(popup, address, someCode)
      expect(await problemShown(popup)).toBe(problem)
    }),
  )

  test('a clock that cannot be made up for is named, with the time at the vault', () => {
    const problem = {
      type: `${PROBLEM_TYPE}proof-refused`,
      title: '',
      status: 401,
      reason: 'clock',
      vaultTime: '2031-05-04T03:02:01.000Z',
    }
    let asked = 0
    const answer = (response: ServerResponse) => {
      asked += 1
      if (asked === 1) return json({ service: 'ownkey', contracts: [1] })(response)
      response.statusCode = 401
      json(problem)(response)
    }
    return withServer(answer, async (address) => {
      const popup = await freshPopup()
      await tryToPair(popup, address, someCode)
      expect(await problemShown(popup)).toBe('proof-refused')
      await read(popup, '2031')
    })
  })
})

describe('keys in the popup', () => {
  test('a key is verified and saved, and the person reads model, price and what the verification cost', () =>
    inWorld({ keys: [] }, async (world) => {
      const popup = await ownersPopup(world)
      await connectKeyByPopup(popup, 'anthropic', simulatorKeys.anthropic)
      const { keys } = await world.owner.read('/v1/keys', KeyList)
      const [receipt] = await world.owner.receipts()
      await read(popup, keys[0]?.model.name ?? 'no model')
      await read(popup, 'per million tokens')
      const exact = `$${Usd.encode(receipt?.settled ?? z.never().parse(undefined))}`
      await popup.waitForSelector(`[title="${exact}"]`)
      expect(await world.bill()).toBe(receipt?.settled)
    }))

  test('a misshapen key is judged as it is pasted and never sent', () =>
    inWorld({ keys: [] }, async (world) => {
      const popup = await ownersPopup(world)
      await press(popup, said.keys.connect)
      const before = world.simulator.requests().length
      await fill(popup, sentence(said.connect.key, { provider: 'Anthropic' }), 'sk-proj-0123456789abcdefghij')
      await read(popup, sentence(words.keyFlaws['other-provider'], { provider: 'Anthropic' }))
      await press(popup, said.connect.verify)
      expect(await problemShown(popup)).toBe('key-misshapen')
      expect(world.simulator.requests().length).toBe(before)
      expect(await popup.$eval('input[type=password]', (field) => field.value)).toBe('')
    }))

  test('a key with a line break is not pasted at all', () =>
    inWorld({ keys: [] }, async (world) => {
      const popup = await ownersPopup(world)
      await press(popup, said.keys.connect)
      await popup.waitForSelector('input[type=password]')
      await popup.$eval('input[type=password]', (field) => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text/plain', 'sk-ant-0123456789\nabcdefghijklm')
        field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      })
      await read(popup, words.keyFlaws['line-break'])
    }))

  test('a key that the provider refuses is told with what to do, the field is empty, nothing is stored', () =>
    inWorld({ keys: [] }, async (world) => {
      const popup = await ownersPopup(world)
      const key = 'sk-ant-sim-key-invalid-0123456789abcdef'
      await press(popup, said.keys.connect)
      await fill(popup, sentence(said.connect.key, { provider: 'Anthropic' }), key)
      await press(popup, said.connect.verify)
      expect(await problemShown(popup)).toBe('key-refused')
      await read(popup, 'Nothing was stored.')
      expect((await world.owner.read('/v1/keys', KeyList)).keys).toEqual([])
      expect(await popup.content()).not.toContain(key)
      expect(await popup.$eval('input[type=password]', (field) => field.value)).toBe('')
    }))

  test('the model, the order and the end of a key are changed from its menu', () =>
    inWorld({ keys: ['anthropic', 'openai'] }, async (world) => {
      const popup = await ownersPopup(world)
      const menuOf = (provider: string) => press(popup, sentence(said.keys.menu, { provider }))
      await menuOf('OpenAI')
      await (await see(popup, 'menuitem', said.keys.useFirst)).click()
      await popup.waitForFunction(
        (first) => document.querySelector('[data-key=openai]')?.textContent?.includes(first),
        {},
        said.keys.ranks.first,
      )
      await menuOf('Anthropic')
      await (await see(popup, 'menuitem', said.keys.chooseModel)).click()
      const { keys: known } = await world.owner.read('/v1/keys', KeyList)
      const number = String(known.find(({ provider }) => provider === 'anthropic')?.models.length)
      await press(popup, sentence(said.model.all, { number }))
      await (await see(popup, 'radio', 'Claude Sonnet 4.6')).click()
      await press(popup, said.model.use)
      await read(popup, 'Claude Sonnet 4.6')
      await menuOf('Anthropic')
      await (await see(popup, 'menuitem', said.keys.disconnect)).click()
      await read(popup, said.disconnect.unused)
      await press(popup, said.disconnect.confirm)
      await popup.waitForFunction(() => document.querySelector('[data-key=anthropic]') === null)
      const { keys } = await world.owner.read('/v1/keys', KeyList)
      const connected = keys.filter((key) => key.connected)
      expect(connected.map(({ provider, primary }) => ({ provider, primary }))).toEqual([
        { provider: 'openai', primary: true },
      ])
    }))
})

describe('a key that the provider rejects later', () => {
  test('is marked with what to do, and the backup is shown to answer', () =>
    inWorld({ keys: ['anthropic', 'openai'] }, async (world) => {
      await world.owner.change('PUT', '/v1/routing', { backup: 'openai', dearer: true }, KeyList)
      world.simulator.plan({ provider: 'anthropic', next: ['key-invalid'] })
      await world.owner.ask('Where is my parcel?')
      const popup = await ownersPopup(world)
      await read(popup, sentence(words.failures['key-revoked'].happened, { provider: 'Anthropic' }))
      await read(popup, said.keys.ranks.meanwhile)
      await read(popup, words.common.aiOn)
      await press(popup, said.keys.replace)
      await see(popup, 'textbox', sentence(said.connect.key, { provider: 'Anthropic' }))
    }))
})

describe('the cap in the popup', () => {
  test('is changed in place; what is not dollars is said before it is sent', () =>
    inWorld({}, async (world) => {
      const popup = await ownersPopup(world)
      await press(popup, said.cap.change)
      await fill(popup, said.cap.label, '12,5')
      await press(popup, said.cap.save)
      await read(popup, said.cap.malformed)
      await fill(popup, said.cap.label, '12.50')
      await press(popup, said.cap.save)
      await read(popup, 'of $12.50')
      expect((await world.owner.cap()).limit).toBe(Usd.parse('12.50'))
    }))

  test('that is reached pauses in words, with raising it as the next step', () =>
    inWorld({ cap: '0.000006' }, async (world) => {
      const popup = await ownersPopup(world)
      await read(popup, sentence(words.cap.pause.reached, { cap: words.cap.names.month }))
      await press(popup, said.cap.raise)
      await fill(popup, said.cap.label, '50')
      await press(popup, said.cap.save)
      await read(popup, words.common.aiOn)
    }))
})

describe('who sees what in the popup', () => {
  test('an agent sees the state, the cap and the button, and no keys', () =>
    inWorld({}, async (world) => {
      const popup = await memberPopup(world, 'agent', 'Aya Agent')
      await button(popup, said.open.draft)
      await popup.waitForNetworkIdle()
      expect(await popup.$$('[role=alert]')).toEqual([])
      const home = await textOf(popup)
      expect(home).toContain('of $50.00')
      expect(home).not.toContain(said.keys.connect)
      expect(home).not.toContain(said.cap.change)
    }))

  test('a light agent sees whether AI is on, and no amount', () =>
    inWorld({}, async (world) => {
      const popup = await memberPopup(world, 'light-agent', 'Lou Light')
      await read(popup, words.common.aiOn)
      const home = await textOf(popup)
      expect(home).not.toContain('$')
      expect(home).not.toContain(said.open.draft)
      expect(home).not.toContain(said.open.settings)
    }))
})

describe('this browser', () => {
  test('gives a code for another one when asked, and signs out with all that it kept', () =>
    inWorld({}, async (world) => {
      const popup = await ownersPopup(world)
      await press(popup, said.device.add)
      await press(popup, said.device.makeCode)
      const link = readPairingLink(await readLike(popup, /http\S+#\S+/))
      expect(link?.address).toBe(world.address())
      const other = await world.newBrowser()
      const paired = await other.pair(link?.code ?? '')
      expect(paired.member.name).toBe('Olive Owner')
      await press(popup, words.common.back)
      await popup.waitForFunction(() => document.activeElement?.tagName === 'H1')
      await press(popup, said.device.signOut)
      await press(popup, said.device.signOutConfirm)
      await see(popup, 'textbox', said.pairing.address)
    }))

  test('that was removed says so, keeps nothing, and can be paired again', () =>
    inWorld({}, async (world) => {
      const popup = await ownersPopup(world)
      const { devices } = await world.owner.read('/v1/devices', DeviceList)
      const other = devices.find(({ current }) => !current)
      await world.owner.request('DELETE', `/v1/devices/${other?.id}`)
      await popup.reload()
      expect(await problemShown(popup)).toBe('device-removed')
      await press(popup, words.common.again)
      await see(popup, 'textbox', said.pairing.address)
    }))

  test('says that the vault does not answer, and goes on when it does', () =>
    inWorld({ process: true }, async (world) => {
      const popup = await ownersPopup(world)
      await world.kill()
      await popup.reload()
      expect(await problemShown(popup)).toBe('no-answer')
      await world.start()
      await press(popup, words.common.again)
      await read(popup, words.common.aiOn)
    }))
})

describe('the popup for everybody', () => {
  test.each(['light', 'dark'])('has no serious accessibility flaw in the %s scheme', (scheme) =>
    inWorld({}, async (world) => {
      const flaws = async (popup: Page) => {
        const { violations } = await new AxePuppeteer(popup).analyze()
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
      }
      const unpaired = await freshPopup()
      await unpaired.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
      await tryToPair(unpaired, world.address(), someCode)
      await problemShown(unpaired)
      expect(await flaws(unpaired)).toEqual([])
      const popup = await ownersPopup(world)
      await popup.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
      await button(popup, said.open.draft)
      expect(await flaws(popup)).toEqual([])
      await press(popup, said.keys.connect)
      await popup.waitForSelector('input[type=password]')
      expect(await flaws(popup)).toEqual([])
    }),
  )
})
