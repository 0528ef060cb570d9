import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bench, claim, openBench } from './bench.ts'

let bench: Bench

const page =
  '<!doctype html><title>Plain</title><h1>Ticket 7</h1><p>Hello there, where is my parcel?</p><textarea id="box"></textarea>'

beforeAll(async () => {
  bench = await openBench({
    '/plain': { body: page },
    '/strict': {
      body: page,
      headers: {
        'content-security-policy':
          "default-src 'none'; frame-src 'none'; style-src 'none'; require-trusted-types-for 'script'",
        'cross-origin-embedder-policy': 'require-corp',
        'cross-origin-opener-policy': 'same-origin',
      },
    },
    '/framing': {
      body: `<!doctype html><title>Frames the assistant</title><script>
        const frame = document.createElement('iframe')
        frame.src = 'chrome-extension://' + location.search.slice(1) + '/assistant.html'
        document.documentElement.append(frame)
      </script>`,
    },
    '/sandboxed': { body: page, headers: { 'content-security-policy': 'sandbox allow-scripts' } },
  })
})

afterAll(() => bench.close())

const ownWindows = async () =>
  (await bench.stage.browser.pages()).filter((each) => each.url().includes('/assistant.html')).length

const hosts = () => document.querySelectorAll('[data-ownkey]').length

describe('the assistant', () => {
  test('opens on a page by the shortcut and has a session of its own', async () => {
    const tab = await bench.visit('/plain')
    const panel = await bench.gesture(tab)
    expect((await panel.capture()).turns[0]?.text).toContain('where is my parcel')
    await tab.close()
  })

  test('opens by the context menu', async () => {
    const tab = await bench.visit('/plain')
    await bench.stage.chooseMenu(tab)
    expect(await tab.waitForSelector('[data-ownkey]')).not.toBeNull()
    await tab.close()
  })

  test('opens for the popup, over the page that the popup was opened on', async () => {
    const tab = await bench.visit('/plain')
    const popup = await bench.stage.openPopup(tab)
    const answer = popup.evaluate(() =>
      Reflect.get(window, 'chrome').runtime.sendMessage({ type: 'open-assistant' }),
    )
    expect(await answer).toBe('on-page')
    expect((await (await bench.talk(tab)).capture()).turns).toHaveLength(1)
    await tab.close()
  })

  test('opens on a page with the strictest policies', async () => {
    const tab = await bench.visit('/strict')
    const panel = await bench.gesture(tab)
    expect((await panel.capture()).turns).toHaveLength(1)
    await tab.close()
  })

  test('comes forward instead of opening twice, and reads the page again', async () => {
    const tab = await bench.visit('/plain')
    const panel = await bench.gesture(tab)
    await panel.capture()
    await tab.evaluate(() => document.querySelector('p')?.append(' It was sent on Monday.'))
    await bench.stage.pressShortcut(tab)
    expect((await panel.hear('captured')).capture.turns[0]?.text).toContain('sent on Monday')
    expect(await tab.evaluate(hosts)).toBe(1)
    await tab.close()
  })

  test('leaves nothing behind when it closes, gives the caret back, and can be opened again', async () => {
    const tab = await bench.visit('/plain')
    await tab.focus('#box')
    const panel = await bench.gesture(tab)
    await panel.say({ type: 'close' })
    await tab.waitForFunction(() => document.querySelector('[data-ownkey]') === null)
    expect(await tab.evaluate(() => document.activeElement?.id)).toBe('box')
    const again = await bench.gesture(tab)
    expect((await again.capture()).box).toBe('field')
    await tab.close()
  })

  test('takes the place of the one that an update of the extension left behind', async () => {
    const tab = await bench.visit('/plain')
    const old = await bench.gesture(tab)
    await bench.update()
    await bench.stage.pressShortcut(tab)
    await expect.poll(() => old.frame.detached).toBe(true)
    expect((await (await bench.talk(tab)).capture()).turns).toHaveLength(1)
    expect(await tab.evaluate(hosts)).toBe(1)
    await tab.close()
  })

  test.each(['/sandboxed', '/'])(
    'opens in a window of its own where a page takes no frame: %s',
    async (path) => {
      const tab = path === '/' ? await bench.stage.open('chrome://version') : await bench.visit(path)
      await bench.stage.pressShortcut(tab)
      const own = await bench.stage.panelWindow()
      await own.waitForFunction(() => window.bench?.confirmed === true)
      await bench.stage.pressShortcut(tab)
      expect(await ownWindows()).toBe(1)
      await own.close()
      await tab.close()
    },
  )
})

describe('a session', () => {
  test('is confirmed once and never again, not even to its own panel', async () => {
    const tab = await bench.visit('/plain')
    const panel = await bench.gesture(tab)
    expect(await claim(panel.frame, await panel.nonce())).toBe(false)
    await tab.close()
  })

  test('is for its own tab and for a frame, and waits there through the death of the service worker', async () => {
    const tab = await bench.visit('/plain', 'patient.test')
    await bench.stage.pressShortcut(tab)
    const frame = await bench.stage.panel(tab)
    await frame.waitForFunction(() => window.bench?.nonce !== undefined)
    const nonce = await frame.evaluate(() => window.bench?.nonce ?? '')

    const ownTab = await bench.stage.openExtensionPage('assistant.html')
    expect(await claim(ownTab, nonce)).toBe(false)
    const otherTab = await bench.visit(`/framing?${bench.stage.extensionId}`)
    expect(await claim(await bench.stage.panel(otherTab), nonce)).toBe(false)

    await (await bench.stage.worker()).close()
    expect(await claim(frame, nonce)).toBe(true)
    expect(await claim(frame, nonce)).toBe(false)
    for (const each of [otherTab, ownTab, tab]) await each.close()
  })

  test('is not made by guessing', async () => {
    const ownTab = await bench.stage.openExtensionPage('assistant.html')
    for (const guess of ['', 'x'.repeat(48), '0'.repeat(48)])
      expect(await claim(ownTab, guess)).not.toBe(true)
    await ownTab.close()
  })

  test('is not given to other pages of the extension: they are not answered', async () => {
    const options = await bench.stage.openExtensionPage('options.html')
    expect(await claim(options, 'x'.repeat(48))).toBeUndefined()
    await options.close()
  })
})
