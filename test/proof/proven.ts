import { expect } from 'vitest'
import { engine } from '../engine.ts'
import { holds, type Proof } from './proof.ts'
import { reduced } from './sizes.ts'

/** Runs a proof at its reduced size on the engine under test, and fails by the rows that are not zero. */
export const expectProven = async (prove: Proof): Promise<void> => {
  const said: string[] = []
  const rows = await prove(engine, reduced, (progress) => void said.push(progress))
  expect(rows).not.toEqual([])
  expect(
    rows.filter((row) => !holds(row)),
    said.join('\n'),
  ).toEqual([])
}
