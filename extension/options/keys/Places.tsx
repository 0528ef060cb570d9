import { Box, Button, Checkbox, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import type { RoutingChange } from '../../../shared/keys.ts'
import { type Places as AllPlaces, type Place, type ProviderKeys, placesOf } from '../../ui/keys/places.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import { NobodyStandsIn } from './NobodyStandsIn.tsx'
import { type PageParts, ProviderPanel } from './ProviderPanel.tsx'
import { RoutingDialog } from './RoutingDialog.tsx'
import { useRouting } from './routing.ts'

type Wish = (change: RoutingChange) => void
type PlaceProps = { readonly place: Place; readonly hint: string; readonly children: ReactNode }

const PlaceSection = ({ place, hint, children }: PlaceProps) => {
  const { t } = useSpeech()
  const id = useId()
  return (
    <Box component="section" aria-labelledby={id} data-place={place}>
      <Title order={2} fz="md" id={id}>
        {t(`options.routing.${place}`)}
      </Title>
      <Text fz="sm" c="dimmed" mb="xs">
        {hint}
      </Text>
      <Stack gap="sm">{children}</Stack>
    </Box>
  )
}

const Deed = ({ words, onClick }: { words: string; onClick: () => void }) => (
  <Button size="xs" variant="default" onClick={onClick}>
    {words}
  </Button>
)

type OfPlace = PageParts & { readonly places: AllPlaces; readonly wish: Wish }
type StandingIn = OfPlace & { readonly primary: ProviderKeys; readonly backup: ProviderKeys }

const Backup = ({ places: _, wish, primary, backup, ...parts }: StandingIn) => {
  const { t } = useSpeech()
  const swap = { primary: backup.provider, backup: primary.provider }
  const provider = t(`providers.${backup.provider}`)
  return (
    <PlaceSection
      place="backup"
      hint={t('options.routing.backupHint', { primary: t(`providers.${primary.provider}`) })}
    >
      <ProviderPanel {...parts} group={backup}>
        <Deed words={t('options.routing.swap', { provider })} onClick={() => wish(swap)} />
        <Deed words={t('options.routing.standDown')} onClick={() => wish({ backup: null })} />
      </ProviderPanel>
      <Checkbox
        checked={parts.list.routing.dearer}
        onChange={({ currentTarget }) => wish({ dearer: currentTarget.checked })}
        label={t('options.routing.dearer')}
        description={t('options.routing.dearerHint')}
      />
    </PlaceSection>
  )
}

const Unused = ({ places, wish, ...parts }: OfPlace) => {
  const { t } = useSpeech()
  if (places.unused.length === 0) return null
  return (
    <PlaceSection place="unused" hint={t('options.routing.unusedHint')}>
      {places.unused.map((group) => {
        const provider = t(`providers.${group.provider}`)
        const { provider: name } = group
        return (
          <ProviderPanel key={name} {...parts} group={group}>
            <Deed words={t('options.routing.swap', { provider })} onClick={() => wish({ primary: name })} />
            {places.backup !== undefined && (
              <Deed
                words={t('options.routing.standIn', { provider })}
                onClick={() => wish({ backup: name })}
              />
            )}
          </ProviderPanel>
        )
      })}
    </PlaceSection>
  )
}

/** Who answers first, who stands in, and who is connected without a place. */
export const Places = (parts: PageParts) => {
  const { t } = useSpeech()
  const { wish, asked, answer, forget, busy, problem } = useRouting(parts)
  const places = placesOf(parts.list)
  const { primary, backup } = places
  const inside = { ...parts, places, wish }
  return (
    <Stack gap="xl">
      {problem !== undefined && asked === undefined && <ProblemText problem={problem} />}
      {primary !== undefined && (
        <PlaceSection place="primary" hint={t('options.routing.primaryHint')}>
          <ProviderPanel {...parts} group={primary} />
        </PlaceSection>
      )}
      {primary !== undefined && backup !== undefined && (
        <Backup {...inside} primary={primary} backup={backup} />
      )}
      {primary !== undefined && backup === undefined && (
        <NobodyStandsIn
          primary={primary}
          others={places.unused}
          onStandIn={(provider) => wish({ backup: provider })}
        />
      )}
      <Unused {...inside} />
      {asked !== undefined && (
        <RoutingDialog asked={asked} onAnswer={answer} onCancel={forget} busy={busy} problem={problem} />
      )}
    </Stack>
  )
}
