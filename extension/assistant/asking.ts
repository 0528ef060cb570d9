import { useState } from 'react'
import { canResume, isLost, textOf, type Version } from '../ui/drafts/version.ts'
import type { Drafting } from './draft/drafting.ts'
import { useParts } from './parts.tsx'
import type { ReadPage } from './thread/reading-page.ts'
import { countsOf, requestFor } from './thread/sending.ts'

/** Asking in all its forms: the first draft, a change to the shown one, the same once more. */
export const useAsking = (page: ReadPage, drafting: Drafting) => {
  const { newId } = useParts()
  const [instruction, setInstruction] = useState('')
  const { sending } = page
  const resolutionId = drafting.shown?.resolutionId
  const { messages, tooMuch } = countsOf(sending)
  const ask = (wish: string, previous: string | undefined): void => {
    if (messages === 0 || tooMuch) return
    drafting.ask(requestFor(sending, { idempotencyKey: newId(), resolutionId, instruction: wish, previous }))
  }
  return {
    instruction,
    setInstruction,
    sendable: messages > 0 && !tooMuch,
    draft: () => ask(instruction, undefined),
    refine: (version: Version, wish: string) => ask(wish, textOf(version)),
    /** The person wants a draft: the one that was begun, or another one when that is lost. */
    again: async (version: Version): Promise<void> => {
      const resumes = version.progress.state !== 'stopped' && canResume(version)
      const now = resumes ? await drafting.resume(version) : version
      if (!resumes || isLost(now)) ask(version.request?.instruction ?? instruction, version.request?.previous)
    },
  }
}

export type Asking = ReturnType<typeof useAsking>
