import type { Frame } from 'puppeteer'
import { z } from 'zod'
import { Cap } from '../shared/cap.ts'
import { Receipt, ReceiptPage } from '../shared/receipts.ts'
import { openStage } from './browser/chromium.ts'
import { thisMachine } from './browser/find/machine.ts'
import { findChromium } from './browser/find.ts'
import {
  codeForSecondBrowser,
  connectKey,
  cutReply,
  draftAgain,
  draftReply,
  insertReply,
  lookAtBooks,
  openAssistant,
  pairOwner,
  photographPages,
  type Scene,
} from './demo/acts.ts'
import { type Books, disagreements, simulatorInWords } from './demo/books.ts'
import { workALot } from './demo/busy.ts'
import { openDesk } from './demo/desk.ts'
import { flawsOfOutage, losePrimary } from './demo/outage.ts'
import { photographer } from './demo/pictures.ts'
import { newProgress, type Progress } from './demo/progress.ts'
import { invitation, judge, tell } from './demo/telling.ts'
import { startVaults, type Vaults } from './demo/vaults.ts'
import { usage, type Wish, wishOf } from './demo/wish.ts'
import { type Device, newDevice } from './device.ts'
import { type Simulator, startSimulator } from './provider/simulator.ts'
import { scratchFolder } from './scratch-folder.ts'
import { until } from './world.ts'

const settingsFor = (simulator: Simulator): Record<string, string> => ({
  OWNKEY_ANTHROPIC_URL: simulator.anthropicUrl,
  OWNKEY_OPENAI_URL: simulator.openaiUrl,
  OWNKEY_PROVIDER_LABEL: 'simulated',
})

const vaultInWords = ({ postgres, vaults }: Wish): string => {
  if (!postgres) return 'Starting the vault on an empty data folder'
  return vaults === 1
    ? 'Starting PostgreSQL and a vault on it'
    : `Starting PostgreSQL and ${vaults} vaults on it, behind one address`
}

/** Starts everything that the scene needs; the stack takes it down again. */
const setUp = async (stack: AsyncDisposableStack, { say, step }: Progress, wish: Wish) => {
  const { path: folder, remove } = scratchFolder('demo')
  stack.defer(remove)
  const simulator = await step('simulator', 'Starting the provider simulator', () => startSimulator())
  stack.defer(simulator.close)
  const settings = settingsFor(simulator)
  const { postgres, vaults: count } = wish
  const vaults = await step('vault', vaultInWords(wish), () =>
    startVaults(stack, { folder, settings, count, postgres }),
  )
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
  return { simulator, vaults, scene }
}

type Set = Awaited<ReturnType<typeof setUp>>

const pairSecondBrowser = async (vault: Vaults, code: string): Promise<Device> => {
  const device = await newDevice(() => vault.address)
  await device.pair(code)
  return device
}

/** Milliseconds between two pieces of the draft, so that a person can watch it grow. */
const DELTA_MS = 60
/** Slow enough that a vault can be killed in between. */
const SLOW_DELTA_MS = 250

type Danger = Pick<Set, 'simulator' | 'scene' | 'vaults'> & { readonly panel: Frame }

/** Where there are several vaults: one is killed in the middle of a draft, and the agent asks again. Tells whether that happened. */
const loseVault = async (
  { simulator, scene, vaults, panel }: Danger,
  { step }: Pick<Progress, 'step'>,
): Promise<boolean> => {
  const { aimAtOne } = vaults
  if (aimAtOne === undefined) return false
  simulator.plan({ provider: 'anthropic', next: [{ do: 'slow', delayMs: SLOW_DELTA_MS }] })
  await step('kill', 'One vault is killed while it drafts: what had come stays, marked', () =>
    cutReply(scene, panel, aimAtOne()),
  )
  await step('again', 'Again: another vault answers', () => draftAgain(scene, panel))
  return true
}

/** The main job, step by step, as the people in it do it. */
const play = async (
  { simulator, scene, vaults }: Set,
  { step }: Progress,
  { pictures, outage }: Pick<Wish, 'pictures' | 'outage'>,
) => {
  const code = await step('setup-code', 'Making a setup code on the vault’s terminal', vaults.setupCode)
  const first = await step('pair', 'Pairing the owner’s browser in the popup', () =>
    pairOwner(scene, vaults.address, code),
  )
  if (pictures !== undefined)
    await step('empty', 'Looking at every page while it is empty', () => photographPages(scene, 'empty'))
  const popup = pictures !== undefined ? await scene.stage.openPopup(scene.ticket) : first
  await step('key', 'Connecting a key: verified by a real call, then sealed', () => connectKey(scene, popup))
  const auditor = await step('auditor', 'Pairing a second browser that will read the books', async () =>
    pairSecondBrowser(vaults, await codeForSecondBrowser(popup)),
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
  const cut = await loseVault({ simulator, scene, vaults, panel }, { step })
  const rescued = outage ? await losePrimary({ simulator, scene, panel, auditor }, { step }) : undefined
  await step('books', 'Looking at spend, receipts and audit', () => lookAtBooks(scene, receiptId))
  if (pictures !== undefined) {
    await step('busy', 'A team works for a while', () => workALot(auditor, vaults.address, simulator))
    await step('full', 'Looking at every page when it is full', () => photographPages(scene, 'full'))
  }
  return { auditor, text, receiptId, inserted, cut, rescued }
}

type Played = Awaited<ReturnType<typeof play>>

const booksOf = async ({ auditor }: Played, simulator: Simulator): Promise<Books> => {
  await simulator.settled()
  const { receipts } = await until(
    () => auditor.read('/v1/receipts', ReceiptPage),
    (page) => page.receipts.every(({ certainty }) => certainty !== 'pending'),
  )
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

const untilClosed = ({ stage }: Scene): Promise<void> =>
  new Promise((closed) => stage.browser.once('disconnected', () => closed()))

const isLost = ({ outcome }: Receipt): boolean => outcome === 'lost'

/** What must be so after a vault was lost: exactly one receipt says so. */
const flawsOfLoss = ({ cut }: Played, { receipts }: Books): string[] =>
  receipts.filter(isLost).length === (cut ? 1 : 0)
    ? []
    : ['The draft that was cut has no receipt that says so']

const perform = async (wish: Wish, progress: Progress): Promise<boolean> => {
  await using stack = new AsyncDisposableStack()
  const began = performance.now()
  const set = await setUp(stack, progress, wish)
  const played = await play(set, progress, wish)
  const books = await booksOf(played, set.simulator)
  const receipt = books.receipts.find(({ id }) => id === played.receiptId)
  const rescued = books.receipts.find(({ id }) => id === played.rescued)
  const flaws = [
    ...flawsOf(played, books),
    ...flawsOfLoss(played, books),
    ...(wish.outage ? flawsOfOutage(rescued) : []),
  ]
  const ok = flaws.length === 0
  tell(progress, played.text, { receipt, rescued }, books)
  progress.say(judge(ok, flaws, played.cut))
  if (wish.pictures !== undefined) progress.say(`Pictures are in ${wish.pictures}`)
  if (wish.headed) {
    progress.say(invitation(set.vaults.address))
    await untilClosed(set.scene)
  }
  if (wish.json) {
    const summary = {
      ok,
      flaws,
      draft: { text: played.text, inserted: played.inserted },
      receipt: receipt === undefined ? null : z.encode(Receipt, receipt),
      rescued: rescued === undefined ? null : z.encode(Receipt, rescued),
      lost: books.receipts.filter(isLost).map((lost) => z.encode(Receipt, lost)),
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
