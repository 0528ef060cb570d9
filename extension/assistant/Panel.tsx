import { Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Status } from '../../shared/status.ts'
import { QuietButton } from '../ui/QuietButton.tsx'
import { useReading } from '../ui/reading.ts'
import { useSpeech } from '../ui/words/speech.ts'
import { DraftNotice } from './draft/DraftNotice.tsx'
import { DraftText } from './draft/DraftText.tsx'
import { type Drafting, type Place, useDrafting } from './draft/drafting.ts'
import { KeptNotice } from './draft/KeptNotice.tsx'
import { ReceiptLine } from './draft/ReceiptLine.tsx'
import { RefineForm } from './draft/RefineForm.tsx'
import { SpokenDraft } from './draft/SpokenDraft.tsx'
import { canResume, isBusy, receiptOf, textOf, type Version } from './draft/version.ts'
import { Foot, obstacleOf } from './Foot.tsx'
import { Header } from './Header.tsx'
import { DraftActions } from './insert/DraftActions.tsx'
import { InsertNotice } from './insert/InsertNotice.tsx'
import { type Inserting, useInserting } from './insert/inserting.ts'
import { type PanelKeys, usePanelKeys } from './keys.ts'
import { useParts } from './parts.tsx'
import { type ArmedHandle, ArmingProvider } from './session/Arming.tsx'
import type { Home } from './session/handover.ts'
import { canTellVisibility } from './session/visibility.ts'
import { AskForm } from './thread/AskForm.tsx'
import { PasteThread } from './thread/PasteThread.tsx'
import { type ReadPage, useReadPage, useRememberedSpot } from './thread/reading-page.ts'
import { SendingLine } from './thread/SendingLine.tsx'
import { countsOf, customerOf, requestFor, withPasted } from './thread/sending.ts'
import { ThreadList } from './thread/ThreadList.tsx'

const ownWindow: Place = { site: 'window', place: 'window' }

const leave = (home: Home): void => {
  if (home.kind === 'page') home.link.close()
  else window.close()
}

/** Closes once everything is written down; asked twice, at once. */
const useClosing = (home: Home, finish: () => Promise<unknown>): (() => void) => {
  const closing = useRef(false)
  return () => {
    if (closing.current) return leave(home)
    closing.current = true
    void finish().finally(() => leave(home))
  }
}

/** Asking in all its forms: the first draft, a change to the shown one, the same once more. */
const useAsking = (page: ReadPage, drafting: Drafting) => {
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
    again: (version: Version) => {
      if (version.progress.state !== 'stopped' && canResume(version)) drafting.resume(version)
      else ask(version.request?.instruction ?? instruction, version.request?.previous)
    },
  }
}

type Asking = ReturnType<typeof useAsking>

const Thread = ({ home, page }: { home: Home; page: ReadPage }) => {
  const { captured, sending, setSending } = page
  const pasted = captured === undefined || captured.turns.length === 0
  if (home.kind === 'page' && captured === undefined) return <div className="scroll" />
  if (!pasted)
    return (
      <ThreadList key={captured.place} sending={sending} leftOut={captured.leftOut} onChange={setSending} />
    )
  return (
    <PasteThread
      onPage={home.kind === 'page'}
      text={sending.turns[0]?.turn.text ?? ''}
      onText={(text) => setSending(withPasted(sending, text))}
    />
  )
}

const PlaceChanged = ({ onRead }: { onRead: () => void }) => {
  const { t } = useSpeech()
  return (
    <div className="notice" role="alert" data-place="changed">
      <Text fz="sm" c="var(--ownkey-ink-amber)">
        {t('assistant.place.changed')}
      </Text>
      <QuietButton onClick={onRead}>{t('assistant.place.readThis')}</QuietButton>
    </div>
  )
}

