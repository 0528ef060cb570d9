import { Button, Group, Text } from '@mantine/core'
import { ReceiptFormat } from '../../../../shared/receipts.ts'
import { ProblemText } from '../../../ui/ProblemText.tsx'
import { useDoing } from '../../../ui/reading.ts'
import { useSpeech } from '../../../ui/words/speech.ts'
import type { ReceiptSearch } from '../../../vault/receipts.ts'
import { download, plainName } from '../../frame/download.ts'
import { useParts } from '../../parts.tsx'

type Props = { readonly search: ReceiptSearch; readonly workspace: { readonly name: string } }

/** Takes along what the filters leave, as a file: `ownkey-receipts-acme-support.csv`. */
export const ExportButtons = ({ search, workspace }: Props) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const exporting = useDoing(async (format: ReceiptFormat) => {
    const content = await vault.exportReceipts(format, search)
    return { name: `ownkey-receipts-${plainName(workspace.name)}.${format}`, content }
  }, download)
  return (
    <>
      <Group gap="xs" justify="flex-end" mb="xs">
        <Text fz="sm" c="dimmed">
          {t('options.receipts.export')}
        </Text>
        {ReceiptFormat.options.map((format) => (
          <Button
            key={format}
            size="compact-sm"
            variant="default"
            disabled={exporting.busy}
            aria-label={t(`options.receipts.exportAs.${format}`)}
            onClick={() => exporting.start(format)}
          >
            {t(`options.receipts.formats.${format}`)}
          </Button>
        ))}
      </Group>
      {exporting.problem !== undefined && <ProblemText problem={exporting.problem} />}
    </>
  )
}
