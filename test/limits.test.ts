import { describe, expect, test } from 'vitest'
import { given } from './world.ts'

const PER_HOUR = 200
const HOUR_SECONDS = 3_600

describe('the rolling limit of a workspace', () => {
  test('holds when everybody asks at the same moment', async () => {
    await using world = await given()
    const anna = await world.owner.invite('agent', 'Anna')
    const asking = Array.from({ length: PER_HOUR + 10 }, (_, index) =>
      (index % 2 === 0 ? world.owner : anna).ask('Where is it?'),
    )
    const answers = await Promise.all(asking)
    expect(answers.filter(({ receipt }) => receipt !== undefined)).toHaveLength(PER_HOUR)
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(10)
    for (const { problem } of refused) {
      expect(problem).toMatchObject({ slug: 'rate-limited', facts: { limit: PER_HOUR } })
      const { retryAfterSeconds } =
        problem?.slug === 'rate-limited' ? problem.facts : { retryAfterSeconds: 0 }
      expect(retryAfterSeconds).toBeGreaterThan(HOUR_SECONDS - 120)
      expect(retryAfterSeconds).toBeLessThanOrEqual(HOUR_SECONDS)
    }
    expect((await world.owner.cap()).held).toBe(0n)
    expect((await world.owner.cap()).settled).toBe(await world.bill())
  })
})
