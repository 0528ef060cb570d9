import { createRoot } from 'react-dom/client'
import { openLocal } from '../../local/database.ts'
import { Options } from '../../options/Options.tsx'
import { OptionsPartsProvider } from '../../options/parts.tsx'
import { Surface } from '../../ui/theme.tsx'
import { tellLanguage } from '../../ui/words/document.ts'
import { languageFor, startWords } from '../../ui/words/words.ts'
import { openVault } from '../../vault/client.ts'

const local = openLocal()
const vault = openVault({ local, now: Date.now, newId: () => crypto.randomUUID() })
const words = startWords(languageFor(navigator.languages))
tellLanguage(document, words)
document.title = words.t('options.documentTitle')

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no root')
createRoot(root).render(
  <Surface words={words}>
    <OptionsPartsProvider value={{ vault, local }}>
      <Options />
    </OptionsPartsProvider>
  </Surface>,
)
