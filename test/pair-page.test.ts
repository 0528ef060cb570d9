import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPairingLink, writePairingLink } from '../shared/pairing-link.ts'
import { type GivenVault, givenVault } from './identity/vault.ts'

let world: GivenVault
beforeAll(async () => {
  world = await givenVault()
})
afterAll(() => world.stop())

const page = async (language = 'en') => {
  const response = await fetch(new URL('/pair', world.vault.origin), {
    headers: { 'accept-language': language },
  })
  return { headers: response.headers, text: await response.text() }
}

const policyOf = (headers: Headers): ReadonlyMap<string, string> =>
  new Map(
    (headers.get('content-security-policy') ?? '').split('; ').map((directive) => {
      const [name = '', ...values] = directive.split(' ')
      return [name, values.join(' ')]
    }),
  )

const inside = (text: string, tag: string): string =>
  new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(text)?.[1] ?? ''

describe('the page behind a pairing link', () => {
  test('runs its own script and look and nothing else, and is framed by nobody', async () => {
    const { headers, text } = await page()
    const hash = (code: string) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`
    const policy = policyOf(headers)
    expect(Object.fromEntries(policy)).toEqual({
      'default-src': "'none'",
      'script-src': hash(inside(text, 'script')),
      'style-src': hash(inside(text, 'style')),
      'connect-src': 'chrome-extension://pcplagjghidibljddgionakjoinabbpi',
      'require-trusted-types-for': "'script'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
    })
    expect(text.match(/<script|<style|<link|<img|<iframe|<form|\bsrc=|\bon\w+=/g)).toEqual([
      '<style',
      '<script',
    ])
  })

  test('is kept by no cache and no search engine, and tells no address where it leads', async () => {
    const { headers, text } = await page()
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-robots-tag')).toBe('noindex')
    expect(text).toContain('<meta name="robots" content="noindex">')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('set-cookie')).toBeNull()
  })

  test('speaks the language of the browser, and English to everybody else', async () => {
    for (const [asked, spoken] of [
      ['de-AT,de;q=0.9,en;q=0.5', 'de'],
      ['en-GB', 'en'],
      ['fr', 'en'],
    ] as const) {
      const { headers, text } = await page(asked)
      expect([asked, headers.get('content-language')]).toEqual([asked, spoken])
      expect(text).toContain(`<html lang="${spoken}">`)
      expect(headers.get('vary')).toMatch(/Accept-Language/)
    }
  })

  test('is the same for everybody: no workspace, no name, no code', async () => {
    const before = await page()
    const owner = await world.owner()
    await owner.makeCode({ kind: 'invite', role: 'agent' })
    expect((await page()).text).toBe(before.text)
  })
})

const code = '7F3K9Q-AAAA-BBBB-CCCC-DDDD'

describe('a pairing link', () => {
  test.each(['https://vault.example', 'http://127.0.0.1:8787'])(
    'of %s is read as it was written',
    (address) => {
      const link = writePairingLink({ address, code })
      expect(readPairingLink(link)).toEqual({ address, code })
      expect(readPairingLink(`  Here it is:\n<${link}>. See you!`)).toEqual({ address, code })
    },
  )

  test.each([
    '',
    code,
    'https://vault.example',
    `https://vault.example/#${code}`,
    'https://vault.example/pair#7F3K9Q',
    `https://vault.example/pair?${code}`,
    `javascript://vault.example/pair#${code}`,
  ])('is not %s', (pasted) => {
    expect(readPairingLink(pasted)).toBeUndefined()
  })
})
