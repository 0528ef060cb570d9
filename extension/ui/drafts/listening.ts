import type { Cap } from '../../../shared/cap.ts'
import type { DraftEvent, DraftRequest } from '../../../shared/drafts.ts'
import type { Vault } from '../../vault/client.ts'
import { problemOf } from '../../vault/problem.ts'
import { tellable } from '../reading.ts'
import { capOf, failed, heard, stopped, type Version, waiting } from './version.ts'
import { askedPatiently, type WaitReason } from './waiting.ts'

/** Hears each step of a draft; the cap where a step told it. */
type Tell = (version: Version, cap?: Cap) => void

/** Asks the vault, tells each step, and ends with the version as it stands: it never rejects. */
export const listenTo = async (
  vault: Pick<Vault, 'draft'>,
  { request, start }: { readonly request: DraftRequest; readonly start: Version },
  signal: AbortSignal,
  tell: Tell,
): Promise<Version> => {
  let version = start
  try {
    const onEvent = (event: DraftEvent): void => {
      version = heard(version, event)
      tell(version, capOf(event))
    }
    const onWait = (reason: WaitReason): void => tell(waiting(version, reason))
    await askedPatiently(() => vault.draft(request, { signal, onEvent }), onWait, signal)
    return version
  } catch (thrown) {
    if (signal.aborted && problemOf(thrown)?.slug !== 'cap-held') return stopped(version)
    if (problemOf(thrown) === undefined) reportError(thrown)
    return failed(version, tellable(thrown))
  }
}
