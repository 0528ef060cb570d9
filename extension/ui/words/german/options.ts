import type { Words } from '../words.ts'
import { audit } from './audit-page.ts'
import { alertsPage } from './books/alerts.ts'
import { statements } from './books/statements.ts'
import { caps } from './caps.ts'
import { channels } from './channels.ts'
import { playground } from './drafts/playground.ts'
import { keys, prices } from './keys/keys.ts'
import { routing } from './keys/routing.ts'
import { receipt, receipts } from './receipts.ts'
import { settings } from './settings.ts'
import { spend } from './spend.ts'
import { team } from './team.ts'

export const options = {
  title: 'Ownkey',
  documentTitle: 'Ownkey: Ausgaben, Belege und Einstellungen',
  navigation: 'Seiten',
  unpaired: {
    title: 'Dieser Browser ist nicht gekoppelt',
    todo: 'Öffnen Sie das Ownkey-Popup in der Symbolleiste und koppeln Sie den Browser mit Ihrem Vault. Kommen Sie dann hierher zurück.',
    again: 'Noch einmal nachsehen',
  },
  nowhere: {
    title: 'Diese Seite gibt es nicht',
    todo: 'Vielleicht ist die Adresse vertippt, oder sie gehört zu einer Seite, die nicht für Ihre Rolle ist.',
    home: 'Zur Seite {{page}}',
  },
  caps,
  alerts: alertsPage,
  keys,
  routing,
  prices,
  team,
  channels,
  playground,
  settings,
  spend,
  receipts,
  receipt,
  statements,
  audit,
} as const satisfies Words['options']
