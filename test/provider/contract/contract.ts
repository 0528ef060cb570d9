import { afterAll, beforeAll } from 'vitest'
import { type Simulator, startSimulator } from '../simulator.ts'
import { healthy } from './answers.ts'
import { counts } from './counts.ts'
import { waysToEnd } from './endings.ts'
import { keys } from './keys.ts'
import { leaving } from './leaving.ts'
import { lists } from './lists.ts'
import type { Subject } from './subject.ts'

/** The simulator's day, so that no model ends while the tests grow old. */
const DAY = Date.parse('2026-11-21T10:00:00Z')

/** What every adapter owes the vault, tried on the real SDK against the simulator. */
export const keepsTheContract = (subject: Subject): (() => Simulator) => {
  let simulator: Simulator | undefined
  const running = (): Simulator => {
    if (simulator === undefined) throw new Error('the simulator has not started')
    return simulator
  }
  beforeAll(async () => {
    simulator = await startSimulator({ now: () => DAY })
  })
  afterAll(() => simulator?.close())
  for (const part of [waysToEnd, healthy, keys, leaving]) part(subject, running)
  if (!subject.lacks?.includes('lists')) lists(subject, running)
  if (!subject.lacks?.includes('counts')) counts(subject, running)
  return running
}
