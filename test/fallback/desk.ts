import { expect } from 'vitest'
import { checkBooks } from '../../server/commands/doctor/books.ts'
import { checkChains } from '../../server/commands/doctor/chains.ts'
import type { Rest } from '../../server/domain/drafts/resting.ts'
import type { Database } from '../../server/store/database.ts'
import { openPostgres } from '../../server/store/postgres.ts'
import { sqlResting } from '../../server/store/routing/resting.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import type { DraftEvent } from '../../shared/drafts.ts'
import { KeyList, type RoutingChange } from '../../shared/keys.ts'
import type { Attempt, Receipt } from '../../shared/receipts.ts'
import { type Given, given, type World } from '../world.ts'

/** Turns a backup on or off, allows a dearer one or chooses who answers first. */
export const routed = (world: World, change: RoutingChange): Promise<KeyList> =>
  world.owner.change('PUT', '/v1/routing', change, KeyList)

/** A world with Anthropic as primary and OpenAI as backup. */
export const givenBackup = async (wish: Given = {}): Promise<World> => {
  const world = await given({ keys: ['anthropic', 'openai'], ...wish })
  await routed(world, { primary: 'anthropic', backup: 'openai', dearer: true })
  return world
}

/** The database of a world, beside its vault. */
export const databaseOf = ({ settings, dataFolder }: World): Database =>
  settings.DATABASE_URL === undefined
    ? openSqlite(`${dataFolder}/ownkey.db`)
    : openPostgres(settings.DATABASE_URL)

/** Looks into the database of a world. */
const looking = async <T>(
  world: World,
  look: (database: Database, workspaceId: string) => Promise<T>,
): Promise<T> => {
  const { workspace } = await world.owner.status()
  const database = databaseOf(world)
  try {
    return await look(database, workspace.id)
  } finally {
    await database.close()
  }
}

/** Who rests in the workspace of a world. */
export const restsIn = (world: World): Promise<readonly Rest[]> =>
  looking(world, (database, workspaceId) => sqlResting(database).list(workspaceId))

/** The event that another key answers; undefined when none did. */
export const switchedIn = (events: readonly DraftEvent[]) => events.find((event) => event.type === 'switched')

/** The attempts of a receipt in short: who, how it ended and why. */
export const triedIn = (receipt: Receipt | undefined): readonly string[] =>
  receipt?.attempts.map(({ provider, outcome, failure }) =>
    [provider, outcome, ...(failure === null ? [] : [failure])].join(' '),
  ) ?? []

/** What the providers billed for an attempt, by the id of the request that they told; undefined where they told none. */
const billOf = ({ simulator }: World, { providerRequestId }: Attempt): bigint | undefined =>
  simulator.calls().find(({ id }) => `req_${id}` === providerRequestId)?.picodollars

/**
 * Expects the books to be right: nothing is held; an exact attempt is what was billed for it, an estimated one between that and what was held;
 * both providers together billed no more than all that is settled; and the doctor finds nothing.
 */
export const expectSoundBooks = async (world: World): Promise<void> => {
  const bill = await world.bill()
  const receipts = await world.owner.receipts()
  expect((await world.owner.cap()).held).toBe(0n)
  for (const attempt of receipts.flatMap(({ attempts }) => attempts)) {
    const billed = billOf(world, attempt)
    if (billed !== undefined && attempt.certainty === 'exact') expect(attempt.settled).toBe(billed)
    expect(billed ?? 0n).toBeLessThanOrEqual(attempt.settled)
    expect(attempt.settled).toBeLessThanOrEqual(attempt.held)
  }
  expect(bill).toBeLessThanOrEqual(receipts.reduce((sum, { settled }) => sum + settled, 0n))
  const found = await looking(world, async (database) => [
    ...(await checkBooks(database.db)),
    ...(await checkChains(database.db, [])),
  ])
  expect(found.filter(({ state }) => state !== 'good')).toEqual([])
}
