import { describe, expect, test } from 'vitest'
import { changeInWords } from '../extension/options/spend/change.ts'
import { daysIn, monthAfter } from '../extension/options/spend/months.ts'
import { type Language, localeOf, startWords } from '../extension/ui/words/words.ts'
import { dollars, zero } from '../shared/money.ts'
import type { Spend, SpendDriver } from '../shared/spend.ts'

const period = {
  kind: 'month' as const,
  timeZone: 'Europe/Berlin',
  startsAt: Date.parse('2026-10-31T23:00:00Z'),
  endsAt: Date.parse('2026-11-30T23:00:00Z'),
}

const month: Spend = {
  cap: {
    limit: dollars('50'),
    settled: dollars('37.10'),
    held: zero,
    left: dollars('12.90'),
    reserve: zero,
    raised: null,
    period,
  },
  month: '2026-11',
  whose: 'everybody',
  settled: dollars('37.10'),
  days: [],
  fallbacks: [],
  members: [],
  channels: [],
  replies: 1_441,
  replyCost: dollars('37'),
  overshoot: zero,
  playground: zero,
  estimated: 0,
  before: {
    month: '2026-10',
    until: Date.parse('2026-10-21T12:00:00Z'),
    settled: dollars('24.70'),
    replies: 1_400,
    replyCost: dollars('24.60'),
  },
  drivers: [
    { by: 'model', id: 'openai/gpt-6-luna', name: 'GPT-6 luna', difference: dollars('10.10') },
    { by: 'replies', before: 1_400, after: 1_441, difference: dollars('8.20') },
    { by: 'reply-cost', before: dollars('0.019'), after: dollars('0.021'), difference: dollars('4.20') },
  ],
  notices: [],
  inserted: 0,
  untold: 0,
  foreignUse: [],
}

const said = (language: Language, spend: Spend): string | undefined =>
  changeInWords({ t: startWords(language).t, locale: localeOf(language) }, spend)?.replaceAll('\u00a0', ' ')

const driver = (difference: string, name: string | null): SpendDriver => ({
  by: 'member',
  id: name,
  name,
  difference: dollars(difference),
})

describe('the sentence on what drove a month', () => {
  test('tells the total, what explains most of it, how many replies, and what each cost', () => {
    expect(said('en', month)).toBe(
      '$12.40 more than by this day in October. Most of it: GPT-6 luna (+$10.10). 41 more replies (+$8.20). Each cost $0.021 instead of $0.019 (+$4.20).',
    )
    expect(said('de', month)).toBe(
      '12,40 $ mehr als bis zu diesem Tag im Oktober. Das meiste davon: GPT-6 luna (+10,10 $). 41 Antworten mehr (+8,20 $). Jede kostete 0,021 $ statt 0,019 $ (+4,20 $).',
    )
  })

  test('compares a month that is over with the whole one before', () => {
    const past = { ...month, month: '2026-09', settled: dollars('20'), drivers: [] }
    expect(said('en', past)).toBe('$4.70 less than in October.')
  })

  test('names what pulled the same way as the whole, and calls it most only when it is', () => {
    const less = { ...month, settled: dollars('20') }
    const drivers = [driver('9', 'Dana'), driver('-2', null), driver('-1.50', 'Aya')]
    expect(said('en', { ...less, drivers })).toBe(
      '$4.70 less than by this day in October. The largest part: Aya (-$1.50).',
    )
    expect(said('en', { ...less, drivers: [driver('-4', 'Aya')] })).toContain('Most of it: Aya (-$4.00).')
  })

  test('says nothing without a month before, and that nothing changed when nothing did', () => {
    expect(said('en', { ...month, before: null })).toBeUndefined()
    expect(said('en', { ...month, settled: dollars('24.70'), drivers: [] })).toBe(
      'As much as by this day in October.',
    )
  })
})

test('months follow each other over the end of a year, and February has its days', () => {
  expect([monthAfter('2026-12', 1), monthAfter('2026-01', -1)]).toEqual(['2027-01', '2025-12'])
  expect(daysIn('2028-02').at(-1)).toBe('2028-02-29')
  expect(daysIn('2026-02')).toHaveLength(28)
})
