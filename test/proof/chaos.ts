import fc from 'fast-check'
import pLimit from 'p-limit'
import { isFailure } from '../../shared/problems.ts'
import type { FailureReason } from '../../shared/providers.ts'
import type { Attempt } from '../../shared/receipts.ts'
import type { Engine } from '../engine.ts'
import { routed } from '../fallback/desk.ts'
import type { Act, Behaviour } from '../provider/simulator.ts'
import { draftRequest, given, type World } from '../world.ts'
import type { Proof, Report, Row } from './proof.ts'
import { accountsOf } from './wire/accounts.ts'
import { openBeside } from './wire/database.ts'
import { unhurried } from './wire/fleet.ts'

/** Drafts that are asked for at once. */
const AT_ONCE = 16
const TOLD_EVERY = 100
/** Of a hundred calls, so many fail. */
const FAILING_PERCENT = 30
/** Calls are planned for each draft and provider; more are never made. */
const MOST_CALLS = 2
/** Little patience, so that a stall takes a second, but enough for a busy machine. */
const patience = { headersMs: 5_000, idleMs: 1_500, totalMs: 60_000 }

const question = 'I was charged twice in October for the order FW-20418. When do I get my money back?'

/** What each behavior must be called when it is told. */
const reasons: Readonly<Partial<Record<Behaviour, FailureReason>>> = {
  'rate-limited': 'rate-limited',
  overloaded: 'overloaded',
  'server-error': 'server-error',
  reset: 'network',
  'reset-mid-stream': 'network',
  stall: 'stalled',
  'early-end': 'ended-early',
}

/** Before the first word, and after some. */
const after = fc.constantFrom(0, 3)

const failingAct: fc.Arbitrary<Act> = fc.oneof(
  fc.constant<Act>({ do: 'rate-limited', retryAfter: '1' }),
  fc.constantFrom<Act>({ do: 'overloaded' }, { do: 'server-error' }, { do: 'reset' }),
  after.map((deltas): Act => ({ do: 'reset-mid-stream', after: deltas })),
  after.map((deltas): Act => ({ do: 'early-end', after: deltas })),
  after.map((deltas): Act => ({ do: 'stall', after: deltas })),
)

const act: fc.Arbitrary<Act> = fc.oneof(
  { arbitrary: failingAct, weight: FAILING_PERCENT },
  { arbitrary: fc.constant<Act>({ do: 'healthy' }), weight: 100 - FAILING_PERCENT },
)

const actsOf = (count: number, seed: number | undefined): readonly Act[] =>
  fc.sample(act, { numRuns: count, ...(seed !== undefined && { seed }) })

/** What became of the drafts. */
type Tally = { whole: number; partial: number; failed: number; again: number; fellBack: number }

type Chaos = { readonly world: World; readonly reference: string; readonly tally: Tally }

type Heard = Awaited<ReturnType<World['owner']['draft']>>

/** Whether the provider's own books say what the attempt says. An answer that never came names no call. */
const isTrue = ({ simulator }: World, { providerRequestId, failure }: Attempt): boolean => {
  const call = simulator.calls().find(({ id }) => `req_${id}` === providerRequestId)
  const expected = Object.entries(reasons).find(([behaviour]) => behaviour === call?.behaviour)?.[1]
  return call === undefined ? failure === 'network' : failure === (expected ?? null)
}

/** What is wrong with how a draft ended; undefined when it is whole from one provider, a marked part of one, or refused with the true reason. */
const flawOf = ({ world, reference }: Chaos, { text, problem, receipt, cut }: Heard): string | undefined => {
  const last = receipt?.attempts.at(-1)
  if (cut || last === undefined) return `it ended without a receipt: ${problem?.slug}`
  if (!receipt?.attempts.every((attempt) => isTrue(world, attempt))) return 'a reason is not the true one'
  if (problem === undefined)
    return text === reference && last.outcome === 'answered' ? undefined : 'it is whole and yet is not'
  if (!isFailure(problem) || problem.facts.reason !== last.failure)
    return `it is refused with ${problem.slug}`
  if (problem.facts.partial !== (text !== '')) return 'its part is not marked'
  return reference.startsWith(text) ? undefined : 'its part is glued'
}

