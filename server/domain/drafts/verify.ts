import type { Caller } from '../identity/caller.ts'
import type { Failure, OpenedKey } from '../provider.ts'
import {
  type AttemptParts,
  type Candidate,
  callProvider,
  holdFor,
  type Order,
  planAttempt,
  settle,
} from './attempts.ts'
import { verificationPrompt } from './prompt.ts'

/** Output of a verifying call, in tokens: enough for one word, little enough to cost a fraction of a cent. */
const VERIFICATION_OUTPUT_TOKENS = 64

/** Proves a key by one tiny real call, which has a receipt like every other. The key is not stored yet. */
export const verify =
  (parts: AttemptParts) =>
  async (
    caller: Caller,
    candidate: Candidate,
    key: OpenedKey,
    signal: AbortSignal,
  ): Promise<{ readonly receiptId: string; readonly failure: Failure | undefined }> => {
    const order = verificationOrder(parts, caller)
    const pricing = await parts.pricingFor(caller.workspaceId)
    const plan = planAttempt(
      { ...parts, pricing },
      order,
      candidate,
      verificationPrompt,
      VERIFICATION_OUTPUT_TOKENS,
    )
    await holdFor(parts, plan)
    const { ending, failure } = await callProvider(parts, plan, key, () => {}, signal)
    await settle(parts, plan, ending)
    return { receiptId: plan.order.receiptId, failure }
  }

const verificationOrder = ({ newId }: Pick<AttemptParts, 'newId'>, caller: Caller): Order => {
  const receiptId = newId()
  return {
    caller,
    receiptId,
    resolutionId: newId(),
    purpose: 'verify',
    urgentBy: null,
    site: null,
    channelId: null,
    idempotencyKey: receiptId,
    requestHash: receiptId,
  }
}
