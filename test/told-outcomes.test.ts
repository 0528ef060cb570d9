import { describe, expect, test } from 'vitest'
import { dollars, sum } from '../shared/money.ts'
import { Receipt, ReceiptChanges, ReceiptPage, type ToldOutcome } from '../shared/receipts.ts'
import { canary, caughtIn } from './canaries.ts'
import type { Device } from './device.ts'
import { given } from './world.ts'

const idOf = ({ receipt }: { receipt: Receipt | undefined }): string => {
  if (receipt === undefined) throw new Error('a draft ended without a receipt')
  return receipt.id
}

const tell = (by: Device, id: string, outcome: ToldOutcome['outcome'], editedPercent = 0) =>
  by.request('POST', `/v1/receipts/${id}/outcome`, { outcome, editedPercent })

const toldOf = async (by: Device, id: string) => (await by.read(`/v1/receipts/${id}`, Receipt)).told

const changesOf = (by: Device, after?: string) =>
  by.read(`/v1/receipts/changes${after === undefined ? '' : `?after=${after}`}`, ReceiptChanges)

const ledgerOf = async (by: Device): Promise<readonly string[]> =>
  (await by.request('GET', '/v1/chains/ledger/export')).text.trimEnd().split('\n').slice(1, -1)

const toldEvents = async (by: Device): Promise<readonly string[]> =>
  (await ledgerOf(by)).filter((line) => line.includes('outcome-told'))

describe('what became of a draft', () => {
  test('comes back as a distance and stands on the receipt, in the list, in what changed and in the ledger', async () => {
    await using world = await given()
    const { owner } = world
    const id = idOf(await owner.ask('Where is it?'))
    expect(await toldOf(owner, id)).toBeNull()
    const { next } = await changesOf(owner)

    const answer = await tell(owner, id, 'inserted', 12)
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      200,
      { outcome: 'inserted', editedPercent: 12 },
    ])

    const told = { outcome: 'inserted', editedPercent: 12 }
    expect(await toldOf(owner, id)).toEqual(told)
    expect((await owner.read('/v1/receipts', ReceiptPage)).receipts[0]).toMatchObject({ id, told })
    expect((await changesOf(owner, next)).receipts).toMatchObject([{ id, told }])
    const [event, ...others] = await toldEvents(owner)
    expect(others).toEqual([])
    expect(event).toContain(id)
    expect(event).toContain('\\"editedPercent\\":12')
  })

  test('is told once: again it changes nothing, and only a stronger outcome takes its place', async () => {
    await using world = await given()
    const { owner } = world
    const id = idOf(await owner.ask('Where is it?'))
    const told = async (outcome: ToldOutcome['outcome'], editedPercent: number) =>
      JSON.parse((await tell(owner, id, outcome, editedPercent)).text)
    const discarded = { outcome: 'discarded', editedPercent: 0 }
    const copied = { outcome: 'copied', editedPercent: 3 }
    const inserted = { outcome: 'inserted', editedPercent: 5 }
    expect(await told('discarded', 0)).toEqual(discarded)
    expect(await told('discarded', 0)).toEqual(discarded)
    expect(await told('copied', 3)).toEqual(copied)
    expect(await told('inserted', 5)).toEqual(inserted)
    const events = await toldEvents(owner)
    expect(events).toHaveLength(3)
    const { next } = await changesOf(owner)
    expect(await told('inserted', 80)).toEqual(inserted)
    expect(await told('copied', 90)).toEqual(inserted)
    expect(await told('discarded', 0)).toEqual(inserted)
    expect(await toldEvents(owner)).toEqual(events)
    expect((await changesOf(owner, next)).receipts).toEqual([])
  })

  test('is told by several surfaces at once and written down once', async () => {
    await using world = await given()
    const { owner } = world
    const id = idOf(await owner.ask('Where is it?'))
    await Promise.all([
      tell(owner, id, 'inserted', 1),
      tell(owner, id, 'inserted', 1),
      tell(owner, id, 'inserted', 1),
    ])
    expect(await toldEvents(owner)).toHaveLength(1)
  })

  test('is for the member alone who made the draft, and only for a draft', async () => {
    await using world = await given()
    const { owner } = world
    const id = idOf(await owner.ask('Where is it?'))
    const admin = await owner.invite('admin', 'Ada Admin')
    const never = await tell(admin, crypto.randomUUID(), 'inserted')
    const others = await tell(admin, id, 'inserted')
    expect([never.status, never.problem?.slug]).toEqual([404, 'not-found'])
    expect([others.status, others.problem?.slug]).toEqual([404, 'not-found'])
    const { receipts } = await owner.read('/v1/receipts?purpose=verify', ReceiptPage)
    const [verification] = receipts
    expect((await tell(owner, verification?.id ?? '', 'inserted')).problem?.slug).toBe('not-found')
    expect(await toldOf(owner, id)).toBeNull()
  })

  test('takes no text and no distance that is none', async () => {
    await using world = await given()
    const { owner } = world
    const id = idOf(await owner.ask('Where is it?'))
    const words = canary('ToldText')
    for (const body of [
      { outcome: 'inserted' },
      { outcome: 'lost', editedPercent: 0 },
      { outcome: 'inserted', editedPercent: -1 },
      { outcome: 'inserted', editedPercent: 101 },
      { outcome: 'inserted', editedPercent: 1.5 },
      { outcome: 'inserted', editedPercent: 1, text: words.text },
      { outcome: words.text, editedPercent: 1 },
    ]) {
      const { problem } = await owner.request('POST', `/v1/receipts/${id}/outcome`, body)
      expect(problem?.slug).toBe('malformed-request')
    }
    expect(await toldOf(owner, id)).toBeNull()
    expect(caughtIn(world.output(), [words])).toEqual([])
  })

  test('narrows the list, and so does the resolution', async () => {
    await using world = await given()
    const { owner } = world
    const first = await owner.ask('Where is it?')
    const resolutionId = first.receipt?.resolutionId ?? ''
    const second = idOf(
      await owner.ask('Shorter', { resolutionId, previous: 'It is here.', instruction: 'Shorter' }),
    )
    const other = idOf(await owner.ask('When does it come?'))
    await tell(owner, second, 'inserted')
    await tell(owner, idOf(first), 'discarded')
    const ids = async (query: string) =>
      (await owner.read(`/v1/receipts?${query}`, ReceiptPage)).receipts.map(({ id }) => id)
    expect(await ids('told=inserted')).toEqual([second])
    expect(await ids('told=discarded')).toEqual([idOf(first)])
    expect(await ids('told=nothing')).toEqual([other])
    expect(await ids('told=copied')).toEqual([])
    expect(await ids(`resolutionId=${resolutionId}`)).toEqual([second, idOf(first)])
  })
})

