import { z } from 'zod'
import { Key, KeyConnected, KeyReplacement, KeySwitch, Rehearsal } from '../../../shared/keys.ts'
import { type Answers, VERIFY_TIMEOUT_MS } from '../answers.ts'

/** How a key gets another secret, and how a refused one is tried again. Owners and admins only. */
export const rotationCalls = ({ answer }: Answers) => ({
  /** Proves another secret by a real call and keeps it sealed for a while; it answers nobody yet. The caller forgets it at once. */
  rehearse: (keyId: string, key: string): Promise<Rehearsal> =>
    answer(Rehearsal, {
      method: 'POST',
      path: `/v1/keys/${keyId}/versions`,
      body: z.encode(KeyReplacement, { key }),
      timeoutMs: VERIFY_TIMEOUT_MS,
    }),

  /** A rehearsed version, or the former one, answers from now on. Past its time it is `version-gone`. */
  switchKey: (keyId: string, version: number): Promise<Key> =>
    answer(Key, {
      method: 'PUT',
      path: `/v1/keys/${keyId}/version`,
      body: z.encode(KeySwitch, { version }),
    }),

  /** Asks the provider by a real call whether it takes the key, and lets it answer again if it does. */
  verifyKey: (keyId: string): Promise<KeyConnected> =>
    answer(KeyConnected, {
      method: 'POST',
      path: `/v1/keys/${keyId}/verification`,
      timeoutMs: VERIFY_TIMEOUT_MS,
    }),
})
