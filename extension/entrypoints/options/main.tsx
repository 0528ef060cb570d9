import { createRoot } from 'react-dom/client'
import { openLocal } from '../../local/database.ts'
import { Options } from '../../options/Options.tsx'
import { OptionsPartsProvider } from '../../options/parts.tsx'
import { Surface } from '../../ui/theme.tsx'
import { beginSurface } from '../../ui/words/document.ts'
import { openVault } from '../../vault/client.ts'

const local = openLocal()
const vault = openVault({ local, now: Date.now, newId: () => crypto.randomUUID() })
const beginning = await beginSurface(document, 'options.documentTitle')

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no root')
createRoot(root).render(
  <Surface {...beginning}>
    <OptionsPartsProvider value={{ vault, local }}>
      <Options />
    </OptionsPartsProvider>
  </Surface>,
)