/** Tells the rest of the extension and this panel's status that money was spent. */
const useFreshStatus = (busy: boolean): void => {
  const queries = useQueryClient()
  const was = useRef(busy)
  useEffect(() => {
    if (was.current && !busy) void queries.invalidateQueries({ queryKey: ['status'] })
    was.current = busy
  }, [busy, queries])
}

/** Drafts belong to one place: when the panel is opened over another, they go out of sight. They stay kept. */
const useForgotten = (place: string, clear: () => void): void => {
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another place is a reason
  useEffect(clear, [place])
}

type FootProps = {
  readonly home: Home
  readonly page: ReadPage
  readonly drafting: Drafting
  readonly asking: Asking
  readonly inserting: Inserting
  readonly status: Status
  readonly next: RefObject<ArmedHandle | null>
}

const Steps = ({ home, page, drafting, asking, inserting, status, next }: FootProps) => {
  const { t } = useSpeech()
  const { shown } = drafting
  const blocked = obstacleOf(status) !== undefined
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
        canInsert={home.kind === 'page' && canTellVisibility}
        onAgain={() => asking.again(shown)}
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

/** The assistant over one place: what will be sent, the draft, and what to do with it. */
export const Panel = ({ home }: { home: Home }) => {
  const { vault } = useParts()
  const page = useReadPage(home)
  const { captured, sending } = page
  const place = captured === undefined ? ownWindow : { site: captured.site, place: captured.place }
  const drafting = useDrafting(place)
  const asking = useAsking(page, drafting)
  const status = useReading(['status'], vault.status)
  const field = useRef<HTMLTextAreaElement>(null)
  const inserting = useInserting(home, place.place, field, drafting.shown?.id)
  const next = useRef<ArmedHandle>(null)
  const spot = useRememberedSpot(home, captured?.site)
  const close = useClosing(home, () => Promise.all([drafting.keepEdit(), spot?.kept()]))
  const [threadOpen, setThreadOpen] = useState(false)
  const { shown } = drafting
  const keys = useRef<PanelKeys>({ onNext: () => undefined, onEscape: () => undefined })
  keys.current = { onNext: (event) => next.current?.press(event), onEscape: close }
  usePanelKeys(keys)
  useFreshStatus(shown !== undefined && isBusy(shown))
  useForgotten(place.place, drafting.clear)

  const readAgain = (): void => {
    drafting.clear()
    inserting.dismiss()
    page.readAgain()
  }
  const showsThread = shown === undefined || threadOpen
  const known = home.kind === 'window' || captured !== undefined
  return (
    <ArmingProvider home={home.kind} onUnseen={inserting.unseen}>
      <main className="panel">
        <Header
          name={customerOf(sending)}
          detail={sending.subject ?? captured?.title}
          onMove={spot?.move}
          onClose={close}
        />
        <SendingLine
          sending={sending}
          toggle={
            shown === undefined ? undefined : { open: threadOpen, onToggle: () => setThreadOpen(!threadOpen) }
          }
          onReadAgain={home.kind === 'page' && shown === undefined ? readAgain : undefined}
        />
        <div className="middle">
          {showsThread && <Thread home={home} page={page} />}
          {shown !== undefined && !threadOpen && (
            <DraftText version={shown} onEdit={drafting.edit} onEdited={drafting.keepEdit} field={field} />
          )}
          {shown !== undefined && <SpokenDraft version={shown} />}
          {shown !== undefined && <DraftNotice version={shown} onResume={() => drafting.resume(shown)} />}
          {shown === undefined && known && <KeptNotice place={place} onOpen={drafting.open} />}
          {page.placeChanged && inserting.state !== 'moved' && <PlaceChanged onRead={readAgain} />}
          <InsertNotice inserting={inserting} text={shown === undefined ? '' : textOf(shown)} />
        </div>
        <Foot status={status} cap={drafting.cap}>
          {(ready) => <Steps {...{ home, page, drafting, asking, inserting, next }} status={ready} />}
        </Foot>
      </main>
    </ArmingProvider>
  )
}
