import '../../assistant/panel.css'
import { createRoot } from 'react-dom/client'
import { browser } from 'wxt/browser'
import { Assistant } from '../../assistant/Assistant.tsx'
import { type AssistantParts, AssistantPartsProvider } from '../../assistant/parts.tsx'
import { awaitHome } from '../../assistant/session/handover.ts'
import { openLocal } from '../../local/database.ts'
import type { ToBackground } from '../../messages.ts'
import { tellBadge } from '../../ui/alerts/badge.ts'
import { Surface } from '../../ui/theme.tsx'
import { beginSurface } from '../../ui/words/document.ts'
import { openVault } from '../../vault/client.ts'

const local = openLocal()
const now = Date.now
const newId = () => crypto.randomUUID()
const refresh: ToBackground = { type: 'refresh-badge' }
const telling: ToBackground = { type: 'tell-outcomes' }

const parts: AssistantParts = {
  vault: openVault({ local, now, newId }),
  local,
  now,
  newId,
  receiptAddress: (id) => `${browser.runtime.getURL('/options.html')}#/receipts/${id}`,
  tellOutcomes: () => void browser.runtime.sendMessage(telling),
  onStatus: tellBadge(local, now, () => browser.runtime.sendMessage(refresh)),
}

// Listens before anything is awaited: the page hands the home over as soon as the frame is loaded.
const home = awaitHome(window)
const beginning = await beginSurface(document)

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no root')
createRoot(root).render(
  <Surface {...beginning}>
    <AssistantPartsProvider value={parts}>
      <Assistant home={home} />
    </AssistantPartsProvider>
  </Surface>,
)
