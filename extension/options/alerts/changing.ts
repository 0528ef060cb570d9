import type { AlertSettingsChange } from '../../../shared/books/alerts.ts'
import type { Vault } from '../../vault/client.ts'

/** What becomes of the settings as they are. */
type Edit = (settings: AlertSettingsChange) => Partial<AlertSettingsChange>

/** Changes a part of the settings as they are at the vault now, so that what somebody else changed meanwhile stays. */
export const changeAlerts = async (
  vault: Pick<Vault, 'alertSettings' | 'setAlerts'>,
  edit: Edit,
): Promise<void> => {
  const { thresholds, emails } = await vault.alertSettings()
  await vault.setAlerts({ thresholds, emails, ...edit({ thresholds, emails }) })
}
