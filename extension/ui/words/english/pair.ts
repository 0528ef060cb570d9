/** What the page behind a pairing link says, beside the words of pairing in the popup. */
export const pair = {
  documentTitle: 'Ownkey: pair this browser',
  whose: 'Your drafts will go through the vault at this address, so pair only if you know whose it is:',
  earlier: 'This browser is paired with {{workspace}} at {{address}}.',
  earlierHint:
    'Pairing it anew forgets that: the key of this browser and what Ownkey kept here are removed, and you need a new code to come back.',
  leave: 'Leave {{workspace}} on this browser',
  done: 'This browser is paired',
  doneWith: 'It belongs to {{workspace}} at {{address}} now.',
  role: 'Your role: {{role}}.',
  next: 'Open a ticket, click into the reply, and click Ownkey in the toolbar, or press Alt+Shift+D.',
  nextLight: 'Click Ownkey in the toolbar to see whether AI is on.',
} as const
