import { describe, test } from 'vitest'
import { expectProven } from './proven.ts'
import { proveSchedules, proveSchedulesAtOnce } from './schedules.ts'

describe('after any schedule of what may happen to holds, caps and calendars', () => {
  test('no grant has passed a cap, no hold is left, and every book says what the provider bills', async () => {
    await expectProven(proveSchedules)
  })

  test('nor has any when everything happens at once', async () => {
    await expectProven(proveSchedulesAtOnce)
  })
})
