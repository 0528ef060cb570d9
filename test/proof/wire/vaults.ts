import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { SILENCE_MS } from '../../../server/domain/books/vaults.ts'
import type { Proof } from '../proof.ts'
import { type Accounts, accountsOf } from './accounts.ts'
import { greater } from './amounts.ts'
import { openBeside, sweepAhead, untilAlone } from './database.ts'
import { askAll, capsAt, changeCap, type Desk } from './desk.ts'
import { type Fleet, startFleet } from './fleet.ts'
import { overshootOfGrants } from './grants.ts'
import { newLimits } from './limits.ts'
import { type Schedule, type Step, schedulesOf, VAULTS } from './steps.ts'
import { watchedWhile } from './watching.ts'

/** How long drafts may still run at the end before every vault is killed. */
const LAST_DRAFTS_MS = 1_500

const openDesk = async ({ world }: Fleet): Promise<Desk> => {
  const { owner } = world
  const agent = await owner.invite('admin', 'Ravi')
  const { events } = await owner.ask('Where is it?')
  const started = events.find((event) => event.type === 'started')
  if (started === undefined) throw new Error('no draft was begun')
  const { held: bound, provider, model } = started
  const memberId = await agent.memberId()
  return {
    world,
    provider,
    people: [owner, agent],
    bound,
    places: {
      'workspace-day': { scope: 'workspace', id: '', kind: 'day' },
      'member-month': { scope: 'member', id: memberId, kind: 'month' },
      'member-day': { scope: 'member', id: memberId, kind: 'day' },
      'model-month': { scope: 'model', id: `${provider}/${model}`, kind: 'month' },
    },
    limits: newLimits(await capsAt(owner)),
  }
}

const play = async (fleet: Fleet, desk: Desk, step: Step, drafts: Promise<void>[]): Promise<void> => {
  if (step.do === 'ask') drafts.push(askAll(desk, step))
  else if (step.do === 'wait') await pause(step.ms)
  else if (step.do === 'start') await fleet.start(step.which)
  else if (step.do !== 'kill' && step.do !== 'stop') await changeCap(desk, step)
  else if (fleet.running() > 1) await fleet[step.do](step.which)
}

type Found = Accounts & {
  readonly overshoot: bigint
  readonly grants: number
  readonly looks: number
  readonly swept: number
}

const checked = async ({ world, limits }: Desk, workspace: string, timeZone: string) => {
  const database = openBeside(world)
  try {
    await untilAlone(database)
    const swept = await sweepAhead(database, SILENCE_MS + 1)
    await world.simulator.settled()
    const accounts = await accountsOf({ database, workspace, calls: world.simulator.calls() })
    return { ...accounts, ...(await overshootOfGrants({ database, workspace }, limits, timeZone)), swept }
  } finally {
    await database.close()
  }
}

const playAll = async ({ provider, steps }: Schedule): Promise<Found> => {
  await using fleet = await startFleet(VAULTS, [provider])
  const desk = await openDesk(fleet)
  const { workspace } = await desk.people[0].status()
  const { timeZone } = (await desk.people[0].cap()).period
  const drafts: Promise<void>[] = []
  await changeCap(desk, { do: 'limit', halves: 20 })
  const { passed, looks } = await watchedWhile(desk, async () => {
    for (const step of steps) await play(fleet, desk, step, drafts)
    await Promise.race([Promise.all(drafts), pause(LAST_DRAFTS_MS)])
  })
  for (let which = 0; which < VAULTS; which += 1) await fleet.kill(which)
  await Promise.all(drafts)
  const found = await checked(desk, workspace.id, timeZone)
  return { ...found, looks, overshoot: greater(passed, found.overshoot) }
}

const isRight = ({ overshoot, leakedHolds, difference }: Found): boolean =>
  overshoot === 0n && leakedHolds === 0 && difference === 0n

const add = (all: Found, one: Found): Found => ({
  overshoot: greater(one.overshoot, all.overshoot),
  leakedHolds: all.leakedHolds + one.leakedHolds,
  difference: all.difference + one.difference,
  grants: all.grants + one.grants,
  looks: all.looks + one.looks,
  swept: all.swept + one.swept,
  exact: all.exact + one.exact,
  estimated: all.estimated + one.estimated,
})

const inWords = ({ grants, looks, exact, estimated, swept }: Found): string =>
  `${grants} grants, ${looks} looks, ${exact} calls exact, ${estimated} estimated, ${swept} of them swept`

/**
 * Three vault processes on one PostgreSQL database: drafts, caps that go up and down, readers who leave, providers that fail, vaults that are
 * killed, stopped and started. At each grant nothing passes a cap; at the end, after every vault is dead and one sweep, the books equal the bill.
 */
export const proveVaults: Proof = async (_engine, { seed, wire }, report) => {
  const { count, steps } = wire.schedules
  let found: Found | undefined
  let played = 0
  const property = fc.asyncProperty(schedulesOf(steps), async (schedule) => {
    const one = await playAll(schedule)
    found = found === undefined ? one : add(found, one)
    played += 1
    report(`schedule ${played} of ${count}`)
    return isRight(one)
  })
  const chance = seed === undefined ? {} : { seed }
  const run = await fc.check(property, { numRuns: count, endOnFailure: true, ...chance })
  const anew = run.failed ? `seed ${run.seed}, path ${run.counterexamplePath}` : ''
  if (run.failed) report(`a schedule failed (${anew}): ${JSON.stringify(run.counterexample)}`)
  if (found === undefined || (run.failed && isRight(found)))
    throw new Error(`a schedule ended with ${String(run.errorInstance)} (${anew})`, {
      cause: run.errorInstance,
    })
  const { overshoot, leakedHolds, difference } = found
  return [
    {
      proof: 'three vaults, kill -9',
      engine: 'postgres',
      processes: VAULTS,
      schedules: played,
      overshoot,
      leakedHolds,
      difference,
      measured: run.failed ? `failed: ${anew}` : inWords(found),
    },
  ]
}
