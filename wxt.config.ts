import { defineConfig } from 'wxt'

/**
 * Public half of the key that fixes Chrome's extension id (pcplagjghidibljddgionakjoinabbpi), so that a vault can pin the origin.
 * The private half was not kept: an unpacked or self-hosted extension is not signed with it.
 */
const chromeKey =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr1rcjgmMx066egwWAZzKzZMLAVmczfQhpFKj4Wzb7zLHAf0nm6RwsgncObIauyFMAdbsNyCvfCgqOLpnaMumrbaH9hZgu8pQLT7SYIiEtBGqS+SAi7A+0yCZakAYm6f4TvcKXNy6j1uZKTahPeW512+qo7sT8bpyik9I34vhdpqgB8biSedUDLJpTeLx2lAG5fAaP6jXNLJzoLjNlY7B38Sqv4g3zo5FlmsVsiB5hYL2Kxq4cmDmIqGbriJHMowpMkDbCWB/QqMZ9ZHRcQ2d4bW7AXMLmI+LSuN9gWvl8QibS4H6iWHG9nMugKGTR9rwHYNK7gf1sv5Fl6oUQPUGbwIDAQAB'

/** Extension pages load nothing remote; they may speak to a vault over https, or over http on this machine. */
const extensionPagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "object-src 'none'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  'connect-src https: http://127.0.0.1:* http://localhost:*',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** Where a vault may be, and so whose pages may open the pairing page. It fills in a form and does nothing by itself, and nothing at all in a frame. */
const vaultAddresses = ['https://*/*', 'http://127.0.0.1/*', 'http://localhost/*']

/** Debian's and Mozilla's current ESR is above this; `storage.session` and MV3 event pages are complete from here on. */
const gecko = {
  id: 'ownkey@ownkey.example',
  strict_min_version: '140.0',
  data_collection_permissions: { required: ['none' as const] },
}

export default defineConfig({
  srcDir: 'extension',
  publicDir: 'extension/public',
  modules: ['@wxt-dev/module-react'],
  imports: false,
  manifest: ({ browser }) => ({
    name: 'Ownkey',
    description: '__MSG_description__',
    default_locale: 'en',
    permissions: ['activeTab', 'scripting', 'storage', 'unlimitedStorage', 'contextMenus', 'alarms'],
    icons: { 16: 'icon-16.png', 32: 'icon-32.png', 48: 'icon-48.png', 128: 'icon-128.png' },
    action: { default_title: 'Ownkey', default_icon: { 16: 'icon-16.png', 32: 'icon-32.png' } },
    commands: {
      draft: { suggested_key: { default: 'Alt+Shift+D' }, description: '__MSG_shortcut__' },
    },
    web_accessible_resources: [
      { resources: ['assistant.html'], matches: ['<all_urls>'] },
      { resources: ['pair.html'], matches: vaultAddresses },
    ],
    content_security_policy: { extension_pages: extensionPagePolicy },
    ...(browser === 'firefox'
      ? { browser_specific_settings: { gecko } }
      : { key: chromeKey, minimum_chrome_version: '120' }),
  }),
})
