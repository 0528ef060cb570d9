import { channelOf } from '../../../shared/channels.ts'
import type { Status } from '../../../shared/status.ts'
import { type Reading, useReading } from '../../ui/reading.ts'
import { mayDraft } from '../../ui/rights.ts'
import { useParts } from '../parts.tsx'

/** The name of the channel to which this site belongs; undefined where it belongs to none, or nobody has told yet. */
export const useChannel = (site: string | undefined, status: Reading<Status>): string | undefined => {
  const { vault } = useParts()
  const drafts = status.state === 'ready' && mayDraft(status.value.member.role)
  const channels = useReading(['channels'], vault.channels, drafts && site !== undefined)
  if (site === undefined || channels.state !== 'ready') return undefined
  return channelOf(site, channels.value)?.name
}
