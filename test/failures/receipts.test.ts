import { describe, expect, test } from 'vitest'
import { fitting } from '../../extension/options/receipts/fitting.ts'
import { ReceiptPage } from '../../shared/receipts.ts'
import { givenBackup } from '../fallback/desk.ts'

describe('receipts of replies that needed the backup', () => {
  test('are found by it: in the list, in a file, and in a browser’s copy', async () => {
    await using world = await givenBackup()
    await world.owner.ask('Where is it?')
    world.simulator.plan({ provider: 'anthropic', next: ['overloaded'] })
    const { receipt } = await world.owner.ask('Where is it?')
    const { receipts } = await world.owner.read('/v1/receipts?fellBack=yes', ReceiptPage)
    expect(receipts.map(({ id, fellBack }) => [id, fellBack])).toEqual([[receipt?.id, true]])
    const file = await world.owner.request('GET', '/v1/receipts/export?fellBack=yes')
    expect(file.text.trim().split('\n')).toHaveLength(1)
    expect(file.text).toContain(receipt?.id)
    const all = await world.owner.receipts()
    expect(fitting(all, { fellBack: 'yes' }).map(({ id }) => id)).toEqual([receipt?.id])
  })

  test('are counted on the day that they were asked for', async () => {
    await using world = await givenBackup()
    world.simulator.plan({ provider: 'anthropic', next: ['overloaded'] })
    await world.owner.ask('Where is it?')
    await world.owner.ask('Where is it?')
    const { fallbacks } = await world.owner.spend()
    expect(fallbacks.map(({ replies, fellBack }) => [replies, fellBack])).toEqual([[2, 1]])
  })
})
