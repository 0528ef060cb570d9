import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../world.ts'
import { armed, openAsking } from './asking.ts'
import { openStage, type Stage } from './chromium.ts'
import { button, press, read, words } from './surfaces.ts'

const { insert, confirm } = words.assistant
const question = { text: 'Hola Dana.\n\nSaludos', site: 'https://desk.example' }

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

const ask = (options = {}) => openAsking(stage, question, options)
type Asking = Awaited<ReturnType<typeof ask>>

const answered = ({ heard }: Asking) => until(heard, (words) => words.length > 1)

describe('the window in which Insert asks', () => {
  test('says what would be inserted and where, and answers yes to a press', async () => {
    const asking = await ask()
    await read(asking.window, `${confirm.into} ${question.site}`)
    await read(asking.window, 'Hola Dana. Saludos')
    await armed(asking.window)
    await press(asking.window, insert.insert)
    expect((await answered(asking)).slice(0, 2)).toEqual(['ready', 'confirmed'])
    await asking.close()
  })

  test('takes no press that comes with its appearing', async () => {
    const asking = await ask({ justAppeared: true })
    await press(asking.window, insert.insert)
    await asking.window.keyboard.press('Enter')
    await press(asking.window, insert.cancel)
    expect(await answered(asking)).toEqual(['ready', 'closed'])
    await asking.close()
  })

  test('takes no press of a script', async () => {
    const asking = await ask()
    await armed(asking.window)
    const insertion = await button(asking.window, insert.insert)
    await insertion.evaluate((it) => it instanceof HTMLElement && it.click())
    await asking.window.close()
    expect(await answered(asking)).toEqual(['ready', 'closed'])
    await asking.close()
  })

  test('answers no to Escape', async () => {
    const asking = await ask()
    /** The window goes away by it, which the driver may hear before it hears that the key went down. */
    await asking.window.keyboard.down('Escape').catch(() => undefined)
    expect(await answered(asking)).toEqual(['ready', 'closed'])
    await asking.close()
  })

  test('asks nothing of a person whom no panel asks, and of nobody twice', async () => {
    const asking = await ask()
    const stranger = await stage.openExtensionPage('confirm.html#another')
    expect(new URL(asking.window.url()).hash).toBe('')
    await asking.window.reload()
    await stranger.waitForNetworkIdle()
    expect(await stranger.$('main')).toBeNull()
    expect(await asking.window.$('main')).toBeNull()
    expect(await asking.heard()).toEqual(['ready', 'closed'])
    await stranger.close()
    await asking.close()
  })
})
