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

/** What the options page says. */
export const options = {
  title: 'Ownkey',
  documentTitle: 'Ownkey: spend, receipts and settings',
  navigation: 'Pages',
  unpaired: {
    title: 'This browser is not paired',
    todo: 'Open the Ownkey popup from the toolbar and pair it with your vault. Then come back here.',
    again: 'Look again',
  },
  nowhere: {
    title: 'There is no such page',
    todo: 'The address may be mistyped, or it belongs to a page that is not for your role.',
    home: 'Go to {{page}}',
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
} as const
