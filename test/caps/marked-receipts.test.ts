import { describe, expect, test } from 'vitest'
import { fitting } from '../../extension/options/receipts/fitting.ts'
import { Cap } from '../../shared/cap.ts'
import { ReceiptPage } from '../../shared/receipts.ts'
import { given } from '../world.ts'

describe('receipts that were marked urgent', () => {
  test('are found by their mark: in the list, in a file, and in a browser’s copy', async () => {
    await using world = await given()
    await world.owner.ask('Where is it?')
    await world.owner.change('PUT', '/v1/cap/reserve', { reserve: '50' }, Cap)
    expect((await world.owner.ask('Where is it?')).problem?.slug).toBe('cap-reached')
    const { receipt } = await world.owner.ask('Where is it?', { urgent: true })
    const { receipts } = await world.owner.read('/v1/receipts?urgent=yes', ReceiptPage)
    expect(receipts.map(({ id, urgentBy }) => [id, urgentBy?.name])).toEqual([[receipt?.id, 'Olive Owner']])
    const file = await world.owner.request('GET', '/v1/receipts/export?urgent=yes')
    expect(file.text.trim().split('\n')).toHaveLength(1)
    expect(file.text).toContain(receipt?.id)
    const all = await world.owner.receipts()
    expect(fitting(all, { urgent: 'yes' }).map(({ id }) => id)).toEqual([receipt?.id])
  })
})