const callInWords = ({ provider, outcome, failure, providerRequestId }: Attempt): string =>
  `${provider} ${outcome} ${failure} ${providerRequestId}`

const count = (tally: Tally, { problem, text, receipt }: Heard): void => {
  if (receipt?.fellBack) tally.fellBack += 1
  if (problem === undefined) tally.whole += 1
  else if (text === '') tally.failed += 1
  else tally.partial += 1
}

/** Asks for a draft; every other one that is cut is asked for again, on whoever else can answer. Gives what was heard each time. */
const ask = async ({ world: { owner }, tally }: Chaos, number: number): Promise<readonly Heard[]> => {
  const request = draftRequest(question)
  const heard = await owner.draft(request)
  if (heard.text === '' || heard.problem === undefined || number % 2 !== 0) return [heard]
  tally.again += 1
  const attempt = (heard.receipt?.attempts.length ?? 0) + 1
  return [heard, await owner.draft({ ...request, attempt })]
}

const givenChaos = async (engine: Engine, drafts: number, seed: number | undefined): Promise<Chaos> => {
  const world = await given({
    engine,
    keys: ['anthropic', 'openai'],
    settings: unhurried,
    patience,
    cap: '1000',
  })
  await routed(world, { primary: 'anthropic', backup: 'openai', dearer: true })
  const { text: reference } = await world.owner.ask(question)
  const [ours, theirs] = [actsOf(MOST_CALLS * drafts, seed), actsOf(MOST_CALLS * drafts, seed && seed + 1)]
  world.simulator.plan({ provider: 'anthropic', next: ours })
  world.simulator.plan({ provider: 'openai', next: theirs })
  return { world, reference, tally: { whole: 0, partial: 0, failed: 0, again: 0, fellBack: 0 } }
}

const askAll = async (chaos: Chaos, drafts: number, report: Report): Promise<readonly Heard[]> => {
  const limit = pLimit(AT_ONCE)
  let ended = 0
  const one = async (number: number): Promise<readonly Heard[]> => {
    const heard = await ask(chaos, number)
    ended += 1
    if (ended % TOLD_EVERY === 0) report(`${ended} of ${drafts} drafts`)
    const last = heard.at(-1)
    if (last !== undefined) count(chaos.tally, last)
    return heard
  }
  const all = await Promise.all(Array.from({ length: drafts }, (_one, number) => limit(one, number)))
  return all.flat()
}

/** Throws when a draft did not end as it may. Judged when the providers' own books are complete. */
const judge = async (chaos: Chaos, heard: readonly Heard[]): Promise<void> => {
  await chaos.world.simulator.settled()
  for (const one of heard) {
    const flaw = flawOf(chaos, one)
    if (flaw !== undefined)
      throw new Error(`${flaw}: ${JSON.stringify(one.receipt?.attempts.map(callInWords))}`)
  }
}

const accountsIn = async (world: World) => {
  const { simulator, owner } = world
  await simulator.settled()
  const { workspace } = await owner.status()
  const database = openBeside(world)
  try {
    return await accountsOf({ database, workspace: workspace.id, calls: simulator.calls() })
  } finally {
    await database.close()
  }
}

const inWords = ({ whole, partial, failed, again, fellBack }: Tally, estimated: number): string =>
  `${whole} whole, ${partial} marked parts, ${failed} refused; ${fellBack} took several calls, ${again} were asked for again; ${estimated} calls estimated`

/**
 * Both providers fail at random, three calls in ten, and so many drafts are asked for: each ends whole from one provider, as a marked part, or
 * refused with the true reason, and the books are right.
 */
export const proveChaos: Proof = async (engine, { chaos: { drafts }, seed }, report) => {
  const chaos = await givenChaos(engine, drafts, seed)
  await using world = chaos.world
  await judge(chaos, await askAll(chaos, drafts, report))
  const { leakedHolds, difference, estimated } = await accountsIn(world)
  const row: Row = {
    proof: `${drafts.toLocaleString('en-US')} drafts, ${FAILING_PERCENT} % of all calls failing`,
    engine,
    processes: 1,
    schedules: 1,
    overshoot: null,
    leakedHolds,
    difference,
    measured: inWords(chaos.tally, estimated),
  }
  return [row]
}
