import { useState } from 'react'
import { canResume, isLost, textOf, type Version } from '../ui/drafts/version.ts'
import type { Drafting } from './draft/drafting.ts'
import { useParts } from './parts.tsx'
import type { ReadPage } from './thread/reading-page.ts'
import { countsOf, requestFor } from './thread/sending.ts'

/** Asking in all its forms: the first draft, a change to the shown one, the same once more. Urgent is what was asked for as such, and nothing after it. */
export const useAsking = (page: ReadPage, drafting: Drafting) => {
  const { newId } = useParts()
  const [instruction, setInstruction] = useState('')
  const { sending } = page
  const resolutionId = drafting.shown?.resolutionId
  const { messages, tooMuch } = countsOf(sending)
  const ask = (wish: string, previous: string | undefined, urgent = false): void => {
    if (messages === 0 || tooMuch) return
    const idempotencyKey = newId()
    drafting.ask(requestFor(sending, { idempotencyKey, resolutionId, instruction: wish, previous, urgent }))
  }
  return {
    instruction,
    setInstruction,
    sendable: messages > 0 && !tooMuch,
    draft: () => ask(instruction, undefined),
    draftUrgently: () => ask(instruction, undefined, true),
    refine: (version: Version, wish: string) => ask(wish, textOf(version)),
    /** What was refused, marked as urgent now. */
    urgently: ({ request }: Version): void => ask(request?.instruction ?? '', request?.previous, true),
    /** The person wants a draft: the one that was begun, or another one when that is lost. */
    again: async (version: Version): Promise<void> => {
      const resumes = version.progress.state !== 'stopped' && canResume(version)
      const now = resumes ? await drafting.resume(version) : version
      if (!resumes || isLost(now)) ask(version.request?.instruction ?? instruction, version.request?.previous)
    },
  }
}

export type Asking = ReturnType<typeof useAsking>
