import { describe, expect, test } from 'vitest'
import { given } from './world.ts'

describe.for([{ process: false }, { process: true }])(
  'a world with a vault, own process: $process',
  (how) => {
    test('drafts on the owner’s key, and its receipt equals the bill', async () => {
      await using world = await given({ ...how, keys: ['anthropic', 'openai'] })
      const heard = await world.owner.ask('I was charged twice in October. Can you check?')
      expect(heard.problem).toBeUndefined()
      expect(heard.text).toContain('Dana')
      const settled = (await world.owner.receipts()).reduce((sum, receipt) => sum + receipt.settled, 0n)
      expect(settled).toBe(await world.bill())
      expect((await world.owner.cap()).settled).toBe(settled)
    })

    test('keeps its books over a restart', async () => {
      await using world = await given(how)
      await world.owner.ask('Where is my parcel?')
      const before = await world.owner.receipts()
      await world.restart()
      expect(await world.owner.receipts()).toEqual(before)
    })

    test('lets a member in by an invitation', async () => {
      await using world = await given(how)
      const agent = await world.owner.invite('agent', 'Mira Holm')
      expect((await agent.status()).member).toMatchObject({ role: 'agent', name: 'Mira Holm' })
    })
  },
)
