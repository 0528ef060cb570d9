import type { Cap } from '../../../shared/cap.ts'
import type { DraftEvent, DraftRequest } from '../../../shared/drafts.ts'
import { isFailure } from '../../../shared/problems.ts'
import type { Receipt } from '../../../shared/receipts.ts'
import type { TellableProblem } from '../problem-sentences.ts'
import { type Answering, answeringOn } from './answering.ts'
import type { WaitReason } from './waiting.ts'

/**
 * Where a draft stands. `waiting`: what was begun is being finished or given up by the vault, or other drafts hold what is left of a cap. `kept`:
 * it was written earlier and found again in this browser; `whole`: whether it was whole then.
 */
type Progress =
  | { readonly state: 'asking' }
  | { readonly state: 'waiting'; readonly reason: WaitReason }
  | { readonly state: 'streaming' }
  | { readonly state: 'whole'; readonly receipt: Receipt }
  | { readonly state: 'stopped' }
  | { readonly state: 'failed'; readonly problem: TellableProblem; readonly receipt: Receipt | null }
  | {
      readonly state: 'kept'
      readonly whole: boolean
      readonly receipt: Receipt | undefined
      readonly receiptId: string | null
    }

/** One draft for this place. `text` is as it came, or while `stale` as it had come before it was asked for again; `edited` is what the person made of it. */
export type Version = {
  readonly id: string
  readonly request: DraftRequest | undefined
  readonly resolutionId: string | undefined
  readonly text: string
  readonly stale: boolean
  readonly edited: string | undefined
  /** Little was left of a cap, so that less may be written than usual. */
  readonly lowered?: boolean
  /** Another one answers than usual. */
  readonly answering?: Answering | undefined
  /** The channel to which the vault counts it; null: none, undefined: not told yet. */
  readonly channel?: string | null
  readonly progress: Progress
}

/** A draft that is being asked for. Its id is the idempotency key, unless it is a further version under the same one. */
export const asked = (request: DraftRequest, id = request.idempotencyKey): Version => ({
  id,
  request,
  resolutionId: request.resolutionId,
  text: '',
  stale: false,
  edited: undefined,
  progress: { state: 'asking' },
})

/** The same version, asked for once more; what had arrived stays readable until the first new word. */
export const askedAgain = (version: Version): Version => ({
  ...version,
  stale: true,
  edited: undefined,
  progress: { state: 'asking' },
})

/** The vault tells of what it still has; what had come before is here all the same. */
const asSeenHere = ({ text }: Version, problem: TellableProblem): TellableProblem =>
  isFailure(problem) ? { ...problem, facts: { ...problem.facts, partial: text !== '' } } : problem

export const heard = (version: Version, event: DraftEvent): Version => {
  switch (event.type) {
    case 'started':
      return {
        ...version,
        resolutionId: event.resolutionId,
        lowered: event.lowered,
        answering: event.standsIn ? { provider: event.provider, failed: undefined } : undefined,
        channel: event.channel,
        progress: { state: 'streaming' },
      }
    case 'switched': {
      const failed = { provider: event.from, reason: event.reason }
      return { ...version, lowered: event.lowered, answering: { provider: event.provider, failed } }
    }
    case 'text-delta':
      return { ...version, stale: false, text: version.stale ? event.text : version.text + event.text }
    case 'receipt':
      return {
        ...version,
        answering: answeringOn(event.receipt) ?? version.answering,
        progress: { state: 'whole', receipt: event.receipt },
      }
    case 'problem':
      return {
        ...version,
        progress: { state: 'failed', problem: asSeenHere(version, event.problem), receipt: event.receipt },
      }
  }
}

export const waiting = (version: Version, reason: WaitReason): Version => ({
  ...version,
  progress: { state: 'waiting', reason },
})

export const stopped = (version: Version): Version => ({ ...version, progress: { state: 'stopped' } })

export const failed = (version: Version, problem: TellableProblem): Version => ({
  ...version,
  progress: { state: 'failed', problem, receipt: null },
})

export const capOf = (event: DraftEvent): Cap | undefined =>
  'cap' in event ? (event.cap ?? undefined) : undefined

export const textOf = ({ text, edited }: Version): string => edited ?? text

export const isBusy = ({ progress }: Version): boolean =>
  progress.state === 'asking' || progress.state === 'waiting' || progress.state === 'streaming'

export const receiptOf = ({ progress }: Version): Receipt | undefined =>
  'receipt' in progress ? (progress.receipt ?? undefined) : undefined

/** The id of its receipt; of a draft that was kept also when the receipt itself is no longer here. */
export const receiptIdOf = (version: Version): string | undefined =>
  version.progress.state === 'kept' ? (version.progress.receiptId ?? undefined) : receiptOf(version)?.id

/** Endings after which the vault may still have, or be writing, the same draft: asking with the same key costs nothing twice. */
const resumable: readonly TellableProblem['slug'][] = [
  'cut-off',
  'no-answer',
  'still-running',
  'session-ended',
  'vault-stopping',
]

/** Nothing is missing from it, as far as the vault says. */
export const isWhole = ({ progress }: Version): boolean =>
  progress.state === 'whole' || (progress.state === 'kept' && progress.whole)

/** The vault has given it up, or keeps it no longer: only another request brings a draft. */
export const isLost = ({ progress }: Version): boolean =>
  progress.state === 'failed' &&
  (progress.problem.slug === 'draft-gone' || progress.problem.slug === 'provider-vault-stopped')

/** No provider answered, and the draft says why: a pause that came of it has nothing to add. */
export const isRefusal = ({ progress }: Version): boolean =>
  progress.state === 'failed' && isFailure(progress.problem)

export const canResume = ({ request, progress }: Version): boolean =>
  request !== undefined &&
  (progress.state === 'stopped' || (progress.state === 'failed' && resumable.includes(progress.problem.slug)))

/** As many calls as one receipt can have. */
const MOST_ATTEMPTS = 9

/**
 * The same request once more, for whoever else can answer: of a draft that was cut after visible text, which nobody continues. Undefined where
 * the vault would not do that.
 */
export const requestAnew = ({ request, progress }: Version): DraftRequest | undefined => {
  if (request === undefined || progress.state !== 'failed' || progress.receipt === null) return undefined
  const { problem, receipt } = progress
  const attempt = receipt.attempts.length + 1
  if (!isFailure(problem) || problem.facts.backup !== 'text' || attempt > MOST_ATTEMPTS) return undefined
  return { ...request, attempt }
}
