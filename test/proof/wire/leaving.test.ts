import { describe, test } from 'vitest'
import { expectProven } from '../proven.ts'
import { proveLeaving } from './leaving.ts'

describe('a reader who leaves at any boundary of a stream', () => {
  test('has one receipt that equals the bill, since the stream is heard to its end', () =>
    expectProven(proveLeaving))
})
