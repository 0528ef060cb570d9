import { z } from 'zod'
import { Tokens, type Usage } from '../../../shared/providers.ts'
import type { Finish } from '../../domain/provider.ts'
import { anthropicReader } from '../anthropic-events.ts'
import { contradiction, numbersIn } from '../counts.ts'
import type { Reader } from '../stream.ts'

/**
 * How long everything is asked to be cached. Bedrock may tell how much was written and not for how long, so that a call asks for one time
 * only, and what was written can be priced.
 */
export const CACHE_LIFE = '5m'

const METRICS = 'amazon-bedrock-invocationMetrics'

/** Bedrock's own counts, beside those of the model; input is what was neither read from the cache nor written to it. */
const Metrics = z.object({
  inputTokenCount: Tokens,
  outputTokenCount: Tokens,
  cacheReadInputTokenCount: Tokens.nullish(),
  cacheWriteInputTokenCount: Tokens.nullish(),
})
type Metrics = z.infer<typeof Metrics>

const Stop = z.object({ [METRICS]: Metrics })

/** The usage by Bedrock's counts. They know no kinds of cache writes, and no thinking: those are as the model told them, as far as there is room. */
const usageBy = (counts: Metrics, told: Usage | undefined): Usage => {
  const written = counts.cacheWriteInputTokenCount ?? 0
  const cacheWrite1h = Math.min(told?.cacheWrite1h ?? 0, written)
  const reasoning = Math.min(told?.reasoning ?? 0, counts.outputTokenCount)
  return {
    freshInput: counts.inputTokenCount,
    cacheRead: counts.cacheReadInputTokenCount ?? 0,
    cacheWrite5m: written - cacheWrite1h,
    cacheWrite30m: 0,
    cacheWrite1h,
    output: counts.outputTokenCount - reasoning,
    reasoning,
  }
}

type Told = Omit<Finish, 'providerRequestId'>

/** The finish with Bedrock's counts beside the model's: where they differ there is a doubt, and where the model told none they are what there is. */
const checked = (finish: Told, counts: Metrics): Told => {
  const byBedrock = usageBy(counts, finish.usage)
  const usage = finish.usage ?? byBedrock
  return {
    ...finish,
    usage,
    raw: { ...finish.raw, ...numbersIn({ [METRICS]: counts }) },
    doubt: finish.doubt ?? contradiction(usage, byBedrock),
  }
}

/** Reads Anthropic's events as Bedrock sends them: the last one has Bedrock's own counts. */
export const bedrockReader = (): Reader => {
  const { read, usage } = anthropicReader(CACHE_LIFE)
  return {
    usage,
    read: (event) => {
      const reading = read(event)
      if (reading === undefined || !('finish' in reading)) return reading
      const stop = Stop.safeParse(event)
      return stop.success ? { finish: checked(reading.finish, stop.data[METRICS]) } : reading
    },
  }
}
