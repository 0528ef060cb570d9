import { createRoot } from 'react-dom/client'
import { awaitQuestion } from '../../assistant/insert/asked.ts'
import { Confirm } from '../../assistant/insert/Confirm.tsx'
import { Surface } from '../../ui/theme.tsx'
import { beginSurface } from '../../ui/words/document.ts'

const beginning = await beginSurface(document)
const { question, answer } = await awaitQuestion(window)

const insert = (): void => {
  answer('confirmed')
  window.close()
}

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no root')
createRoot(root).render(
  <Surface {...beginning}>
    <Confirm question={question} onInsert={insert} onDecline={() => window.close()} />
  </Surface>,
)
