import { createRoot } from 'react-dom/client'
import { browser } from 'wxt/browser'
import { openLocal } from '../../local/database.ts'
import { OpenOutcome, type ToBackground } from '../../messages.ts'
import { Popup } from '../../popup/Popup.tsx'
import { PopupPartsProvider, type Surroundings } from '../../popup/parts.tsx'
import { tellBadge } from '../../ui/alerts/badge.ts'
import { noticesOf } from '../../ui/alerts/notices.ts'
import { deviceNameOf } from '../../ui/pairing/device-name.ts'
import { Surface } from '../../ui/theme.tsx'
import { beginSurface } from '../../ui/words/document.ts'
import { openVault } from '../../vault/client.ts'

const TYPED_ADDRESS = 'typed-vault-address'

const send = (message: ToBackground): Promise<unknown> => browser.runtime.sendMessage(message)

const surroundings: Surroundings = {
  openAssistant: async () => OpenOutcome.parse(await send({ type: 'open-assistant' })),
  openOptions: (route) => {
    void browser.tabs.create({ url: `${browser.runtime.getURL('/options.html')}#${route}` })
    window.close()
  },
  shortcut: async () => {
    const commands = await browser.commands.getAll()
    return commands.find(({ name }) => name === 'draft')?.shortcut ?? ''
  },
  close: () => window.close(),
  typedAddress: {
    read: () => localStorage.getItem(TYPED_ADDRESS) ?? '',
    keep: (address) => localStorage.setItem(TYPED_ADDRESS, address),
  },
  deviceName: deviceNameOf(navigator.userAgent),
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
}

const local = openLocal()
const vault = openVault({ local, now: Date.now, newId: () => crypto.randomUUID() })
const redraw = () => send({ type: 'refresh-badge' })
const onStatus = tellBadge(local, Date.now, redraw)
const notices = noticesOf(local, Date.now, redraw)
const beginning = await beginSurface(document)

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no root')
createRoot(root).render(
  <Surface {...beginning}>
    <PopupPartsProvider value={{ vault, surroundings, notices, onStatus }}>
      <Popup />
    </PopupPartsProvider>
  </Surface>,
)
