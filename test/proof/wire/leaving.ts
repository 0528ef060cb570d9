import pLimit from 'p-limit'
import type { DraftEvent } from '../../../shared/drafts.ts'
import type { ProviderName } from '../../../shared/providers.ts'
import { Receipt } from '../../../shared/receipts.ts'
import type { Engine } from '../../engine.ts'
import { draftRequest, given, until, type World } from '../../world.ts'
import type { Proof, Row } from '../proof.ts'
import { type Accounts, accountsOf, attemptsIn } from './accounts.ts'
import { openBeside } from './database.ts'
import { unhurried } from './fleet.ts'

/** Between two pieces of a stream, so that a reader who leaves does so before the next one is written. */
const DELTA_MS = 25
/** Longer than a stream takes on a busy machine. */
const LONGEST_MS = 30_000
/** Streams that are read at once. */
const AT_ONCE = 8

const providers: readonly ProviderName[] = ['anthropic', 'openai']

const question = 'I was charged twice in October for the order FW-20418. When do I get my money back?'

const planSlowly = ({ simulator }: World, provider: ProviderName): void =>
  simulator.plan({ provider, next: [{ do: 'slow', delayMs: DELTA_MS }] })

const isText = ({ type }: DraftEvent): boolean => type === 'text-delta'

/** Reads a whole stream, and tells how many pieces of text it has. */
const piecesOf = async (world: World, provider: ProviderName): Promise<number> => {
  planSlowly(world, provider)
  const { events } = await world.owner.ask(question)
  return events.filter(isText).length
}

/** Leaves after so many pieces of text: with none, as soon as the stream has begun. Gives the receipt that there must be. */
const leaveAfter = async (world: World, provider: ProviderName, pieces: number): Promise<string> => {
  const leaving = new AbortController()
  let [receiptId, heard] = ['', 0]
  const onEvent = (event: DraftEvent): void => {
    if (event.type === 'started') receiptId = event.receiptId
    if (isText(event)) heard += 1
    if (receiptId !== '' && heard >= pieces) leaving.abort()
  }
  planSlowly(world, provider)
  const reading = world.owner.draft(draftRequest(question), { signal: leaving.signal, onEvent })
  await reading.catch((error: unknown) => {
    if (!leaving.signal.aborted) throw error
  })
  if (!leaving.signal.aborted) throw new Error(`nobody left after ${pieces} pieces: there are only ${heard}`)
  return receiptId
}

/** Waits until the call behind a receipt has ended, but not longer than any stream takes. */
const settledReceipt = ({ owner }: World, id: string): Promise<Receipt> => {
  const givenUpAt = Date.now() + LONGEST_MS
  return until(
    () => owner.read(`/v1/receipts/${id}`, Receipt),
    ({ certainty }) => certainty !== 'pending' || Date.now() > givenUpAt,
  )
}

const isWhole = ({ outcome, certainty, attempts }: Receipt): boolean =>
  outcome === 'answered' && certainty === 'exact' && attempts.length === 1

/** Leaves at every boundary of a stream. Throws when a receipt is not that of one whole answer, or when a call was not heard to its end. */
const leaveEverywhere = async (world: World, provider: ProviderName, every: number): Promise<number> => {
  const pieces = await piecesOf(world, provider)
  const boundaries = Array.from({ length: pieces + 1 }, (_, index) => index).filter((at) => at % every === 0)
  const inTurn = pLimit(AT_ONCE)
  const ids = await Promise.all(boundaries.map((at) => inTurn(() => leaveAfter(world, provider, at))))
  const receipts = await Promise.all(ids.map((id) => inTurn(() => settledReceipt(world, id))))
  const wrong = receipts.findIndex((receipt) => !isWhole(receipt))
  if (wrong !== -1)
    throw new Error(`who left after ${boundaries[wrong]} pieces has no receipt of a whole draft`)
  if (world.simulator.requests().some(({ leftEarly }) => leftEarly))
    throw new Error('a stream that was paid for was not heard to its end')
  return boundaries.length
}

/** One more than the drafts of those who left: the one that was read to its end. */
const checked = async (world: World, left: number): Promise<Accounts> => {
  const database = openBeside(world)
  try {
    const { workspace } = await world.owner.status()
    const drafts = (await attemptsIn(database, workspace.id)).filter(({ purpose }) => purpose === 'draft')
    if (drafts.length !== left + 1)
      throw new Error(`${left} readers left, but there are ${drafts.length - 1} calls`)
    return await accountsOf({ database, workspace: workspace.id, calls: world.simulator.calls() })
  } finally {
    await database.close()
  }
}

const rowOf = async (engine: Engine, provider: ProviderName, every: number): Promise<Row> => {
  await using world = await given({ engine, keys: [provider], settings: unhurried })
  const left = await leaveEverywhere(world, provider, every)
  const { leakedHolds, difference, exact, estimated } = await checked(world, left)
  return {
    proof: `leaving at every boundary, ${provider}`,
    engine,
    processes: 1,
    schedules: left,
    overshoot: null,
    leakedHolds,
    difference,
    measured: `${exact} calls exact, ${estimated} estimated`,
  }
}

/** A reader leaves at each boundary of a stream, of both protocols: the rest is heard all the same, and there is one exact receipt each time. */
export const proveLeaving: Proof = async (engine, { wire }, report) => {
  const rows: Row[] = []
  for (const provider of providers) {
    report(`${provider}: leaving`)
    rows.push(await rowOf(engine, provider, wire.leavingEvery))
  }
  return rows
}
