import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type Capture, Capture as CaptureSchema } from '../../extension/messages.ts'
import { captureBounds } from '../../extension/page/capture/turns.ts'
import { draftBounds } from '../../shared/drafts.ts'
import { type Bench, openBench, type Talk } from './bench.ts'

let bench: Bench
let tab: Awaited<ReturnType<Bench['visit']>>

const message = (index: number): string =>
  `<div class="m"><p><b>${index % 2 === 0 ? 'Dana Ortiz' : 'Mira Holm'}</b> <span>${index % 2 === 0 ? 'Customer' : 'Agent'}</span></p>
   <p>Message ${index}. ${'It has some words and goes on for a while, as people do. '.repeat(8)}</p></div>`

const page = (body: string, head = ''): { body: string } => ({
  body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Thread</title>${head}</head><body><h1>A ticket</h1>${body}<textarea id="box"></textarea></body></html>`,
})

beforeAll(async () => {
  bench = await openBench({
    '/long': page(`<div>${Array.from({ length: 4_000 }, (_, index) => message(index)).join('')}</div>`),
    '/one-long-message': page(`<main><p>${'A very long letter. '.repeat(110_000)}</p></main>`),
    '/many-elements': page(`<div>${'<div><span>word</span> <i>word</i></div>'.repeat(50_000)}</div>`),
    '/shadow': page(
      `<x-thread><template shadowrootmode="open"><section><slot></slot></section></template>
        <div><b>Dana Ortiz</b> <time datetime="2026-11-18T08:00:00Z">Nov 18</time><p>Where is it?</p></div>
        <div><b>Mira Holm</b> <span>Agent</span> <time datetime="2026-11-18T09:00:00Z">Nov 18</time><p>On its way.</p></div>
      </x-thread>`,
    ),
    '/framed-mail': page(
      `<div role="list">
        <div role="listitem"><b>Dana Ortiz</b> <time datetime="2026-11-18T08:00:00Z">Nov 18</time><iframe srcdoc="<p>The letter in a frame.</p>"></iframe></div>
        <div role="listitem"><b>Mira Holm</b> <span>Agent</span> <time datetime="2026-11-18T09:00:00Z">Nov 18</time><iframe srcdoc="<p>The answer in a frame.</p>"></iframe></div>
      </div>`,
    ),
    '/unfocused': page(
      '<input type="search" style="width:900px;height:200px"><p>Please help me with this thing, thank you.</p>',
    ),
  })
})

afterAll(() => bench.close())
afterEach(async () => {
  if (!tab.isClosed()) await tab.close()
})

const openOn = async (path: string, focus = true): Promise<Talk> => {
  tab = await bench.visit(path)
  if (focus) await tab.focus('#box, #reply')
  return bench.gesture(tab)
}

const captureOf = async (path: string): Promise<Capture> =>
  CaptureSchema.parse(await (await openOn(path)).capture())

const told = ({ turns }: Capture) => turns.map(({ author, name }) => [author, name])

describe('reading a page', () => {
  test('tells who said what on a help desk, and what is an internal note', async () => {
    const capture = await captureOf('/ticket.html')
    expect(told(capture)).toEqual([
      ['customer', 'Dana Ortiz'],
      ['us', 'Mira Holm'],
      ['note', 'Piotr Sowa'],
      ['customer', 'Dana Ortiz'],
    ])
    expect(capture).toMatchObject({
      subject: 'Charged twice in October',
      box: 'editable',
      fromSelection: false,
    })
  })

  test('keeps paragraphs and lists, and drops hidden text, quotes, signatures and buttons, on a desk that names nothing', async () => {
    const capture = await captureOf('/desk.html')
    expect(told(capture)).toEqual([
      ['customer', 'Sue Park'],
      ['us', 'Mira Holm'],
      ['note', 'Piotr Sowa'],
      ['customer', 'Sue Park'],
    ])
    expect(capture.turns[0]?.text).toBe(
      'Hi there,\n\nmy kettle arrived with a broken lid. The order number is K-7731.\nCan I get a new lid?\n\n- Model: Aqua 2\n- Color: green\n\nSue',
    )
    expect(capture.turns[3]?.text).toBe('Here it is, see the attachment. When will the lid come?')
    expect(JSON.stringify(capture)).not.toMatch(/Ignore all|Wrong size|Lena|Ctrl/)
  })

  test('tells a chat by its sides, across days', async () => {
    const capture = await captureOf('/chat.html')
    expect(capture.turns.map(({ author, text, at }) => [author, at, text])).toEqual([
      ['customer', '18:02', 'Hola, no me ha llegado el pedido 5521'],
      ['us', '18:05', 'Hola Carla, lo miro ahora mismo'],
      ['us', '10:41', 'El paquete salió ayer por la tarde.'],
      ['customer', '10:45', 'Ok'],
      ['customer', '10:46', '¿Cuándo llega?\nLo necesito para el viernes 🙏'],
    ])
    expect(capture).toMatchObject({ subject: 'Carla Núñez', language: 'es', box: 'field' })
  })

  test('knows the signed-in person in a webmail, and leaves the quoted mail out of what was begun', async () => {
    const capture = await captureOf('/mail.html')
    expect(told(capture)).toEqual([
      ['customer', 'Tobias Wirth'],
      ['us', 'Jana Lenz'],
      ['customer', 'Tobias Wirth'],
    ])
    expect(capture.turns[1]?.text).toBe(
      'Guten Tag Herr Wirth,\n\ngern. Auf welche Anschrift soll sie lauten?',
    )
    expect(capture.begun).toBe('Sehr geehrter Herr Wirth,')
  })

  test('puts the oldest first when the page shows the newest first', async () => {
    const capture = await captureOf('/forum.html')
    expect(told(capture)).toEqual([
      ['customer', 'Ravi Menon'],
      ['us', 'Grace Obi'],
      ['customer', 'Ravi Menon'],
    ])
    expect(capture.turns[0]?.text).toBe('The app crashes as soon as I open it.\n\nE/Main: null\n  at line 12')
  })

  test('takes a plain page as one turn, without its heading, menu and form', async () => {
    const capture = await captureOf('/form.html')
    expect(capture.turns).toEqual([
      {
        author: 'unknown',
        text: 'Bonjour,\n\nje n’arrive plus à me connecter depuis hier. Le message dit « compte inconnu ».\n\nMerci,\nLouise',
      },
    ])
  })

  test.each(['/shadow', '/framed-mail'])('reads through shadow roots, slots and frames: %s', async (path) => {
    const capture = await captureOf(path)
    expect(told(capture)).toEqual([
      ['customer', 'Dana Ortiz'],
      ['us', 'Mira Holm'],
    ])
    expect(capture.turns[1]?.text).toMatch(/^(On its way|The answer in a frame)\.$/)
  })

  test('takes what the person selected instead of everything', async () => {
    tab = await bench.visit('/desk.html')
    await tab.evaluate(() => {
      const paragraph = document.querySelectorAll('.a4 p')[1]
      if (paragraph !== undefined) getSelection()?.selectAllChildren(paragraph)
    })
    const capture = await (await bench.gesture(tab)).capture()
    expect(capture.fromSelection).toBe(true)
    expect(capture.turns).toHaveLength(1)
    expect(capture.turns[0]?.text).toMatch(/^my kettle arrived/)
  })

  test('takes the largest box when none has the focus, and never a search field', async () => {
    const panel = await openOn('/unfocused', false)
    const capture = await panel.capture()
    expect(capture.box).toBe('field')
    expect(await panel.insert('found', capture)).toBe('inserted')
    expect(await tab.$eval('#box', (box) => ('value' in box ? box.value : ''))).toBe('found')
  })
})

describe('a page without end', () => {
  test('gives its newest messages, and says how much was left out', async () => {
    const panel = await openOn('/long')
    const capture = CaptureSchema.parse(await panel.capture())
    expect(capture.turns.at(-1)?.text).toMatch(/^Message 3999\./)
    expect(capture.turns.length + capture.leftOut.turns).toBe(4_000)
    expect(capture.leftOut.characters).toBeGreaterThan(1_000_000)
  })

  test.each(['/one-long-message', '/many-elements'])(
    'stays within bounds whatever its shape: %s',
    async (path) => {
      const panel = await openOn(path)
      const capture = CaptureSchema.parse(await panel.capture())
      expect(capture.leftOut.characters).toBeGreaterThan(100_000)
    },
  )
})

test('what is read is bounded as the vault bounds a draft', () => {
  const { turns, turnText, allText } = draftBounds
  expect(captureBounds).toMatchObject({ turns, turnText, allText })
})
