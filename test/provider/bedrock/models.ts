import { readFileSync } from 'node:fs'
import { z } from 'zod'

const Sold = z.object({
  of: z.string(),
  base: z.string(),
  global: z.array(z.string()),
  placed: z.array(z.string()),
  earlier: z.boolean().default(false),
  onDemand: z.boolean().default(false),
})

/** A model as AWS sells it: Anthropic's id, the ids that cost as much, and those that cost more. */
export type Sold = z.infer<typeof Sold>

/** What is sold on Bedrock, and the factor of whatever stays in one place. */
export const { models: soldOnBedrock, placed_multiplier: placedMultiplier } = z
  .object({ placed_multiplier: z.number(), models: z.array(Sold) })
  .parse(JSON.parse(readFileSync(new URL('models.json', import.meta.url), 'utf8')))

/** The parts of the world whose profiles a region has, beside those for everywhere. */
const parts: readonly (readonly [RegExp, string])[] = [
  [/^us-/, 'us'],
  [/^eu-/, 'eu'],
  [/^ap-northeast-1$/, 'jp'],
  [/^ap-southeast-2$/, 'au'],
  [/^ap-south-1$/, 'in'],
]

const partOf = (region: string): string | undefined => parts.find(([pattern]) => pattern.test(region))?.[1]

/** The profiles that a region has of a model. */
export const profilesIn = (region: string, { global, placed }: Sold): readonly string[] => {
  const part = partOf(region)
  return [...global, ...placed.filter((id) => part !== undefined && id.startsWith(`${part}.`))]
}

/** The model that an id means in a region; undefined where the region does not have it. */
export const soldIn = (region: string, id: string): Sold | undefined =>
  soldOnBedrock.find((sold) => id === sold.base || profilesIn(region, sold).includes(id))
