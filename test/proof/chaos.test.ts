import { describe, test } from 'vitest'
import { proveChaos } from './chaos.ts'
import { expectProven } from './proven.ts'

describe('drafts while both providers fail at random', () => {
  test('are whole from one provider, marked parts, or refused with the true reason, and the books are right', () =>
    expectProven(proveChaos))
})
