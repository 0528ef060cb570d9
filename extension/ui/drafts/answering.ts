import type { ProviderName } from '../../../shared/providers.ts'
import type { Attempt, Receipt } from '../../../shared/receipts.ts'
import type { Speech } from '../words/speech.ts'

type Failed = Pick<Attempt, 'provider'> & { readonly reason: NonNullable<Attempt['failure']> }

/** Who answers a draft where it is not who usually does: after another call failed, or `failed` undefined in the place of who rests or was refused. */
export type Answering = { readonly provider: ProviderName; readonly failed: Failed | undefined }

/** Who answered by a receipt with several calls; undefined where the first was not followed by another. */
export const answeringOn = ({ attempts }: Pick<Receipt, 'attempts'>): Answering | undefined => {
  const last = attempts.at(-1)
  const before = attempts.slice(0, -1).findLast(({ failure }) => failure !== null)
  if (last === undefined || before === undefined || before.failure === null) return undefined
  return { provider: last.provider, failed: { provider: before.provider, reason: before.failure } }
}

/** Who answered instead of whom, and why, as one sentence. */
export const answeringInWords = ({ t }: Speech, { provider, failed }: Answering): string => {
  const by = t(`providers.${provider}`)
  if (failed === undefined) return t('assistant.answered.standsIn', { provider: by })
  const why = t(`assistant.answered.why.${failed.reason}`, { provider: t(`providers.${failed.provider}`) })
  return provider === failed.provider
    ? t('assistant.answered.byOtherKey', { provider: by, why })
    : t('assistant.answered.by', { provider: by, why })
}
