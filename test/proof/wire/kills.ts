import { sqlVaults } from '../../../server/store/books/vaults.ts'
import type { Database } from '../../../server/store/database.ts'
import { pico, Usd } from '../../../shared/money.ts'
import { draftRequest, given, type World } from '../../world.ts'
import type { Proof } from '../proof.ts'
import { accountsOf, attemptsIn } from './accounts.ts'
import { openBeside, sweepAhead, untilAlone } from './database.ts'
import { unhurried } from './fleet.ts'

/** Between two pieces of a stream: so slow that all others begin before it ends. */
const DELTA_MS = 200
/** A hold lives for five minutes. */
const EXPIRY_MS = 5 * 60_000
const MINUTE_MS = 60_000

/** The most pieces of text that each stream has brought when the vault is killed, on average. */
const PIECES = 8

const question = 'Where is my parcel?'

/** What a reader heard of one stream before its vault was killed. */
type Heard = { receiptId: string; pieces: number }

/** Begins streams, and kills the vault once each has brought some text, and so many pieces of it on average. */
const killAmong = async (world: World, streams: number, pieces: number): Promise<readonly Heard[]> => {
  const acts = Array.from({ length: streams }, () => ({ do: 'slow', delayMs: DELTA_MS }) as const)
  world.simulator.plan({ provider: 'anthropic', next: acts })
  const enough = Promise.withResolvers<void>()
  const all = acts.map((): Heard => ({ receiptId: '', pieces: 0 }))
  const look = (): void => {
    const count = all.reduce((sum, heard) => sum + heard.pieces, 0)
    if (all.every((heard) => heard.pieces > 0) && count >= streams * pieces) enough.resolve()
  }
  const reading = all.map(async (heard) => {
    await world.owner.draft(draftRequest(question), {
      onEvent: (event) => {
        if (event.type === 'started') heard.receiptId = event.receiptId
        if (event.type === 'text-delta') heard.pieces += 1
        look()
      },
    })
  })
  const ended = Promise.allSettled(reading)
  await Promise.race([enough.promise, ended])
  await world.kill()
  await ended
  return all
}

/** A vault that seems to live keeps its holds until they expire, and not longer: tells how many were closed then. */
const sweepAtExpiry = async (database: Database): Promise<number> => {
  const vaults = await database.db.selectFrom('vaults').select('id').execute()
  const { heartbeat } = sqlVaults(database, { now: () => Date.now() + EXPIRY_MS, isRunning: () => true })
  for (const { id } of vaults) await heartbeat(id)
  const early = await sweepAhead(database, EXPIRY_MS - MINUTE_MS)
  if (early > 0)
    throw new Error(`${early} holds of a vault that seems to live were closed before their expiry`)
  return sweepAhead(database, EXPIRY_MS)
}

/** Lets the holds of the killed vault be closed by one sweep: the one of its restart, or in every other round one at their expiry. */
const recover = async (world: World, database: Database, round: number): Promise<void> => {
  await untilAlone(database)
  if (round % 2 === 1) await sweepAtExpiry(database)
  await world.start()
  world.owner.forgetToken()
}

/** Whoever has just enough left for one draft gets it, whole. */
const expectRoom = async ({ owner }: World, bound: bigint): Promise<void> => {
  const { settled, held } = await owner.cap()
  if (held > 0n) throw new Error('a hold outlived the sweep')
  await owner.setCap(Usd.encode(pico(settled + bound)))
  const { events, problem } = await owner.ask(question)
  const lowered = events.some((event) => event.type === 'started' && event.lowered)
  if (problem !== undefined || lowered)
    throw new Error(`a draft within the cap was refused: ${problem?.slug}`)
  await owner.setCap(PLENTY)
}

/** In dollars: more than all streams together can hold. */
const PLENTY = '100000'

/** Throws when a stream that began has no line, or one that brought text cost nothing. */
const expectLines = async (
  database: Database,
  workspace: string,
  heard: readonly Heard[],
): Promise<number> => {
  const attempts = await attemptsIn(database, workspace)
  const lines = new Map(attempts.map((attempt) => [attempt.receipt_id, attempt]))
  for (const { receiptId, pieces } of heard) {
    const line = lines.get(receiptId)
    if (line === undefined) throw new Error('a stream that began has no line')
    if (pieces > 0 && line.settled === 0n) throw new Error('a stream that brought text cost nothing')
  }
  return heard.filter(({ receiptId }) => lines.get(receiptId)?.outcome === 'lost').length
}

/**
 * A vault is killed in the middle of many streams, again and again. After its restart and one sweep every stream has its line, none costs nothing
 * that brought text, and nobody under budget is refused by what the dead vault held.
 */
export const proveKills: Proof = async (engine, { wire }, report) => {
  const { times, streams } = wire.kills
  await using world = await given({ engine, process: true, settings: unhurried })
  const { owner } = world
  await owner.setCap(PLENTY)
  const { workspace } = await owner.status()
  const first = await owner.ask(question)
  const bound = first.receipt?.attempts[0]?.held ?? 0n
  const database = openBeside(world)
  let lost = 0
  try {
    for (let round = 0; round < times; round += 1) {
      const heard = await killAmong(world, streams, 1 + (round % PIECES))
      await recover(world, database, round)
      lost += await expectLines(database, workspace.id, heard)
      await expectRoom(world, bound)
      report(`killed ${round + 1} of ${times} times`)
    }
    await world.simulator.settled()
    const accounts = await accountsOf({ database, workspace: workspace.id, calls: world.simulator.calls() })
    const { leakedHolds, difference } = accounts
    const measured = `${lost} of ${times * streams} streams lost`
    return [
      {
        proof: `kill -9 among ${streams} streams`,
        engine,
        processes: 1,
        schedules: times,
        overshoot: null,
        leakedHolds,
        difference,
        measured,
      },
    ]
  } finally {
    await database.close()
  }
}
