import type { Key } from '../../../shared/keys.ts'
import type { Speech } from '../words/speech.ts'
import { isOneOfSeveral } from './places.ts'

/** What a key is called among the others: by its provider, and by its label where its provider has several. */
export const keyName = ({ t }: Pick<Speech, 't'>, { label, ...key }: Key, keys: readonly Key[]): string => {
  const provider = t(`providers.${key.provider}`)
  if (!isOneOfSeveral({ label, ...key }, keys)) return provider
  return label.includes(provider) ? label : t('popup.keys.named', { provider, label })
}