describe('the cost per inserted reply', () => {
  test('is all that replies cost over the resolutions of which one was inserted', async () => {
    await using world = await given()
    const { owner } = world
    const first = await owner.ask('Where is it?')
    const resolutionId = first.receipt?.resolutionId ?? ''
    const refined = await owner.ask('Shorter', {
      resolutionId,
      previous: 'It is here.',
      instruction: 'Shorter',
    })
    const thrown = await owner.ask('When does it come?')
    const unknown = await owner.ask('Is it blue?')
    expect(await owner.spend()).toMatchObject({ replies: 4, inserted: 0, untold: 3 })

    await tell(owner, idOf(refined), 'inserted', 10)
    await tell(owner, idOf(first), 'discarded')
    await tell(owner, idOf(thrown), 'discarded')
    const spend = await owner.spend()
    expect(spend).toMatchObject({ replies: 4, inserted: 1, untold: 1 })
    const each = [first, refined, thrown, unknown].map(({ receipt }) => receipt?.settled ?? dollars('0'))
    expect(spend.replyCost).toBe(sum(each))
    await tell(owner, idOf(first), 'inserted', 10)
    expect(await owner.spend()).toMatchObject({ inserted: 1, untold: 1 })
  })

  test('of one member counts what became of their own drafts only', async () => {
    await using world = await given()
    const { owner } = world
    await tell(owner, idOf(await owner.ask('Where is it?')), 'inserted')
    const agent = await owner.invite('agent', 'Aya Agent')
    await agent.ask('When does it come?')
    expect(await agent.spend()).toMatchObject({ inserted: 0, untold: 1 })
    expect(await owner.spend()).toMatchObject({ inserted: 1, untold: 1 })
  })
})
