import { StatementSync } from 'node:sqlite'
import { vi } from 'vitest'
import { draftRequest, type World } from '../world.ts'

const ROUNDS = 40

/** What one draft took: milliseconds until its last event, and statements that the vault's embedded database ran. */
type Taken = { readonly ms: number; readonly statements: number }

/** Counts the statements that run on any embedded database of this process while some work is done. */
const counting = async (work: () => Promise<unknown>): Promise<number> => {
  const [all, run] = [vi.spyOn(StatementSync.prototype, 'all'), vi.spyOn(StatementSync.prototype, 'run')]
  try {
    await work()
    return all.mock.calls.length + run.mock.calls.length
  } finally {
    all.mockRestore()
    run.mockRestore()
  }
}

const draftOnce = async ({ owner }: World): Promise<Taken> => {
  const asked = draftRequest('Where is my parcel?')
  await owner.currentToken()
  const began = performance.now()
  const statements = await counting(async () => {
    const { receipt } = await owner.draft(asked)
    if (receipt?.attempts.length !== 1) throw new Error('a draft was not answered by its primary at once')
  })
  return { ms: performance.now() - began, statements }
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0

/** Of drafts that took `taken`: the median time, and the fewest statements, since the vault's regular jobs run some beside. */
const summary = (taken: readonly Taken[]) => ({
  ms: median(taken.map(({ ms }) => ms)),
  statements: Math.min(...taken.map(({ statements }) => statements)),
})

/** Drafts in two worlds by turns, so that both find the machine as busy, and tells what each took. */
export const drafted = async (one: World, other: World) => {
  const taken: [Taken[], Taken[]] = [[], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    taken[0].push(await draftOnce(one))
    taken[1].push(await draftOnce(other))
  }
  return [summary(taken[0]), summary(taken[1])] as const
}
