import { type Channel, channelOf, sitePatternOf } from '../../../shared/channels.ts'
import type { ReceiptSummary } from '../../../shared/receipts.ts'

/** What somebody typed as a list of sites: those that it means, each once, and the first text that means none. */
export type TypedSites = { readonly sites: readonly string[]; readonly stray: string | undefined }

/** Reads sites that are parted by lines, spaces or commas. */
export const readSites = (typed: string): TypedSites => {
  const texts = typed.split(/[\s,;]+/).filter((text) => text !== '')
  const read = texts.map((text) => ({ text, site: sitePatternOf(text) }))
  return {
    sites: [...new Set(read.flatMap(({ site }) => site ?? []))],
    stray: read.find(({ site }) => site === undefined)?.text,
  }
}

/** Sites as they stand in the form; what means none is left as it was typed. */
export const tidySites = (typed: string): string => {
  const { sites, stray } = readSites(typed)
  return stray === undefined ? sites.join('\n') : typed
}

/** A site that belongs to no channel, and how many replies were drafted on it. */
export type Unassigned = { readonly site: string; readonly replies: number }

/** Hosts on which replies were drafted and which no channel has, the busiest first. */
export const unassignedSites = (
  receipts: readonly ReceiptSummary[],
  channels: readonly Channel[],
): readonly Unassigned[] => {
  const counts = new Map<string, number>()
  for (const { site, purpose } of receipts) {
    if (site === null || purpose !== 'draft' || channelOf(site, channels) !== undefined) continue
    const host = sitePatternOf(site)
    if (host !== undefined) counts.set(host, (counts.get(host) ?? 0) + 1)
  }
  const found = [...counts].map(([site, replies]) => ({ site, replies }))
  return found.toSorted((one, other) => other.replies - one.replies || one.site.localeCompare(other.site))
}
