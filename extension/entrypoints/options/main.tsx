import { createRoot } from 'react-dom/client'
import { openLocal } from '../../local/database.ts'
import { Options } from '../../options/Options.tsx'
import { OptionsPartsProvider } from '../../options/parts.tsx'
import { Surface } from '../../ui/theme.tsx'
import { languageFor, startWords } from '../../ui/words/words.ts'
import { openVault } from '../../vault/client.ts'

const local = openLocal()
const vault = openVault({ local, now: Date.now, newId: () => crypto.randomUUID() })
const language = languageFor(navigator.languages)
document.documentElement.lang = language

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no root')
createRoot(root).render(
  <Surface words={startWords(language)}>
    <OptionsPartsProvider value={{ vault, local }}>
      <Options />
    </OptionsPartsProvider>
  </Surface>,
)
