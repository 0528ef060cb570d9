import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import type { JudgeAddress } from '../domain/alerts/settings.ts'
import { connectionError, outboundFetch } from './fetch.ts'

/**
 * Where no address that a customer typed may lead (IANA special-purpose registries): this machine, private networks, shared address space
 * (RFC 6598), link-local with the metadata services of clouds, documentation, benchmarks, multicast, and what is reserved.
 */
const closed = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  closed.addSubnet(network, prefix, 'ipv4')
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  closed.addSubnet(network, prefix, 'ipv6')

/** Of IPv6 only what is handed out to the world; so neither loopback, local, mapped (v4-mapped, NAT64) nor multicast. */
const global6 = new BlockList()
global6.addSubnet('2000::', 3, 'ipv6')

/** Whether an IP address is one of the public internet. */
export const isPublic = (address: string): boolean =>
  isIP(address) === 4
    ? !closed.check(address, 'ipv4')
    : isIP(address) === 6 && global6.check(address, 'ipv6') && !closed.check(address, 'ipv6')

const PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' }

const hostAndPort = ({ hostname, port, protocol }: URL): string =>
  `${hostname}:${port === '' ? PORTS[protocol] : port}`

const unbracketed = (hostname: string): string => hostname.replace(/^\[|\]$/g, '')

/** Names that stand for this machine or its network whatever a resolver says. */
const localName = /^localhost\.?$|\.(localhost|local|internal)\.?$/

/**
 * Judges an address by its text: https, no name or password in it, and neither a private IP address nor a local name. `privateHosts` are those
 * (`host:port`) that the operator allows all the same, also by http.
 */
export const judgeAddress =
  (privateHosts: readonly string[]): JudgeAddress =>
  (address) => {
    const url = new URL(address)
    if (url.username !== '' || url.password !== '') return 'credentials'
    if (privateHosts.includes(hostAndPort(url))) return undefined
    if (url.protocol !== 'https:') return 'not-https'
    const host = unbracketed(url.hostname)
    return localName.test(host) || (isIP(host) !== 0 && !isPublic(host)) ? 'private' : undefined
  }

const refused = (): Error => connectionError('ERR_REFUSED_ADDRESS', 'this address may not be asked')

/** Every address of a name, as the system knows them. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>

const bySystem: Resolve = (hostname) => lookup(hostname, { all: true })

const publicOnly = (addresses: readonly LookupAddress[]): readonly [LookupAddress, ...LookupAddress[]] => {
  const [first, ...others] = addresses
  if (first === undefined || !addresses.every(({ address }) => isPublic(address))) throw refused()
  return [first, ...others]
}

/** Resolves a name for a connection, to public addresses only: what was judged is what is connected to, whatever the name says a moment later. */
const publicLookup =
  (resolve: Resolve): LookupFunction =>
  (hostname, { all }, callback) => {
    resolve(hostname)
      .then(publicOnly)
      .then(
        (found) =>
          all === true ? callback(null, [...found]) : callback(null, found[0].address, found[0].family),
        (error: Error) => callback(error, '', 0),
      )
  }

/** The `fetch` for every address that a customer can type: https and public, checked when it connects; or one that the operator allows. */
export const guardedFetch = (privateHosts: readonly string[], resolve = bySystem): typeof fetch => {
  const judge = judgeAddress(privateHosts)
  const outside = outboundFetch({ lookup: publicLookup(resolve) })
  const inside = outboundFetch()
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (judge(url.href) !== undefined) throw refused()
    return privateHosts.includes(hostAndPort(url)) ? inside(url, init) : outside(url, init)
  }
}
