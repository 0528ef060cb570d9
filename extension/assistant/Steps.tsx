import { Text } from '@mantine/core'
import type { RefObject } from 'react'
import type { Status } from '../../shared/status.ts'
import { isBusy, receiptOf, textOf } from '../ui/drafts/version.ts'
import { useSpeech } from '../ui/words/speech.ts'
import type { Asking } from './asking.ts'
import type { Drafting } from './draft/drafting.ts'
import { ReceiptLine } from './draft/ReceiptLine.tsx'
import { RefineForm } from './draft/RefineForm.tsx'
import { obstacleOf } from './Foot.tsx'
import { DraftActions } from './insert/DraftActions.tsx'
import type { Inserting } from './insert/inserting.ts'
import type { ArmedHandle } from './session/Arming.tsx'
import type { Home } from './session/handover.ts'
import { canTellVisibility } from './session/visibility.ts'
import { AskForm } from './thread/AskForm.tsx'
import type { ReadPage } from './thread/reading-page.ts'

type Props = {
  readonly home: Home
  readonly page: ReadPage
  readonly drafting: Drafting
  readonly asking: Asking
  readonly inserting: Inserting
  readonly status: Status
  readonly inSight: boolean
  readonly next: RefObject<ArmedHandle | null>
}

/** Before a draft: the wish and Draft. With one: what should change, and what to do with it. */
export const Steps = ({ home, page, drafting, asking, inserting, status, inSight, next }: Props) => {
  const { t } = useSpeech()
  const { shown } = drafting
  const paused = obstacleOf(status) !== undefined
  const blocked = paused && !status.ai.urgent
  if (shown === undefined)
    return (
      <AskForm
        sending={page.sending}
        language={page.captured?.language ?? undefined}
        drafting={status.drafting}
        label={status.providerLabel}
        instruction={asking.instruction}
        onInstruction={asking.setInstruction}
        disabled={blocked || !asking.sendable}
        onDraft={asking.draft}
        onUrgent={status.ai.urgent ? asking.draftUrgently : undefined}
        button={next}
      />
    )
  const fixed = blocked || !asking.sendable || isBusy(shown) || textOf(shown).trim() === ''
  return (
    <>
      <RefineForm disabled={fixed} onRefine={(wish) => asking.refine(shown, wish)} />
      <DraftActions
        version={shown}
        drafting={drafting}
        inserting={inserting}
        canInsert={home.kind === 'page'}
        inSight={inSight}
        onAgain={() => void asking.again(shown)}
        next={next}
      />
      {home.kind === 'page' && !canTellVisibility && (
        <Text fz="xs" c="dimmed">
          {t('assistant.insert.cannotTell')}
        </Text>
      )}
      <ReceiptLine receipt={receiptOf(shown)} label={status.providerLabel} />
    </>
  )
}
