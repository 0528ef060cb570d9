import { createRoot } from 'react-dom/client'
import { browser } from 'wxt/browser'
import { openLocal } from '../../local/database.ts'
import type { ToBackground } from '../../messages.ts'
import { Options } from '../../options/Options.tsx'
import { OptionsPartsProvider } from '../../options/parts.tsx'
import { noticesOf } from '../../ui/alerts/notices.ts'
import { Surface } from '../../ui/theme.tsx'
import { beginSurface } from '../../ui/words/document.ts'
import { openVault } from '../../vault/client.ts'

const local = openLocal()
const now = Date.now
const newId = () => crypto.randomUUID()
const vault = openVault({ local, now, newId })
const refresh: ToBackground = { type: 'refresh-badge' }
const notices = noticesOf(local, now, () => browser.runtime.sendMessage(refresh))
const beginning = await beginSurface(document, 'options.documentTitle')

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no root')
createRoot(root).render(
  <Surface {...beginning}>
    <OptionsPartsProvider value={{ vault, local, notices, now, newId }}>
      <Options />
    </OptionsPartsProvider>
  </Surface>,
)
