import { DeviceCode } from '../ui/pairing/DeviceCode.tsx'
import { useSpeech } from '../ui/words/speech.ts'
import { useParts } from './parts.tsx'
import { Subview } from './Subview.tsx'

/** The step that pairs another browser of the same member. */
export const AddBrowser = ({ address, onBack }: { address: string; onBack: () => void }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  return (
    <Subview title={t('popup.device.add')} onBack={onBack}>
      <DeviceCode vault={vault} address={address} />
    </Subview>
  )
}
