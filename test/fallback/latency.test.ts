import { describe, expect, test } from 'vitest'
import { given } from '../world.ts'
import { givenBackup, restsIn } from './desk.ts'
import { drafted } from './latency.ts'

/** A healthy primary must not become this much slower, however busy the machine is. */
const LOOSE_RATIO = 1.5

describe('a backup that is turned on', () => {
  test('costs a healthy primary no statement and no time that could be measured', async () => {
    const plain = { engine: 'sqlite', settings: { OWNKEY_DRAFTS_PER_HOUR: '1000' } } as const
    await using alone = await given(plain)
    await using backed = await givenBackup(plain)
    const [without, with_] = await drafted(alone, backed)
    const ratio = with_.ms / without.ms
    process.stdout.write(
      `median draft ${with_.ms.toFixed(1)} ms with a backup, ${without.ms.toFixed(1)} ms without: ratio ${ratio.toFixed(3)}\n`,
    )
    expect(with_.statements).toBe(without.statements)
    expect(await restsIn(backed)).toEqual([])
    expect(ratio).toBeLessThan(LOOSE_RATIO)
  })
})
