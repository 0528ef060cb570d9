import { resolve } from 'node:path'
import { parseArgs, styleText } from 'node:util'
import { z } from 'zod'
import { Cap } from '../shared/cap.ts'
import { Receipt, ReceiptPage } from '../shared/receipts.ts'
import { openStage } from './browser/chromium.ts'
import { thisMachine } from './browser/find/machine.ts'
import { findChromium } from './browser/find.ts'
import {
  codeForSecondBrowser,
  connectKey,
  draftReply,
  insertReply,
  lookAtBooks,
  openAssistant,
  pairOwner,
  type Scene,
} from './demo/acts.ts'
import { type Books, disagreements, simulatorInWords, usd } from './demo/books.ts'
import { openDesk } from './demo/desk.ts'
import { photographer } from './demo/pictures.ts'
import { newProgress, type Progress } from './demo/progress.ts'
import { type Device, newDevice } from './device.ts'
import { type Simulator, startSimulator } from './provider/simulator.ts'
import { scratchFolder } from './scratch-folder.ts'
import { setupCodeOf, startVaultProcess, type VaultProcess } from './vault-process.ts'
import { simulatorKeys } from './world.ts'

const usage = `npm run demo: the main job in a real browser, with simulated providers

  --headed           show the browser and leave it open until you close it
  --json             end with one line of JSON
  --screenshots DIR  write a picture of each surface, in light and dark`

type Wish = { readonly headed: boolean; readonly json: boolean; readonly pictures: string | undefined }

const wishOf = (args: readonly string[]): Wish => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      headed: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      screenshots: { type: 'string' },
    },
  })
  const { headed, json, screenshots } = values
  if (headed && process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    throw new Error('There is no display here: leave out --headed.')
  return { headed, json, pictures: screenshots === undefined ? undefined : resolve(screenshots) }
}

const settingsFor = (simulator: Simulator): Record<string, string> => ({
  OWNKEY_ANTHROPIC_URL: simulator.anthropicUrl,
  OWNKEY_OPENAI_URL: simulator.openaiUrl,
  OWNKEY_PROVIDER_LABEL: 'simulated',
})

/** Starts everything that the scene needs; the stack takes it down again. */
const setUp = async (stack: AsyncDisposableStack, { say, step }: Progress, wish: Wish) => {
  const { path: folder, remove } = scratchFolder('demo')
  stack.defer(remove)
  const simulator = await step('simulator', 'Starting the provider simulator', () => startSimulator())
  stack.defer(simulator.close)
  const settings = settingsFor(simulator)
  const vault = await step('vault', 'Starting the vault on an empty data folder', () =>
    startVaultProcess(folder, settings),
  )
  stack.defer(async () => void (await vault.stop()))
  const chromium = await step('browser', 'Looking for a browser', () =>
    findChromium(thisMachine((line) => say(`  ${line}`))),
  )
  const looks = wish.pictures === undefined ? {} : { pictures: wish.pictures }
  const stage = await step('extension', 'Building the extension and loading it into Chromium', () =>
    openStage({ chromium, headed: wish.headed, ...looks }),
  )
  stack.defer(stage.close)
  const desk = await openDesk()
  stack.defer(desk.close)
  const ticket = await step('ticket', 'Opening a ticket in somebody’s help desk', () =>
    stage.open(desk.address),
  )
  const scene: Scene = { stage, ticket, photograph: photographer(stage, wish.pictures) }
  const setupCode = (): Promise<string> => setupCodeOf(folder, settings)
  return { simulator, vault, scene, setupCode }
}

type Set = Awaited<ReturnType<typeof setUp>>

const pairSecondBrowser = async (vault: VaultProcess, code: string): Promise<Device> => {
  const device = await newDevice(() => vault.address)
  await device.pair(code)
  return device
}

/** Milliseconds between two pieces of the draft, so that a person can watch it grow. */
const DELTA_MS = 60

/** The main job, step by step, as the people in it do it. */
const play = async ({ simulator, scene, vault, setupCode }: Set, { step }: Progress) => {
  const code = await step('setup-code', 'Making a setup code on the vault’s terminal', setupCode)
  const popup = await step('pair', 'Pairing the owner’s browser in the popup', () =>
    pairOwner(scene, vault.address, code),
  )
  await step('key', 'Connecting a key: verified by a real call, then sealed', () => connectKey(scene, popup))
  const auditor = await step('auditor', 'Pairing a second browser that will read the books', async () =>
    pairSecondBrowser(vault, await codeForSecondBrowser(popup)),
  )
  await popup.close()
  simulator.plan({ provider: 'anthropic', next: [{ do: 'slow', delayMs: DELTA_MS }] })
  const panel = await step('assistant', 'The agent presses the shortcut over the ticket', () =>
    openAssistant(scene),
  )
  const { text, receiptId } = await step('draft', 'The draft streams into the panel', () =>
    draftReply(scene, panel),
  )
  const inserted = await step('insert', 'Inserting it into the ticket’s box', () => insertReply(scene, panel))
  await step('books', 'Looking at spend, receipts and audit', () => lookAtBooks(scene, receiptId))
  return { auditor, text, receiptId, inserted }
}

