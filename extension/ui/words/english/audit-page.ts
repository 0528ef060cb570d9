/** What the Audit page says. */
export const audit = {
  tab: 'Audit',
  intro: 'What was changed, by whom. Entries are chained, so that a change shows.',
  more: 'Load older entries',
  end: 'This is the beginning of the log.',
  emptyTitle: 'Nothing is written down yet',
  emptyTodo: 'Keys, caps, sign-ins and browsers appear here as they change.',
  nobody: 'The operator',
  entry: 'Entry {{seq}}',
  endFiltered: 'There are no older entries that fit these filters.',
  noneTitle: 'No entry fits these filters',
  vault: 'The vault',
  kind: 'What happened',
  logs: { ledger: 'Ledger', audit: 'Audit log' },
  chains: 'Chains',
  chainsHint:
    'Each entry holds the hash of the one before. The vault walks both chains from the first entry. Copy a head or export a log to compare later.',
  whole_one: 'Whole: {{written}} entry, nothing changed, missing or out of order.',
  whole_other: 'Whole: {{written}} entries, nothing changed, missing or out of order.',
  chainEmpty: 'Empty: nothing is written down yet.',
  faults: {
    changed: 'Broken at entry {{seq}}: it was changed after it was written.',
    missing: 'Broken at entry {{seq}}: it is missing.',
    reordered: 'Broken at entry {{seq}}: another entry stands in its place.',
  },
  brokenTodo:
    'Somebody changed the vault’s database from outside, or its disk is damaged. Export the log now and keep it elsewhere, then ask the operator to run “ownkey doctor” and to compare with the last backup.',
  seen: {
    shorter:
      '{{log}}: shorter than this browser has seen. It has {{told}} entries; on {{time}} it had {{seen}}.',
    forked:
      '{{log}}: not the books that this browser has seen. Entry {{seen}} of {{time}} is another one now.',
    'other-key': '{{log}}: signed by another key than on {{time}}.',
    unsigned: '{{log}}: the vault’s signature does not hold.',
    todo: 'This is expected once after a restore from a backup. Otherwise somebody has put other books in their place: ask the operator, and compare with an export that was kept elsewhere.',
    accept: 'Take these books from now on',
    fine: 'Nothing that this browser has seen is missing.',
    key: 'Signed by key',
    copyKey: 'Copy the thumbprint of the key',
  },
  head: 'Head',
  copyHead: 'Copy the head of: {{log}}',
  checked: 'Checked {{time}}',
  checkAgain: 'Check again',
  export: 'Export',
  exportLog: 'Export: {{log}}',
} as const
