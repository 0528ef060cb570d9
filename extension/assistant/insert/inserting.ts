import { type RefObject, useState } from 'react'
import type { InsertOutcome } from '../../messages.ts'
import type { Place } from '../draft/drafting.ts'
import { useParts } from '../parts.tsx'
import type { Home } from '../session/handover.ts'
import { canTellVisibility } from '../session/visibility.ts'
import { confirmApart } from './apart.ts'

/** What became of the last press on Insert or Copy. `unseen`: a press did not count, since the panel was covered. */
export type InsertState =
  | { readonly state: 'idle' }
  | { readonly state: 'working' }
  | { readonly state: InsertOutcome }
  | { readonly state: 'copied' | 'copy-failed' | 'unseen' }

export type Inserting = {
  readonly state: InsertState['state']
  readonly insert: (text: string, anywhere: boolean) => void
  readonly copy: (text: string) => void
  readonly unseen: () => void
  readonly dismiss: () => void
}

/** The clipboard where the page's policy lets a frame use it; else by selection, which it cannot forbid. */
const copyText = async (text: string, field: HTMLTextAreaElement | null): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    field?.focus()
    field?.select()
    return field !== null && document.execCommand('copy')
  }
}

/** The draft by its name, and who hears what was really done with which text of it. */
type Draft = {
  readonly about: string | undefined
  readonly onUsed: (outcome: 'copied' | 'inserted', text: string) => Promise<void>
}

/**
 * Puts a draft into the page's box and says what really happened; gives the caret back when it arrived.
 * What is said about one draft is not said about the next.
 */
export const useInserting = (
  home: Home,
  { site, place }: Place,
  field: RefObject<HTMLTextAreaElement | null>,
  { about, onUsed }: Draft,
): Inserting => {
  const { newId } = useParts()
  const [told, tell] = useState<InsertState & { readonly about?: string | undefined }>({ state: 'idle' })
  const set = (next: InsertState): void => tell({ ...next, about })
  const state = told.about === about ? told.state : 'idle'

  const insert = async (text: string, anywhere: boolean): Promise<void> => {
    if (home.kind !== 'page' || state === 'working') return
    set({ state: 'working' })
    const answer = canTellVisibility ? 'yes' : await confirmApart({ text, site }, newId())
    if (answer !== 'yes') return set({ state: answer === 'no' ? 'idle' : 'blocked' })
    const outcome = await home.link.insert(text, place, anywhere)
    set({ state: outcome })
    if (outcome !== 'inserted') return
    home.link.focusBox()
    await onUsed('inserted', text)
  }

  const copy = async (text: string): Promise<void> => {
    const copied = await copyText(text, field.current)
    set({ state: copied ? 'copied' : 'copy-failed' })
    if (copied) await onUsed('copied', text)
  }

  return {
    state,
    insert: (text, anywhere) => void insert(text, anywhere),
    copy: (text) => void copy(text),
    unseen: () => set({ state: 'unseen' }),
    dismiss: () => set({ state: 'idle' }),
  }
}
