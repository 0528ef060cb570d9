/** How a simulated model thinks: whether it does so unasked, and which efforts it takes. */
type Habit = { readonly thinksUnasked: boolean; readonly efforts: readonly string[] }

const anthropicEfforts = ['low', 'medium', 'high', 'xhigh', 'max']

const habits: readonly (readonly [RegExp, Habit])[] = [
  [/^claude-(opus|sonnet|fable|haiku)-5/, { thinksUnasked: true, efforts: anthropicEfforts }],
  [/^claude-(opus-4-[5678]|sonnet-4-6)/, { thinksUnasked: false, efforts: anthropicEfforts }],
  [
    /^gpt-5(-mini|-nano)?(-\d{4}.*)?$/,
    { thinksUnasked: true, efforts: ['minimal', 'low', 'medium', 'high'] },
  ],
  [/^o\d/, { thinksUnasked: true, efforts: ['low', 'medium', 'high'] }],
  [/^gpt-(5\.|6)/, { thinksUnasked: true, efforts: ['none', 'low', 'medium', 'high', 'xhigh', 'max'] }],
]

const habitOf = (model: string): Habit =>
  habits.find(([pattern]) => pattern.test(model))?.[1] ?? { thinksUnasked: false, efforts: [] }

export const takesEffort = (model: string, effort: string): boolean => habitOf(model).efforts.includes(effort)

export const takesAnyEffort = (model: string): boolean => habitOf(model).efforts.length > 0

/** Models that refuse to be told not to think. */
export const alwaysThinks = (model: string): boolean => /^claude-(opus-5-5|sonnet-5-5|fable-5-1)$/.test(model)

const hidden: Readonly<Record<string, number>> = { none: 0, minimal: 0, low: 48 }
const UNASKED = 210

/** Hidden tokens that the model spends before its answer. */
export const hiddenTokens = (model: string, effort: string | undefined, disabled: boolean): number => {
  if (disabled) return 0
  if (effort !== undefined) return hidden[effort] ?? UNASKED
  return habitOf(model).thinksUnasked ? UNASKED : 0
}
