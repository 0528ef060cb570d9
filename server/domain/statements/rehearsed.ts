import type { Rehearsal } from '../../../shared/keys.ts'
import { type ProviderName, ReportingProvider } from '../../../shared/providers.ts'
import type { KeyPlace } from '../keys/keys.ts'
import { hintFits } from './links.ts'
import { openReportingKey, type ReportingKeyParts } from './reporting-keys.ts'

type RehearsedParts = Pick<
  ReportingKeyParts,
  'reportingKeys' | 'reporting' | 'links' | 'workspaceKey' | 'envelope'
>

/** A version that was rehearsed, with its secret, which must not outlive the comparison. */
type RehearsedSecret = KeyPlace & {
  readonly provider: ProviderName
  readonly version: number
  readonly secret: string
}

/**
 * Whether the reports that a workspace reads will show a version's use: its provider lists it among the keys of that organization, by their hints.
 * A version that is found for certain is linked. It costs nothing, and never refuses: what cannot be told is `unknown`.
 */
export const reportingFor =
  (parts: RehearsedParts) =>
  async (
    { workspaceId, keyId, version, provider, secret }: RehearsedSecret,
    signal: AbortSignal,
  ): Promise<Rehearsal['reporting']> => {
    const reports = ReportingProvider.safeParse(provider).data
    const all = await parts.reportingKeys.list(workspaceId)
    const key = all.find((one) => one.provider === reports)
    if (key === undefined) return 'none'
    const listed = await parts.reporting[key.provider].keys(await openReportingKey(parts, key), signal)
    if ('failure' in listed) return 'unknown'
    const hints = listed.told.filter(({ hint }) => hint !== null)
    const fitting = hints.filter(({ hint }) => hintFits(hint ?? '', secret))
    const [one, another] = fitting
    if (one === undefined) return hints.length === 0 ? 'unknown' : 'differs'
    if (another === undefined)
      await parts.links.put(key, { keyId, version, providerKeyId: one.id, by: 'hint' })
    return 'fits'
  }
