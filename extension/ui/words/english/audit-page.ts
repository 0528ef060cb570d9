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
} as const
