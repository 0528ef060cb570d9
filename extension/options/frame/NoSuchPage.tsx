import { Button } from '@mantine/core'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import { type PageName, writeRoute } from '../route.ts'

/** An address that names no page of this member; the same whether there is none or it is not theirs. */
export const NoSuchPage = ({ home }: { home: PageName | undefined }) => {
  const { t } = useSpeech()
  return (
    <EmptyState order={1} title={t('options.nowhere.title')} todo={t('options.nowhere.todo')}>
      {home !== undefined && (
        <Button component="a" href={writeRoute(home)} variant="default">
          {t('options.nowhere.home', { page: t(`options.${home}.tab`) })}
        </Button>
      )}
    </EmptyState>
  )
}
