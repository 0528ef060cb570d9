import { describe, test } from 'vitest'
import { expectProven } from '../proven.ts'
import { proveVaults } from './vaults.ts'

describe('three vaults that are killed, stopped and started while caps go up and down', () => {
  test('pass no cap at any grant, leak no hold, and have books that equal the bill', () =>
    expectProven(proveVaults))
})
