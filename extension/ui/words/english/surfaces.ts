/** Words that more than one surface says. */
export const common = {
  again: 'Try again',
  cancel: 'Cancel',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  details: 'Details',
  requestId: 'Request id',
  problemName: 'Name',
  loading: 'Loading',
  aiOn: 'AI is on',
  aiPaused: 'AI is paused',
  retrySeconds_one: 'in {{count}} second',
  retrySeconds_other: 'in {{count}} seconds',
  retryMinutes_one: 'in {{count}} minute',
  retryMinutes_other: 'in {{count}} minutes',
  partialKept: 'What had arrived is kept.',
  partialNone: 'Nothing had arrived yet.',
  back: 'Back',
  yes: 'yes',
  no: 'no',
  none: 'none',
} as const

export const cap = {
  ofLimit: 'of',
  resets: 'resets {{day}}',
  held: '{{held}} reserved by drafts in flight',
  near: 'near the cap',
  reached: 'cap reached',
  names: {
    month: 'The monthly cap',
    day: 'The daily cap',
    monthOf: 'The monthly cap for {{name}}',
    dayOf: 'The daily cap for {{name}}',
  },
  bar: 'Cap: {{used}} of {{limit}} used',
} as const
