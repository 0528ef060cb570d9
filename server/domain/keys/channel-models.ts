import type { Channel } from '../../../shared/channels.ts'
import { ProviderName } from '../../../shared/providers.ts'
import type { Pricing } from '../prices/own-prices.ts'
import { Refusal } from '../refusal.ts'
import { choosable } from './key-models.ts'
import type { StoredKey } from './keys.ts'

/** The model that each provider answers with in a channel. */
export type Choices = Channel['models']

/** Judges choices beside those that are made already, and names each model as the catalogue does. */
export type JudgeChoices = (asked: Choices, before: Choices) => Choices

type Judging = {
  readonly keys: readonly StoredKey[]
  readonly pricing: Pricing
  /** Milliseconds since the epoch. */
  readonly at: number
}

const judged = ({ keys, pricing, at }: Judging, provider: ProviderName, model: string): string => {
  const priced = pricing(provider, model, at)
  if (priced === undefined) throw new Refusal('model-unpriced', { model })
  const { id } = priced.profile
  const isOffered = keys.some(
    (key) => key.provider === provider && choosable(provider, key.listing, at, pricing).includes(id),
  )
  if (isOffered) return id
  throw new Refusal('malformed-request', {
    issues: [{ path: `models.${provider}`, rule: 'a model of a key of this provider' }],
  })
}

/**
 * Refuses a model that no key of its provider may use, or whose price is not known. A choice that was made before stays as it is, also when its key is
 * gone: its provider answers with the usual model then.
 */
export const judgeChoices =
  (judging: Judging): JudgeChoices =>
  (asked, before) => {
    const choices: Choices = {}
    for (const provider of ProviderName.options) {
      const model = asked[provider]
      if (model !== undefined)
        choices[provider] = model === before[provider] ? model : judged(judging, provider, model)
    }
    return choices
  }

/** Choices as they are written down: `anthropic/claude-opus-5-5 openai/gpt-6-sol`. */
export const choicesInWriting = (choices: Choices): string =>
  ProviderName.options
    .flatMap((provider) => (choices[provider] === undefined ? [] : [`${provider}/${choices[provider]}`]))
    .join(' ')
