import { setTimeout as pause } from 'node:timers/promises'
import type { Cap } from '../../../shared/cap.ts'
import { Key, KeyList } from '../../../shared/keys.ts'
import { dollars, pico, Usd } from '../../../shared/money.ts'
import type { Engine } from '../../engine.ts'
import { given, until, type World } from '../../world.ts'
import type { Proof, Report, Row } from '../proof.ts'
import { accountsOf } from './accounts.ts'
import { greater } from './amounts.ts'
import { openBeside } from './database.ts'
import { capsAt, monthAt } from './desk.ts'
import { unhurried } from './fleet.ts'
import { overshootOfGrants } from './grants.ts'
import { type Limits, newLimits } from './limits.ts'
import { askUntilDrafted, type Panels, pairedPanels, type Told } from './panels.ts'

const PANELS = 5
const LOOK_MS = 300
/** Longer than the last streams take. */
const LONGEST_MS = 60_000
/** A key whose every answer comes slowly, so that drafts are in flight together. */
const slowKey = 'sk-ant-sim-slow-0123456789abcdef'
/** Dear enough that a dollar is soon spent. */
const model = 'claude-opus-5'
/** Characters of all threads together: reading them alone costs more than a dollar. */
const CHARACTERS = 1_000_000
const filler = 'Please look at my parcel. '
const theDollar = dollars('1')
/** As much of it must be spent, in percent. */
const ENOUGH = 95n

const usd = (amount: bigint): string => `$${Usd.encode(pico(amount))}`

/** A vault whose drafts are slow and dear. */
const givenDearDrafts = async (engine: Engine): Promise<World> => {
  const world = await given({ engine, process: true, keys: [], settings: unhurried })
  await world.owner.connectKey('anthropic', slowKey)
  const { keys } = await world.owner.read('/v1/keys', KeyList)
  await world.owner.change('PATCH', `/v1/keys/${keys[0]?.id}`, { model }, Key)
  return world
}

type Looking = { readonly before: bigint; readonly done: AbortController; readonly report: Report }

const isEnough = (spent: bigint): boolean => spent * 100n >= theDollar * ENOUGH

/** Looks at the cap until there is nothing left to see or enough is spent, and tells by how much it was ever seen passed. */
const watch = async ({ owner }: World, { before, done, report }: Looking): Promise<bigint> => {
  let passed = 0n
  while (!done.signal.aborted) {
    const { settled, held, limit } = await monthAt(owner)
    passed = greater(passed, settled + held - limit)
    report(`${usd(settled - before)} spent, ${usd(held)} held`)
    if (isEnough(settled - before)) done.abort()
    await pause(LOOK_MS)
  }
  return passed
}

/** Who asks where, and what was spent before, in picodollars. */
type Desk = { readonly world: World; readonly panels: Panels; readonly before: bigint }

type Rushed = Told & { readonly passed: bigint }

/** Has so many drafts asked for at once; ends when all are drafted, nothing is left, or enough is spent. */
const rush = async ({ world, panels, before }: Desk, count: number, report: Report): Promise<Rushed> => {
  const told: Told = { drafted: 0, waits: 0, needed: undefined }
  const done = new AbortController()
  const text = filler.repeat(Math.ceil(CHARACTERS / count / filler.length))
  const asking = Array.from({ length: Math.ceil(count / panels.length) }, (_, round) =>
    panels.map((panel, at) => askUntilDrafted(panel, `Parcel ${round}-${at}. ${text}`, told, done.signal)),
  )
  const asked = Promise.all(asking.flat()).finally(() => done.abort())
  const [passed] = await Promise.all([watch(world, { before, done, report }), asked])
  return { ...told, passed }
}

/** The cap when nothing is held any more, or when that takes longer than it can. Throws when the dollar is not spent though another draft would fit. */
const capAfterwards = async ({ owner }: World, before: bigint, { needed }: Rushed): Promise<Cap> => {
  const givenUpAt = Date.now() + LONGEST_MS
  const cap = await until(
    () => monthAt(owner),
    ({ held }) => held === 0n || Date.now() > givenUpAt,
  )
  const spent = cap.settled - before
  if (!isEnough(spent) && (needed === undefined || cap.left >= needed))
    throw new Error(`only ${usd(spent)} of the dollar was spent, though another draft would fit`)
  return cap
}

/** The books of the one workspace, compared with the bill and with the one limit there was. */
const checked = async (world: World, limits: Limits, { period }: Cap) => {
  await world.simulator.settled()
  const { workspace } = await world.owner.status()
  const database = openBeside(world)
  try {
    const books = { database, workspace: workspace.id }
    const accounts = await accountsOf({ ...books, calls: world.simulator.calls() })
    return { ...accounts, ...(await overshootOfGrants(books, limits, period.timeZone)) }
  } finally {
    await database.close()
  }
}

const inWords = (spent: bigint, { left }: Cap, { drafted, waits, needed }: Rushed): string =>
  `${usd(spent)} spent by ${drafted} drafts after ${waits} waits, ${usd(left)} left` +
  (needed === undefined ? '' : `, ${usd(needed)} needed`)

/** So many ask at once against one dollar, and are patient as the panel is: the dollar is never passed, and it is spent. */
export const proveRush: Proof = async (engine, { wire }, report) => {
  await using world = await givenDearDrafts(engine)
  const panels = await pairedPanels(world, PANELS)
  const { settled: before } = await world.owner.cap()
  await world.owner.setCap(Usd.encode(pico(before + theDollar)))
  const limits = newLimits(await capsAt(world.owner))
  const rushed = await rush({ world, panels, before }, wire.rush, report)
  const cap = await capAfterwards(world, before, rushed)
  const { overshoot, leakedHolds, difference } = await checked(world, limits, cap)
  const row: Row = {
    proof: `${wire.rush} drafts at once, one dollar`,
    engine,
    processes: 1,
    schedules: 1,
    overshoot: greater(overshoot, rushed.passed),
    leakedHolds,
    difference,
    measured: inWords(cap.settled - before, cap, rushed),
  }
  return [row]
}
