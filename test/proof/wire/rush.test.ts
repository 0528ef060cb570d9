import { describe, test } from 'vitest'
import { expectProven } from '../proven.ts'
import { proveRush } from './rush.ts'

describe('many who ask at once against one dollar', () => {
  test('never pass it, and being as patient as the panel spend it', () => expectProven(proveRush))
})
