/** What the Playground page says. */
export const playground = {
  tab: 'Playground',
  note: 'Try out what a customer would be answered',
  apart:
    'Each answer has its receipt. It does not count under the workspace’s cap, but under the playground’s own, if there is one. This page keeps nothing once you leave it.',
  trial: 'What a customer writes',
  message: 'Customer’s message',
  instruction: 'What should the reply say? Optional',
  answer: 'Answer',
  empty: 'The answer appears here as it is written.',
  stopped: 'Stopped. The provider finishes the answer, and its receipt is among the receipts.',
} as const
