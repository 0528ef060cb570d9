/** What the Caps page says. */
export const caps = {
  tab: 'Caps',
  note: 'What may be spent at most',
  workspace: 'Whole workspace, this month',
  settled: 'Spent',
  held: 'Reserved',
  heldHint: 'by drafts in flight, at their upper bound',
  left: 'Left',
  leftHint: 'for new drafts',
  resets: 'Starts anew on {{moment}}, time of {{zone}}.',
  lower: {
    title: 'Pause drafting now?',
    below:
      '{{limit}} is less than the {{used}} used already. Drafting pauses for everybody at once, until the cap is raised or starts anew on {{day}}.',
    finish: 'Drafts being written now finish: what they may cost is reserved already.',
    confirm: 'Set the cap and pause',
  },
  full: {
    title: 'When the cap is reached',
    pauses: 'Pauses',
    drafts: 'New drafts and refinements, for everybody',
    verifying: 'Verifying a key, since that is a paid call too',
    goesOn: 'Goes on',
    running: 'Drafts being written: they finish, and their cost counts in the month in which they began',
    inserting: 'Inserting and copying what is written already',
    reading: 'Spend, receipts and settings',
  },
  overshoot: {
    title: 'Largest possible overshoot',
    why: 'What this rests on',
  },
  history: {
    title: 'Changes of the cap',
    when: 'When',
    who: 'Who',
    before: 'Before',
    after: 'After',
    more: 'Load older changes',
    emptyTitle: 'The cap was never changed',
    emptyTodo: 'A new workspace starts with $50 a month.',
  },
} as const
