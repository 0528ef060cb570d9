import { setTimeout as pause } from 'node:timers/promises'
import { CapList, type CapPlace, type ScopedCap } from '../../../shared/cap.ts'
import { pico, Usd } from '../../../shared/money.ts'
import type { Slug } from '../../../shared/problems.ts'
import type { ProviderName } from '../../../shared/providers.ts'
import { draftRequest, type World } from '../../world.ts'
import { type Limits, placeText } from './limits.ts'
import type { OtherCap, Step } from './steps.ts'

type Person = World['owner']

/** Who and what the schedules are about. `bound` is the hold of one draft, in picodollars. */
export type Desk = {
  readonly world: World
  /** Whose model drafts. */
  readonly provider: ProviderName
  readonly people: readonly [Person, Person]
  readonly bound: bigint
  readonly places: Readonly<Record<OtherCap, CapPlace>>
  readonly limits: Limits
}

/** Tries of a request that a vault may take with it when it is killed. */
const TRIES = 40
const BEFORE_NEXT_TRY_MS = 50
/** Slow enough that readers leave and vaults die in the middle of streams. */
const DELTA_MS = 15
const month: CapPlace = { scope: 'workspace', id: '', kind: 'month' }

/** A raise that arrives after its own end raises nothing, and a cap that is not there cannot be taken away. */
const mayBeRefused: readonly (Slug | undefined)[] = ['raise-refused', 'not-found']

type Answer = { readonly text: string; readonly refused: Slug | undefined }

/** Sends a request until a vault answers it; another refusal than those that may come is a fault of the schedule. */
const surely = async (person: Person, method: string, path: string, body?: unknown): Promise<Answer> => {
  let last = 'nobody answered'
  for (let tries = 0; tries < TRIES; tries += 1) {
    try {
      const { status, text, problem } = await person.request(method, path, body)
      if (status < 300 || mayBeRefused.includes(problem?.slug)) return { text, refused: problem?.slug }
      if (problem?.slug === 'session-ended') person.forgetToken()
      else if (status < 500) throw new Error(`${method} ${path}: ${problem?.slug ?? text}`)
      last = text
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      last = error.message
    }
    await pause(BEFORE_NEXT_TRY_MS)
  }
  throw new Error(`${method} ${path} was not answered: ${last}`)
}

/** Every cap, as some vault sees it now. */
export const capsAt = async (person: Person): Promise<readonly ScopedCap[]> =>
  CapList.parse(JSON.parse((await surely(person, 'GET', '/v1/caps')).text)).caps

/** The cap of the workspace's month, as some vault sees it now. */
export const monthAt = async (person: Person): Promise<ScopedCap> => {
  const cap = (await capsAt(person)).find((one) => placeText(one) === placeText(month))
  if (cap === undefined) throw new Error('the workspace has no cap')
  return cap
}

const limitOf = async ({ people, bound }: Desk, halves: number): Promise<bigint> =>
  (await monthAt(people[0])).settled + (BigInt(halves) * bound) / 2n

const setLimit = async ({ people, limits }: Desk, place: CapPlace, own: bigint): Promise<void> => {
  const body = { ...place, limit: Usd.encode(pico(own)) }
  await limits.change(place, { own }, async () => {
    const { refused } = await surely(people[0], 'PUT', '/v1/caps', body)
    return refused === undefined
  })
}

const raise = async (desk: Desk, { halves, forMs }: Extract<Step, { do: 'raise' }>): Promise<void> => {
  const { people, limits, bound } = desk
  const { raised, limit: now } = await monthAt(people[0])
  const own = raised?.base ?? now
  const limit = own + (BigInt(halves + 1) * bound) / 2n
  const until = Date.now() + forMs
  const body = { ...month, limit: Usd.encode(pico(limit)), until: new Date(until).toISOString() }
  await limits.change(month, { own, raised: { limit, until } }, async () => {
    const { refused } = await surely(people[0], 'PUT', '/v1/caps/raise', body)
    return refused === undefined
  })
}

const removeCap = async ({ people, limits }: Desk, place: CapPlace): Promise<void> => {
  const query = new URLSearchParams(place)
  await limits.change(place, undefined, async () => {
    await surely(people[0], 'DELETE', `/v1/caps?${query}`)
    return true
  })
}

/** Changes a cap as a step says. */
export const changeCap = async (
  desk: Desk,
  step: Extract<Step, { do: 'limit' | 'raise' | 'cap' | 'uncap' }>,
): Promise<void> => {
  if (step.do === 'raise') return raise(desk, step)
  if (step.do === 'uncap') return removeCap(desk, desk.places[step.which])
  const place = step.do === 'limit' ? month : desk.places[step.which]
  await setLimit(desk, place, await limitOf(desk, step.halves))
}

const draftOnce = async (
  person: Person,
  request: ReturnType<typeof draftRequest>,
  leavesAfter: number,
): Promise<'ended' | 'cut'> => {
  const leaving = new AbortController()
  let events = 0
  const onEvent = (): void => {
    events += 1
    if (events === leavesAfter) leaving.abort()
  }
  return person.draft(request, { onEvent, signal: leaving.signal }).then(
    ({ cut }) => (cut ? 'cut' : 'ended'),
    () => 'cut',
  )
}

/** Asks for as many drafts at once as the step has acts; resolves when every stream has ended, one way or another. */
export const askAll = async (desk: Desk, step: Extract<Step, { do: 'ask' }>): Promise<void> => {
  const { world, people } = desk
  world.simulator.plan({
    provider: desk.provider,
    next: step.acts.map((act) => ({ do: act, delayMs: DELTA_MS })),
  })
  const drafts = step.acts.map(async (_, index) => {
    const person = people[index % 2] ?? people[0]
    const request = draftRequest(`Where is parcel ${crypto.randomUUID()}?`)
    const ended = await draftOnce(person, request, step.leavesAfter)
    if (ended === 'cut' && step.asksAgain) await draftOnce(person, request, Number.POSITIVE_INFINITY)
  })
  await Promise.all(drafts)
}
