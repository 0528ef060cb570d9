/** What the Keys page says beside what the popup says of keys. */
export const keys = {
  tab: 'Keys',
  note: 'Sealed in your vault; nobody can read one again, not even here',
  advice:
    'Make a key for Ownkey alone in the provider’s console: then its bill and your receipts can be compared, and revoking it stops nothing else.',
  emptyTitle: 'No key is connected',
  emptyTodo: 'Drafting begins with a key of your own provider account. It goes to your vault only.',
  label: 'Label',
  model: 'Drafts with',
  address: 'Calls go to',
  standardAddress: 'the provider’s own address',
  otherAddress: 'set by whoever runs the vault',
  connected: 'Connected',
  connectedBy: '{{day}}, by {{name}}',
  verified: 'Verified',
  version: 'Version',
} as const
