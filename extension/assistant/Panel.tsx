import { Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { leftInReserve } from '../ui/drafts/reserve.ts'
import { SpokenDraft } from '../ui/drafts/SpokenDraft.tsx'
import { isBusy, isRefusal, textOf } from '../ui/drafts/version.ts'
import { QuietButton } from '../ui/QuietButton.tsx'
import { useLastKnown, useLiveReading } from '../ui/reading.ts'
import { ReaderProvider, readerOf } from '../ui/words/reader.ts'
import { useSpeech } from '../ui/words/speech.ts'
import { storedIfPossible } from '../vault/storage.ts'
import { useAsking } from './asking.ts'
import { useClosing } from './closing.ts'
import { AnsweredBy } from './draft/AnsweredBy.tsx'
import { DraftNotice } from './draft/DraftNotice.tsx'
import { DraftText } from './draft/DraftText.tsx'
import { type Place, useDrafting } from './draft/drafting.ts'
import { KeptNotice } from './draft/KeptNotice.tsx'
import { Foot } from './Foot.tsx'
import { Header } from './Header.tsx'
import { InsertNotice } from './insert/InsertNotice.tsx'
import { useInserting } from './insert/inserting.ts'
import { useTelling } from './insert/telling.ts'
import { type PanelKeys, useFocusFallback, usePanelKeys } from './keys.ts'
import { useParts } from './parts.tsx'
import { Steps } from './Steps.tsx'
import { type ArmedHandle, ArmingProvider } from './session/Arming.tsx'
import type { Home } from './session/handover.ts'
import { useChannel } from './thread/channel.ts'
import { PasteThread } from './thread/PasteThread.tsx'
import { type ReadPage, useReadPage, useRememberedSpot } from './thread/reading-page.ts'
import { SendingLine } from './thread/SendingLine.tsx'
import { customerOf, withPasted } from './thread/sending.ts'
import { ThreadList } from './thread/ThreadList.tsx'

/** A pause ends in an open panel this soon after its reason went away. */
const PAUSED_LOOK_MS = 10_000

const ownWindow: Place = { site: 'window', place: 'window' }

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

/** What the vault says of this workspace; the toolbar's badge hears it too. What it said last stands while it does not answer. */
const useStatus = () => {
  const { vault, onStatus } = useParts()
  const read = async () => {
    const status = await vault.status()
    await storedIfPossible(() => onStatus(status))
    return status
  }
  const reading = useLiveReading(['status'], read, (status) => status?.ai.on === false && PAUSED_LOOK_MS)
  return useLastKnown(reading)
}

/** Reads the status anew when money was spent. */
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

/** The assistant over one place: what will be sent, the draft, and what to do with it. */
export const Panel = ({ home }: { home: Home }) => {
  const { t } = useSpeech()
  const page = useReadPage(home)
  const { captured, sending } = page
  const place = captured === undefined ? ownWindow : { site: captured.site, place: captured.place }
  const drafting = useDrafting(place)
  const asking = useAsking(page, drafting)
  const status = useStatus()
  const channel = useChannel(sending.site, status)
  const field = useRef<HTMLTextAreaElement>(null)
  const telling = useTelling(drafting)
  const inserting = useInserting(home, place, field, { about: drafting.shown?.id, onUsed: telling.use })
  const next = useRef<ArmedHandle>(null)
  const panel = useRef<HTMLElement>(null)
  const spot = useRememberedSpot(home, captured?.site)
  const close = useClosing(home, () => Promise.all([drafting.keepEdit(), spot?.kept(), telling.leave()]))
  const [threadOpen, setThreadOpen] = useState(false)
  const { shown } = drafting
  const keys = useRef<PanelKeys>({ onNext: () => undefined, onEscape: () => undefined })
  keys.current = { onNext: (event) => next.current?.press(event), onEscape: close }
  usePanelKeys(keys)
  useFocusFallback(panel)
  useFreshStatus(shown !== undefined && isBusy(shown))
  const forget = (): void => {
    void telling.leave()
    drafting.clear()
  }
  useForgotten(place.place, forget)

  const readAgain = (): void => {
    forget()
    inserting.dismiss()
    page.readAgain()
  }
  const showsThread = shown === undefined || threadOpen
  const known = home.kind === 'window' || captured !== undefined
  return (
    <ArmingProvider home={home.kind} onUnseen={inserting.unseen}>
      <ReaderProvider value={readerOf(status.state === 'ready' ? status.value.member : undefined)}>
        <main ref={panel} tabIndex={-1} className="panel" aria-label={t('assistant.name')}>
          <Header
            name={customerOf(sending)}
            detail={sending.subject ?? captured?.title}
            onMove={spot?.move}
            onClose={close}
          />
          <SendingLine
            sending={sending}
            channel={shown?.channel === undefined ? channel : (shown.channel ?? undefined)}
            toggle={
              shown === undefined
                ? undefined
                : { open: threadOpen, onToggle: () => setThreadOpen(!threadOpen) }
            }
            onReadAgain={home.kind === 'page' && shown === undefined ? readAgain : undefined}
          />
          <div className="middle">
            {showsThread && <Thread home={home} page={page} />}
            {shown !== undefined && <AnsweredBy version={shown} />}
            {shown !== undefined && !threadOpen && (
              <DraftText version={shown} onEdit={drafting.edit} onEdited={drafting.keepEdit} field={field} />
            )}
            {shown !== undefined && <SpokenDraft version={shown} />}
            {shown !== undefined && (
              <DraftNotice
                version={shown}
                onResume={() => void drafting.resume(shown)}
                onUrgent={() => asking.urgently(shown)}
              />
            )}
            {shown === undefined && known && <KeptNotice place={place} onOpen={drafting.open} />}
            {page.placeChanged && inserting.state !== 'moved' && <PlaceChanged onRead={readAgain} />}
            <InsertNotice inserting={inserting} text={shown === undefined ? '' : textOf(shown)} />
          </div>
          <Foot
            status={status}
            cap={drafting.cap}
            told={shown !== undefined && (leftInReserve(shown) !== undefined || isRefusal(shown))}
          >
            {(ready) => (
              <Steps
                {...{ home, page, drafting, asking, inserting, next }}
                status={ready}
                inSight={!threadOpen}
              />
            )}
          </Foot>
        </main>
      </ReaderProvider>
    </ArmingProvider>
  )
}
