import { describe, expect, test } from 'vitest'
import { PairingCodeAnswer } from '../shared/pairing.ts'
import { ReceiptPage } from '../shared/receipts.ts'
import { draftRequest, given } from './world.ts'

const asked = draftRequest('My parcel 4711 never came. Where is it?')

describe('a draft that is kept for its device', () => {
  test('comes again to the browser that asked, to the word, without a call', async () => {
    await using world = await given()
    const first = await world.owner.draft(asked)
    const bill = await world.bill()
    const again = await world.owner.draft(asked)
    expect(again.text).toBe(first.text)
    expect(again.receipt).toEqual(first.receipt)
    expect(await world.bill()).toBe(bill)
  })

  test('is not told to the same member’s other browser, which reads the receipt and pays nothing', async () => {
    await using world = await given()
    const first = await world.owner.draft(asked)
    const bill = await world.bill()
    const { code } = await world.owner.change(
      'POST',
      '/v1/pairing-codes',
      { kind: 'device' },
      PairingCodeAnswer,
    )
    const other = await world.newBrowser()
    await other.pair(code)
    const again = await other.draft(asked)
    expect(again.text).toBe('')
    expect(again.problem).toMatchObject({ slug: 'draft-gone', facts: { receiptId: first.receipt?.id } })
    expect(await world.bill()).toBe(bill)
    expect(other.answers().join('\n')).not.toContain(first.text.slice(0, 30))
  })

  test('is not told to another member with the same key and words, whose draft is a new one of their own', async () => {
    await using world = await given()
    const anna = await world.owner.invite('agent', 'Anna')
    const first = await world.owner.draft(asked)
    const hers = await anna.draft({
      ...asked,
      ...(first.receipt && { resolutionId: first.receipt.resolutionId }),
    })
    expect(hers.receipt).toMatchObject({ memberName: 'Anna' })
    expect(hers.receipt?.id).not.toBe(first.receipt?.id)
    const { receipts } = await anna.read('/v1/receipts', ReceiptPage)
    expect(receipts.map(({ id }) => id)).toEqual([hers.receipt?.id])
    expect((await anna.request('GET', `/v1/receipts/${first.receipt?.id}`)).problem?.slug).toBe('not-found')
  })

  test('is not told for other words under the same key, nor for a key that the vault made itself', async () => {
    await using world = await given()
    await world.owner.draft(asked)
    const other = await world.owner.draft({ ...asked, instruction: 'shorter' })
    expect([other.status, other.problem?.slug, other.text]).toEqual([409, 'key-reused', ''])
    const { receipts } = await world.owner.read('/v1/receipts', ReceiptPage)
    const verified = receipts.find(({ purpose }) => purpose === 'verify')
    const guess = await world.owner.draft({ ...asked, idempotencyKey: verified?.id ?? '' })
    expect([guess.status, guess.problem?.slug]).toEqual([409, 'key-reused'])
  })

  test('is gone after ten minutes, while its receipt stays', async () => {
    let now = Date.parse('2026-11-21T10:00:00Z')
    await using world = await given({ now: () => now })
    const first = await world.owner.draft(asked)
    now += 10 * 60_000
    world.owner.forgetToken()
    const late = await world.owner.draft(asked)
    expect(late.problem).toMatchObject({ slug: 'draft-gone', facts: { receiptId: first.receipt?.id } })
    expect(late.text).toBe('')
  })
})
