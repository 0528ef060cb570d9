import { type Picodollars, pico, sum } from '../../../shared/money.ts'
import type { Spend, SpendDay } from '../../../shared/spend.ts'
import { daysIn } from './months.ts'

/** What each model cost on one day, and all of them. `day` is `2026-11-21` in the workspace's time zone. */
export type DayFigures = {
  readonly day: string
  readonly byModel: ReadonlyMap<string, Picodollars>
  readonly total: Picodollars
}

/** A model as it is drawn and listed: its id is unique with its provider. */
export type ModelFigures = {
  readonly key: string
  readonly name: string
  readonly total: Picodollars
  readonly receipts: number
}

const keyOf = ({ provider, model }: SpendDay): string => `${provider}/${model}`

/** All days of the month in order, also those to come. A day beside it counts in it where the workspace moved to another time zone. */
const daysOf = ({ month, days }: Spend): readonly string[] =>
  [...new Set([...daysIn(month), ...days.map(({ day }) => day)])].toSorted()

/** The models of the period, dearest first. */
export const modelsOf = ({ days }: Spend): readonly ModelFigures[] => {
  const groups = [...Map.groupBy(days, keyOf)]
  return groups
    .map(([key, lines]) => ({
      key,
      name: lines[0]?.modelName ?? key,
      total: sum(lines.map(({ settled }) => settled)),
      receipts: lines.reduce((count, { receipts }) => count + receipts, 0),
    }))
    .toSorted((one, other) => (other.total > one.total ? 1 : -1))
}

const figuresOf = (day: string, lines: readonly SpendDay[]): DayFigures => ({
  day,
  byModel: new Map(
    [...Map.groupBy(lines, keyOf)].map(([key, own]) => [key, sum(own.map(({ settled }) => settled))]),
  ),
  total: sum(lines.map(({ settled }) => settled)),
})

/** Each day by itself. */
export const byDay = (spend: Spend): readonly DayFigures[] => {
  const lines = Map.groupBy(spend.days, ({ day }) => day)
  return daysOf(spend).map((day) => figuresOf(day, lines.get(day) ?? []))
}

/** Each day with all before it, up to the last day that cost something; days after it are empty. */
export const soFar = (spend: Spend): readonly DayFigures[] => {
  const last =
    spend.days
      .map(({ day }) => day)
      .toSorted()
      .at(-1) ?? ''
  return daysOf(spend).map((day) =>
    figuresOf(day, day > last ? [] : spend.days.filter((line) => line.day <= day)),
  )
}

/**
 * What all replies cost for each that was inserted, a resolution's receipts summed and those that nobody used with them; rounded down to a whole
 * picodollar. Undefined when none was inserted.
 */
export const perInserted = ({ inserted, replyCost }: Spend): Picodollars | undefined =>
  inserted === 0 ? undefined : pico(replyCost / BigInt(inserted))

/** What a reply costs on average, rounded down to a whole picodollar. Undefined when there was none. */
export const perReply = ({ replies, replyCost }: Spend): Picodollars | undefined =>
  replies === 0 ? undefined : pico(replyCost / BigInt(replies))
