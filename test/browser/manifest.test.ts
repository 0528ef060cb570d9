import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { copyExtension } from './extension.ts'

const folder = mkdtempSync(join(tmpdir(), 'ownkey-manifest-'))

const Manifest = z.looseObject({
  permissions: z.array(z.string()),
  key: z.string(),
  commands: z.object({ draft: z.object({ suggested_key: z.object({ default: z.string() }) }) }),
  content_security_policy: z.object({ extension_pages: z.string() }),
  web_accessible_resources: z.array(z.unknown()),
  options_ui: z.object({ open_in_tab: z.boolean() }),
})

beforeAll(() => copyExtension(folder))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const manifest = () => Manifest.parse(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')))

describe('the built extension', () => {
  test('asks for nothing but what a gesture needs: no site, and nothing that runs by itself', () => {
    expect(manifest().permissions.toSorted()).toEqual([
      'activeTab',
      'alarms',
      'contextMenus',
      'scripting',
      'storage',
      'unlimitedStorage',
    ])
    for (const absent of [
      'host_permissions',
      'optional_host_permissions',
      'content_scripts',
      'externally_connectable',
    ]) {
      expect(manifest()).not.toHaveProperty(absent)
    }
  })

  test('lets pages frame the assistant, lets those that could be a vault open the pairing page, and nothing else', () => {
    expect(manifest().web_accessible_resources).toEqual([
      { resources: ['assistant.html'], matches: ['<all_urls>'] },
      { resources: ['pair.html'], matches: ['https://*/*', 'http://127.0.0.1/*', 'http://localhost/*'] },
    ])
  })

  test('runs no script of others in its pages', () => {
    const policy = manifest().content_security_policy.extension_pages
    expect(policy).toContain("default-src 'none'; script-src 'self'; object-src 'none'")
    expect(policy).not.toMatch(/script-src[^;]*(unsafe|http|\*)/)
  })

  test('has the id that vaults know, the shortcut, and its options in a tab', () => {
    const digest = createHash('sha256').update(Buffer.from(manifest().key, 'base64')).digest('hex')
    const id = [...digest.slice(0, 32)]
      .map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))
      .join('')
    expect(id).toBe('pcplagjghidibljddgionakjoinabbpi')
    expect(manifest().commands.draft.suggested_key.default).toBe('Alt+Shift+D')
    expect(manifest().options_ui.open_in_tab).toBe(true)
  })

  test('puts a small script into a page, without the vault, the local database or a schema library', () => {
    const script = readFileSync(join(folder, 'page.js'), 'utf8')
    expect(gzipSync(script).length).toBeLessThan(16_000)
    expect(script).not.toMatch(/ZodError|indexedDB|DPoP|\/v1\//)
  })
})
