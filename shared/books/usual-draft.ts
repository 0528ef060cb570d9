import { type Picodollars, pico } from '../money.ts'

/** Tokens of a usual draft: a thread of a few messages with what is told to the model besides, and a reply of some paragraphs. */
const usual = { input: 2_000n, output: 400n }

type PerMillion = { readonly input: bigint; readonly output: bigint }

/** What a usual draft costs at prices per million tokens, cut off to whole picodollars: to compare models by, never to bill. */
export const usualCost = ({ input, output }: PerMillion): Picodollars =>
  pico((input * usual.input + output * usual.output) / 1_000_000n)
