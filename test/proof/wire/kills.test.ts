import { describe, test } from 'vitest'
import { expectProven } from '../proven.ts'
import { proveKills } from './kills.ts'

describe('a vault that is killed in the middle of many streams', () => {
  test('leaves a line for each, none at zero that brought text, and no hold that refuses anybody', () =>
    expectProven(proveKills))
})
