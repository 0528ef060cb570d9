import { defineConfig } from 'wxt'

/** Public half of the key that fixes Chrome's extension id, so that a vault can pin the origin. The private half is not kept: an unpacked or self-hosted extension is not signed with it. */
export default defineConfig({
  srcDir: 'extension',
  publicDir: 'extension/public',
  modules: ['@wxt-dev/module-react'],
  imports: false,
  manifest: { name: 'Ownkey' },
})
