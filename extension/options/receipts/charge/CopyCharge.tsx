import { Button, Group } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import type { Attempt } from '../../../../shared/receipts.ts'
import { useSpeech } from '../../../ui/words/speech.ts'
import { explanationOf } from './explanation.ts'

/** Copies the whole charge as text. */
export const CopyCharge = ({ attempt, timeZone }: { attempt: Attempt; timeZone: string | undefined }) => {
  const speech = useSpeech()
  const clipboard = useClipboard()
  return (
    <Group>
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => clipboard.copy(explanationOf(speech, { attempt, timeZone }))}
      >
        {clipboard.copied ? speech.t('common.copied') : speech.t('options.receipt.copyCharge')}
      </Button>
    </Group>
  )
}