type Played = Awaited<ReturnType<typeof play>>

const booksOf = async ({ auditor }: Played, simulator: Simulator): Promise<Books> => {
  await simulator.settled()
  const { receipts } = await auditor.read('/v1/receipts', ReceiptPage)
  return {
    receipts: await Promise.all(receipts.map(({ id }) => auditor.read(`/v1/receipts/${id}`, Receipt))),
    calls: simulator.calls(),
    bill: simulator.bill(),
    cap: await auditor.read('/v1/cap', Cap),
  }
}

/** The lines of a text that say something: how many blank lines a box draws between paragraphs is the box's matter. */
const linesOf = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')

const flawsOf = ({ text, inserted, receiptId }: Played, books: Books): string[] => [
  ...(text.trim() === '' ? ['No draft was written'] : []),
  ...(linesOf(inserted) === linesOf(text) ? [] : ['The ticket’s box does not hold the draft']),
  ...(books.receipts.some(({ id }) => id === receiptId) ? [] : ['The draft has no receipt']),
  ...disagreements(books),
]

const attemptLines = (receipt: Receipt): string[] =>
  receipt.attempts.flatMap(({ modelName, lines, settled }) => [
    ...lines.map(
      ({ bucket, tokens, perMillion, amount }) =>
        `  ${bucket.padEnd(14)} ${String(tokens).padStart(7)} × $${usd(perMillion)} per million = $${usd(amount)}`,
    ),
    `  ${modelName.padEnd(14)} ${' '.repeat(7)}   sum $${usd(settled)} (simulated)`,
  ])

const tell = ({ say }: Progress, { text }: Played, receipt: Receipt | undefined, { cap }: Books): void => {
  const title = (words: string): string => `\n${styleText('bold', words)}`
  say(title('The draft, as it stands in the ticket’s box'))
  say(text.replaceAll(/^/gm, '  '))
  say(title('Its receipt'))
  for (const line of receipt === undefined ? [] : attemptLines(receipt)) say(line)
  say(title('The cap'))
  say(
    `  $${usd(cap.settled)} settled + $${usd(cap.held)} held of $${usd(cap.limit)}, $${usd(cap.left)} left (simulated)`,
  )
}

const judge = (ok: boolean, flaws: readonly string[]): string =>
  ok
    ? `\n${styleText('green', '✓')} The text is in the ticket’s box, and the receipts equal the simulator’s bill.`
    : `\n${styleText('red', '✗')} ${flaws.join('\n  ')}`

const invitation = (vault: string): string => `
The browser stays open to play with. Close it to end the demo.
  Draft again      Alt+Shift+D in the ticket, or the key in the toolbar
  The vault        ${vault}
  A second key     ${simulatorKeys.openai} (OpenAI, simulated)`

const untilClosed = ({ stage }: Scene): Promise<void> =>
  new Promise((closed) => stage.browser.once('disconnected', () => closed()))

const perform = async (wish: Wish, progress: Progress): Promise<boolean> => {
  await using stack = new AsyncDisposableStack()
  const began = performance.now()
  const set = await setUp(stack, progress, wish)
  const played = await play(set, progress)
  const books = await booksOf(played, set.simulator)
  const receipt = books.receipts.find(({ id }) => id === played.receiptId)
  const flaws = flawsOf(played, books)
  const ok = flaws.length === 0
  tell(progress, played, receipt, books)
  progress.say(judge(ok, flaws))
  if (wish.pictures !== undefined) progress.say(`Pictures are in ${wish.pictures}`)
  if (wish.headed) {
    progress.say(invitation(set.vault.address))
    await untilClosed(set.scene)
  }
  if (wish.json) {
    const summary = {
      ok,
      flaws,
      draft: { text: played.text, inserted: played.inserted },
      receipt: receipt === undefined ? null : z.encode(Receipt, receipt),
      cap: z.encode(Cap, books.cap),
      simulator: simulatorInWords(set.simulator),
      timings: { ...progress.timings, total: Math.round(performance.now() - began) },
    }
    stack.defer(() => progress.say(JSON.stringify(summary)))
  }
  return ok
}

/** Exit code of a program that Ctrl+C ended. What it started ends with it. */
const INTERRUPTED = 130

const main = async (): Promise<void> => {
  if (process.argv.includes('--help')) return void process.stdout.write(`${usage}\n`)
  const paper = {
    isTerminal: process.stdout.isTTY === true,
    write: (text: string) => void process.stdout.write(text),
  }
  const progress = newProgress(paper, () => performance.now())
  process.once('SIGINT', () => process.exit(INTERRUPTED))
  try {
    const ok = await perform(wishOf(process.argv.slice(2)), progress)
    process.exitCode = ok ? 0 : 1
  } catch (error) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}

await main()
