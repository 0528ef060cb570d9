import { createRoot } from 'react-dom/client'
import { browser } from 'wxt/browser'
import { openLocal } from '../../local/database.ts'
import type { ToBackground } from '../../messages.ts'
import { handedLink } from '../../pair/handed-link.ts'
import { Pair } from '../../pair/Pair.tsx'
import { PairPartsProvider } from '../../pair/parts.tsx'
import { tellBadge } from '../../ui/alerts/badge.ts'
import { deviceNameOf } from '../../ui/pairing/device-name.ts'
import { Surface } from '../../ui/theme.tsx'
import { beginSurface } from '../../ui/words/document.ts'
import { openVault } from '../../vault/client.ts'

// First of all, so that the code stands in the address bar for no longer than it takes to read it.
const handed = handedLink(location.hash)
history.replaceState(null, '', location.pathname)

const send = (message: ToBackground): Promise<unknown> => browser.runtime.sendMessage(message)

const open = async (): Promise<void> => {
  const local = openLocal()
  const vault = openVault({ local, now: Date.now, newId: () => crypto.randomUUID() })
  const beginning = await beginSurface(document, 'pair.documentTitle')
  const parts = {
    vault,
    handed,
    browser: {
      deviceName: deviceNameOf(navigator.userAgent),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
    onStatus: tellBadge(local, Date.now, () => send({ type: 'refresh-badge' })),
    openOptions: () => location.assign(`${browser.runtime.getURL('/options.html')}#/spend`),
  }
  const root = document.getElementById('root')
  if (root === null) throw new Error('index.html has no root')
  createRoot(root).render(
    <Surface {...beginning}>
      <PairPartsProvider value={parts}>
        <Pair />
      </PairPartsProvider>
    </Surface>,
  )
}

// Pages that could be a vault may open this page; in a frame, where a click can be stolen, it stays empty.
if (window.top === window) await open()
