import { join } from 'node:path'
import type { ElementHandle, Page } from 'puppeteer'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Bench, Pages, Talk } from './bench.ts'
import { bundle } from './bundle.ts'

const draft = 'Dear Dana,\n\nthe parcel is on its way.\nIt left on Monday – “really”.\n\nBest, Mira 🙂'

/** A box, the way to it, and what it shows of the draft. */
type Case = { readonly name: string; readonly find: string; readonly text: string }

const cases: readonly Case[] = [
  { name: 'a textarea', find: '#area', text: draft },
  { name: 'a textarea that React controls', find: '#controlled', text: draft },
  { name: 'a one-line field', find: '#line', text: draft.replace(/\n+/g, ' ') },
  { name: 'an editable region', find: '#rich', text: draft },
  { name: 'an editable region in an open shadow root', find: '#shadowed >>> #inner', text: draft },
  { name: 'an editable frame of the same origin', find: '#framed', text: draft },
]

type Opening = (pages: Pages) => Promise<Pick<Bench, 'address' | 'visit' | 'gesture' | 'close'>>

/** What a person sees of inserting, in whichever browser the bench stands. */
export const insertingIsSeen = (open: Opening): void => {
  let bench: Pick<Bench, 'address' | 'visit' | 'gesture' | 'close'>
  let tab: Page

  beforeAll(async () => {
    const script = await bundle(join(import.meta.dirname, 'pages/controlled.ts'))
    bench = await open({
      '/controlled.js': { body: script, headers: { 'content-type': 'text/javascript' } },
      '/empty': { body: '<!doctype html><title>Empty</title><h1>Nothing to type into</h1>' },
    })
  })

  afterAll(() => bench.close())

  beforeEach(async () => {
    tab = await bench.visit('/boxes.html')
    await tab.waitForSelector('#controlled')
  })

  afterEach(() => tab.close())

  const boxOf = async (find: string): Promise<ElementHandle<HTMLElement>> => {
    const found = await tab.waitForSelector(find)
    const framed = await (await found?.asElement()?.contentFrame())?.$('body')
    const box = framed ?? found
    if (box === null || box === undefined) throw new Error(`There is no ${find}`)
    return box as ElementHandle<HTMLElement>
  }

  const textIn = (box: ElementHandle<HTMLElement>): Promise<string> =>
    box.evaluate((element) =>
      'value' in element
        ? String(element.value)
        : // biome-ignore lint/performance/useDomNodeTextContent: what a person sees, with its line breaks
          element.innerText.replace(/\n{3,}/g, '\n\n').replace(/\n$/, ''),
    )

  const others = (): Promise<string> =>
    tab.evaluate(() => {
      const values = [...document.querySelectorAll('textarea, input')].map((each) =>
        'value' in each ? each.value : '',
      )
      return JSON.stringify([
        ...values,
        ...[...document.querySelectorAll('#rich, #known')].map((each) => each.textContent),
      ])
    })

  const typeInto = async (box: ElementHandle<HTMLElement>, text: string): Promise<void> => {
    await box.focus()
    await tab.keyboard.type(text)
  }

  const pressUndo = async (box: ElementHandle<HTMLElement>): Promise<void> => {
    await box.focus()
    await tab.keyboard.down('Control')
    await tab.keyboard.press('KeyZ')
    await tab.keyboard.up('Control')
  }

  const openOn = async (): Promise<{ panel: Talk; insert: (text: string) => Promise<string> }> => {
    const panel = await bench.gesture(tab)
    const captured = await panel.capture()
    return { panel, insert: (text) => panel.insert(text, captured) }
  }

  describe.each(cases)('inserting into $name', ({ find, text }) => {
    test('puts the draft behind what was typed, once, with its paragraphs, and changes nothing else', async () => {
      const aside = await boxOf(find === '#area' ? '#rich' : '#area')
      await typeInto(aside, 'untouched')
      const box = await boxOf(find)
      await typeInto(box, 'Hello! ')
      const { insert } = await openOn()
      expect(await insert(draft)).toBe('inserted')
      expect((await textIn(box)).replaceAll(' ', ' ')).toBe(`Hello! ${text}`)
      expect(await textIn(aside)).toBe('untouched')
      expect(await tab.evaluate(() => document.body.querySelectorAll('[data-ownkey]').length)).toBe(0)
    })

    test('is undone by one Ctrl+Z, which leaves what the person had typed', async () => {
      const box = await boxOf(find)
      await typeInto(box, 'Hello!')
      const before = await others()
      const { insert } = await openOn()
      await insert(draft)
      await pressUndo(box)
      expect(await textIn(box)).toBe('Hello!')
      expect(await others()).toBe(before)
    })
  })

  describe('inserting', () => {
    test('replaces what is selected in the box', async () => {
      for (const find of ['#area', '#rich']) {
        const box = await boxOf(find)
        await typeInto(box, 'Hello OLD')
        await tab.keyboard.down('Shift')
        for (const _ of 'OLD') await tab.keyboard.press('ArrowLeft')
        await tab.keyboard.up('Shift')
        const { panel, insert } = await openOn()
        expect(await insert('new')).toBe('inserted')
        expect((await textIn(box)).replaceAll(' ', ' ')).toBe('Hello new')
        await panel.say({ type: 'close' })
        await tab.waitForFunction(() => document.querySelector('[data-ownkey]') === null)
      }
    })

    test('tells React, so that the page knows what stands in its box', async () => {
      await (await boxOf('#controlled')).focus()
      const { insert } = await openOn()
      await insert('for React')
      expect(await tab.$eval('#known', (known) => known.textContent)).toBe('for React')
    })

    test('a second draft takes the place of the first in a field', async () => {
      const box = await boxOf('#area')
      await typeInto(box, 'Hi. ')
      const { insert } = await openOn()
      await insert('first draft')
      await insert('second draft')
      expect(await textIn(box)).toBe('Hi. second draft')
    })

    test('says blocked when the page puts its own text back, and does not try again', async () => {
      const box = await boxOf('#stubborn')
      await box.focus()
      const { insert } = await openOn()
      expect(await insert(draft)).toBe('blocked')
      expect(await textIn(box)).toBe('mine')
    })

    test('says blocked, and types nothing, when the draft is longer than the field allows', async () => {
      const box = await boxOf('#short')
      await box.focus()
      const { insert } = await openOn()
      expect(await insert(draft)).toBe('blocked')
      expect(await textIn(box)).toBe('')
    })

    test('says moved when another ticket is shown, and inserts there only if the person wants it', async () => {
      const box = await boxOf('#area')
      await box.focus()
      const panel = await bench.gesture(tab)
      const captured = await panel.capture()
      await tab.evaluate(() => history.pushState({}, '', '/tickets/another'))
      expect(await panel.insert(draft, captured)).toBe('moved')
      expect(await textIn(box)).toBe('')
      expect((await panel.hear('place-changed')).place).not.toBe(captured.place)
      expect(await panel.insert(draft, captured, true)).toBe('inserted')
      expect(await textIn(box)).toBe(draft)
    })

    test('does not take scrolling to a comment for another ticket', async () => {
      const box = await boxOf('#area')
      await box.focus()
      const panel = await bench.gesture(tab)
      const captured = await panel.capture()
      await tab.evaluate(() => {
        location.hash = '#comment-3'
      })
      expect(await panel.insert('here', captured)).toBe('inserted')
    })

    test.each(['#rich', '#framed'])(
      'goes into the box that the person chose after opening: %s',
      async (find) => {
        await (await boxOf('#area')).focus()
        const panel = await bench.gesture(tab)
        const captured = await panel.capture()
        await (await boxOf(find)).click()
        expect(await panel.insert('chosen', captured)).toBe('inserted')
        expect(await textIn(await boxOf(find))).toBe('chosen')
        expect(await textIn(await boxOf('#area'))).toBe('')
      },
    )

    test.each([
      ['native', '#inside'],
      ['made', '#trapped'],
    ])('works from a %s dialog, which would keep the focus for itself', async (kind, find) => {
      await tab.goto(bench.address(`/dialog.html?${kind}`))
      await (await boxOf(find)).focus()
      const panel = await bench.gesture(tab)
      await panel.frame.click('#draft')
      await tab.keyboard.type('typed')
      expect(await panel.frame.$eval('#draft', (draft) => ('value' in draft ? draft.value : ''))).toBe(
        'typed',
      )
      expect(await panel.insert('from the dialog', await panel.capture())).toBe('inserted')
      expect(await textIn(await boxOf(find))).toBe('from the dialog')
    })

    test('says moved when the box has left the page', async () => {
      await (await boxOf('#area')).focus()
      const { insert } = await openOn()
      await tab.evaluate(() => document.querySelector('#area')?.remove())
      expect(await insert(draft)).toBe('moved')
    })

    test('says no-box on a page without one', async () => {
      await tab.goto(bench.address('/empty'))
      const panel = await bench.gesture(tab)
      const captured = await panel.capture()
      expect(captured.box).toBe('none')
      expect(await panel.insert(draft, captured)).toBe('no-box')
    })
  })
}
