import { audit } from './audit-page.ts'
import { channels } from './channels.ts'
import { receipt, receipts } from './receipts.ts'
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
  restricted: {
    title: 'Not for your role',
    todo: 'Your role sees whether AI is on, in the popup. Spend and receipts are for agents and above.',
  },
  nowhere: {
    title: 'There is no such page',
    todo: 'The address may be mistyped, or it belongs to a page that is not for your role.',
    home: 'Go to {{page}}',
  },
  caps: { tab: 'Caps' },
  keys: { tab: 'Keys' },
  team,
  channels,
  settings: { tab: 'Settings' },
  spend,
  receipts,
  receipt,
  audit,
} as const
