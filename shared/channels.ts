import { z } from 'zod'
import { Id, Label } from './ids.ts'
import { ProviderName } from './providers.ts'

const HOST = String.raw`(\*\.)?([a-z0-9-]+\.)*[a-z0-9-]+`

/** Sites of a channel: a host such as `acme.zendesk.com`, every host below one as `*.zendesk.com`, or either with a port. Paths are not told to the vault, so there are none. */
export const SitePattern = z
  .string()
  .trim()
  .toLowerCase()
  .max(200)
  .regex(new RegExp(`^${HOST}(:\\d{1,5})?$`))

/** A named list of sites. Sites are told by the browser, so whatever hangs on a channel is budgeting, not security. */
export const Channel = z.object({
  id: Id,
  name: Label,
  sites: z.array(SitePattern).min(1).max(50),
  /** The model that each provider answers with here, for every purpose; a provider that is not named answers with its usual one. */
  models: z.partialRecord(ProviderName, z.string().max(120)).default({}),
})
export type Channel = z.infer<typeof Channel>

/** Answer of `GET /v1/channels`, by name. */
export const ChannelList = z.object({ channels: z.array(Channel) })

/** Body of `POST /v1/channels` and of `PUT /v1/channels/:id`. */
export const ChannelForm = z.strictObject({
  name: Label,
  sites: z.array(SitePattern).min(1).max(50),
  /** Left out: as before. */
  models: z.partialRecord(ProviderName, z.string().max(120)).optional(),
})
export type ChannelForm = z.infer<typeof ChannelForm>

const WILD = '*.'

/** The host and port of what a person typed or pasted (a whole address is cut down to them), as browsers write them; undefined for no host. */
const hostOf = (typed: string): string | undefined => {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`
  return URL.canParse(address) ? new URL(address).host.replace(/\.(?=:|$)/, '') : undefined
}

/**
 * The site pattern that a person means: `https://acme.zendesk.com/agent/tickets/1` is `acme.zendesk.com`, `*.Bücher.example` is
 * `*.xn--bcher-kva.example`. Undefined for what names no site.
 */
export const sitePatternOf = (typed: string): string | undefined => {
  const text = typed.trim()
  const wild = text.startsWith(WILD) ? WILD : ''
  const host = hostOf(text.slice(wild.length))
  return host === undefined ? undefined : SitePattern.safeParse(wild + host).data
}

const matches = (pattern: string, site: URL): boolean => {
  const [host = '', port] = pattern.split(':')
  if (port !== undefined && port !== (site.port || (site.protocol === 'https:' ? '443' : '80'))) return false
  const name = site.hostname.replace(/\.$/, '')
  return host.startsWith(WILD) ? name.endsWith(host.slice(1)) : name === host
}

/** The more is said, the more specific: a port before none, a whole host before a wildcard, a longer name before a shorter. */
const specificity = (pattern: string): number =>
  (pattern.includes(':') ? 2_000 : 0) + (pattern.startsWith(WILD) ? 0 : 1_000) + pattern.length

/** The channel to which a site (an origin) belongs: the one with the most specific pattern that matches; of equals the first. */
export const channelOf = <C extends Pick<Channel, 'sites'>>(
  site: string,
  channels: readonly C[],
): C | undefined => {
  if (!URL.canParse(site)) return undefined
  const url = new URL(site)
  const found = channels.flatMap((channel) =>
    channel.sites
      .filter((pattern) => matches(pattern, url))
      .map((pattern) => ({ channel, weight: specificity(pattern) })),
  )
  return found.toSorted((one, other) => other.weight - one.weight)[0]?.channel
}
