import { z } from 'zod'

/** Why drafting is paused; computed from the books at each request. */
export const PauseReason = z.enum([
  'switched-off',
  'no-key',
  'key-rejected',
  'cap-reached',
  'workspace-ending',
])
export type PauseReason = z.infer<typeof PauseReason>
