import { z } from 'zod'
import type { ListedModel } from '../../domain/provider.ts'

const Id = z.string().min(1).max(120)
const Name = z.string().trim().min(1).max(120).nullish().catch(undefined)
const Count = z.int().positive().nullish().catch(undefined)
const Moment = z.string().max(40).nullish().catch(undefined)

/**
 * A model as endpoints list them: OpenAI's form, and what Anthropic, Mistral, vLLM and gateways add to it. Mistral's `deprecation` is not among it:
 * a deprecated model answers as before.
 */
const Listed = z.object({
  id: Id,
  name: Name,
  display_name: Name,
  max_model_len: Count,
  max_context_length: Count,
  max_input_tokens: Count,
  context_length: Count,
  context_window: Count,
  max_output_tokens: Count,
  retires_at: Moment,
  shutdown_date: Moment,
  capabilities: z.looseObject({ completion_chat: z.unknown().optional() }).nullish().catch(undefined),
})
type Listed = z.infer<typeof Listed>

const Page = z.union([
  z.array(z.unknown()),
  z.object({ data: z.array(z.unknown()) }).transform(({ data }) => data),
])

/** More models than any endpoint offers in earnest. */
const MOST_MODELS = 2_000

const canChat = ({ capabilities }: Listed): boolean => capabilities?.completion_chat !== false

const endOf = ({ retires_at, shutdown_date }: Listed): number | undefined => {
  const moment = Date.parse(retires_at ?? shutdown_date ?? '')
  return Number.isNaN(moment) ? undefined : moment
}

const modelOf = (listed: Listed): ListedModel => ({
  id: listed.id,
  name: listed.display_name ?? listed.name ?? undefined,
  contextTokens:
    listed.max_model_len ??
    listed.max_context_length ??
    listed.max_input_tokens ??
    listed.context_length ??
    listed.context_window ??
    undefined,
  outputTokens: listed.max_output_tokens ?? undefined,
  retiresAt: endOf(listed),
})

/** The models in an endpoint's list, without those that cannot chat; entries of a form that nobody knows are passed over. Undefined: it is no list. */
const modelsIn = (answer: unknown): readonly ListedModel[] | undefined =>
  Page.safeParse(answer)
    .data?.slice(0, MOST_MODELS)
    .flatMap((entry) => Listed.safeParse(entry).data ?? [])
    .filter(canChat)
    .map(modelOf)

/** Statuses of an endpoint that has no list. */
const LISTLESS: ReadonlySet<unknown> = new Set([404, 405, 501])

/** The models by an endpoint's answer; null where it has no list. */
export const listOf = async (
  ask: () => Promise<unknown>,
): Promise<readonly ListedModel[] | null | undefined> => {
  try {
    return modelsIn(await ask())
  } catch (error) {
    if (error instanceof Error && 'status' in error && LISTLESS.has(error.status)) return null
    throw error
  }
}
