import { useReducer, useRef } from 'react'
import type { Cap } from '../../../shared/cap.ts'
import type { DraftRequest } from '../../../shared/drafts.ts'
import { forgetDraft, type KeptDraft, keepDraft } from '../../local/drafts.ts'
import { keptReceipt } from '../../local/receipts.ts'
import { answeringOn } from '../../ui/drafts/answering.ts'
import { listenTo } from '../../ui/drafts/listening.ts'
import {
  asked,
  askedAgain,
  canResume,
  isBusy,
  isWhole,
  receiptIdOf,
  requestAnew,
  textOf,
  type Version,
} from '../../ui/drafts/version.ts'
import { storedIfPossible } from '../../vault/storage.ts'
import { type AssistantParts, useParts } from '../parts.tsx'

/** Where drafts belong: kept drafts are found again by it. */
export type Place = { readonly site: string; readonly place: string }

type State = {
  readonly versions: readonly Version[]
  readonly index: number
  readonly cap: Cap | undefined
}

type Action =
  | { readonly type: 'became'; readonly version: Version; readonly cap?: Cap | undefined }
  | { readonly type: 'shown'; readonly index: number }
  | { readonly type: 'edited'; readonly text: string }
  | { readonly type: 'cleared' }

const nothing: State = { versions: [], index: -1, cap: undefined }

const became = (state: State, version: Version, cap: Cap | undefined): State => {
  const at = state.versions.findIndex(({ id }) => id === version.id)
  const versions = at === -1 ? [...state.versions, version] : state.versions.with(at, version)
  return { versions, index: at === -1 ? versions.length - 1 : state.index, cap: cap ?? state.cap }
}

const edited = (state: State, text: string): State => {
  const shown = state.versions[state.index]
  if (shown === undefined) return state
  return { ...state, versions: state.versions.with(state.index, { ...shown, edited: text }) }
}

const reduce = (state: State, action: Action): State => {
  switch (action.type) {
    case 'became':
      return became(state, action.version, action.cap)
    case 'shown':
      return { ...state, index: action.index }
    case 'edited':
      return edited(state, action.text)
    case 'cleared':
      return { ...nothing, cap: state.cap }
  }
}

/** The request for a further version of one that was cut; undefined when there is one already. */
const anewAmong = (versions: readonly Version[], version: Version): DraftRequest | undefined => {
  const anew = requestAnew(version)
  const isThere = versions.some(
    ({ request }) => request?.idempotencyKey === anew?.idempotencyKey && request?.attempt === anew?.attempt,
  )
  return isThere ? undefined : anew
}

/** What is written down of a version, so that a closed panel loses nothing that was paid for. Undefined: nothing is worth keeping. */
const rowOf = (version: Version, place: Place, at: number): KeptDraft | undefined => {
  const { id, request, text } = version
  if (request !== undefined && (isBusy(version) || canResume(version)))
    return { state: 'asked', id, ...place, at, text: textOf(version), request }
  if (text === '') return undefined
  return {
    state: 'ended',
    id,
    ...place,
    at,
    text: textOf(version),
    ...(textOf(version) === text ? {} : { drafted: text }),
    receiptId: receiptIdOf(version) ?? null,
    ...(isWhole(version) ? {} : { part: true }),
  }
}

const keep = async ({ local, now }: AssistantParts, version: Version, place: Place): Promise<void> => {
  const row = rowOf(version, place, now())
  await storedIfPossible(() => (row === undefined ? forgetDraft(local, version.id) : keepDraft(local, row)))
}

const versionOfKept = async ({ local }: AssistantParts, kept: KeptDraft): Promise<Version> => {
  if (kept.state === 'asked') return { ...asked(kept.request, kept.id), text: kept.text, stale: true }
  const receipt = kept.receiptId === null ? undefined : await keptReceipt(local, kept.receiptId)
  return {
    id: kept.id,
    request: undefined,
    resolutionId: receipt?.resolutionId,
    text: kept.drafted ?? kept.text,
    stale: false,
    edited: kept.drafted === undefined ? undefined : kept.text,
    answering: receipt === undefined ? undefined : answeringOn(receipt),
    progress: { state: 'kept', whole: kept.part === undefined, receipt, receiptId: kept.receiptId },
  }
}

export type Drafting = State & {
  readonly shown: Version | undefined
  readonly ask: (request: DraftRequest) => void
  /** Asks for the same draft once more, with the same idempotency key, and gives it as it then stands. */
  readonly resume: (version: Version) => Promise<Version>
  /** Asks anew for the shown draft, which was cut, on whoever else can answer: as a version of its own. Undefined where that does not help. */
  readonly startAgain: (() => void) | undefined
  readonly stop: () => void
  readonly show: (index: number) => void
  readonly edit: (text: string) => void
  /** Writes down what the person made of the shown draft. */
  readonly keepEdit: () => Promise<void>
  readonly open: (kept: KeptDraft) => Promise<void>
  readonly clear: () => void
}

/** The drafts of one place: one at a time is written, all stay to be compared. */
export const useDrafting = (place: Place): Drafting => {
  const parts = useParts()
  const [state, dispatch] = useReducer(reduce, nothing)
  const running = useRef<AbortController>(undefined)
  const shown = state.versions[state.index]

  const tell = (version: Version, cap?: Cap): void => dispatch({ type: 'became', version, cap })

  const run = async (request: DraftRequest, start: Version): Promise<Version> => {
    running.current?.abort()
    const stop = new AbortController()
    running.current = stop
    tell(start)
    await keep(parts, start, place)
    const end = await listenTo(parts.vault, { request, start }, stop.signal, tell)
    tell(end)
    await keep(parts, end, place)
    return end
  }

  const resume = async (version: Version): Promise<Version> =>
    version.request === undefined ? version : run(version.request, askedAgain(version))

  const anew = shown && anewAmong(state.versions, shown)

  return {
    ...state,
    shown,
    ask: (request) => void run(request, asked(request)),
    resume,
    startAgain: anew && (() => void run(anew, asked(anew, parts.newId()))),
    stop: () => running.current?.abort(),
    show: (index) => dispatch({ type: 'shown', index }),
    edit: (text) => dispatch({ type: 'edited', text }),
    keepEdit: async () => {
      if (shown !== undefined) await keep(parts, shown, place)
    },
    open: async (kept) => {
      const version = await versionOfKept(parts, kept)
      if (kept.state === 'asked') await resume(version)
      else tell(version)
    },
    clear: () => {
      running.current?.abort()
      dispatch({ type: 'cleared' })
    },
  }
}
