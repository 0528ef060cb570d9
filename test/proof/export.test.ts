import { describe, test } from 'vitest'
import { proveExport } from './export.ts'
import { expectProven } from './proven.ts'

describe('an export of many receipts', () => {
  test('holds as much memory as one of few, whatever is sent, and has every receipt once', async () => {
    await expectProven(proveExport)
  })
})
