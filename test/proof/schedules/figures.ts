import assert from 'node:assert/strict'
import type { ScopedCap } from '../../../shared/cap.ts'
import { type Figures, nameOf } from './model.ts'
import type { Table } from './table.ts'

const shown = ({ limit, reserve, settled, held }: ScopedCap): Figures => ({ limit, reserve, settled, held })

/** Every cap that is set shows what the model adds up, whenever it was set; and no other is shown. */
export const expectFigures = async ({ books, model }: Table): Promise<void> => {
  const caps = await books.caps()
  const { now, timeZone } = books.clock
  const expected = model.figures(now, timeZone)
  assert.deepEqual(new Map(caps.map((cap) => [nameOf(cap), shown(cap)])), expected)
  for (const { limit, settled, held, left, period } of caps) {
    const used = settled + held
    assert.equal(left, used > limit ? 0n : limit - used)
    assert.ok(period.startsAt <= now && now < period.endsAt, 'a cap counts in a period that is not now')
  }
}
