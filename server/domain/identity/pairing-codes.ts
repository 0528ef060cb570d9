import type { Role } from '../../../shared/members.ts'
import { type PairingCodeRequest, pairingVerifier, writePairingCode } from '../../../shared/pairing.ts'
import type { AuditRecord } from '../books/audit.ts'
import { Refusal } from '../refusal.ts'
import { type Caller, requireAdmin } from './caller.ts'
import { isAtMost } from './members.ts'
import { type CodeKind, type PairingParts, verifierContext } from './pairing.ts'

const MINUTE_MS = 60_000
const LIFE_MS = 15 * MINUTE_MS
/** An invitation travels to another person, who may read it on another day. */
const INVITE_LIFE_MS = 72 * 60 * MINUTE_MS
const TRIES = 5
/** Ids have 30 bits; a second collision in a row does not happen by chance. */
const MOST_DRAWS = 3

/** A code to show once, and until when it works (ms). The vault cannot show it again. */
export type MadeCode = { readonly code: string; readonly expiresAt: number }

type CodeParts = Pick<PairingParts, 'codes' | 'members' | 'workspaceKey' | 'envelope' | 'mint' | 'now'>

type Wanted = {
  readonly workspaceId: string
  readonly kind: CodeKind
  readonly role: Role
  readonly memberId: string | null
  readonly madeBy: string | null
}

const recordOf = ({ workspaceId, kind, role, madeBy }: Wanted, codeId: string): AuditRecord => ({
  workspaceId,
  kind: kind === 'setup' ? 'setup-code-made' : 'pairing-code-made',
  memberId: madeBy,
  facts: { code: codeId, kind, role },
})

const draw = async (parts: CodeParts, wanted: Wanted): Promise<MadeCode | undefined> => {
  const code = parts.mint.newCode()
  const key = await parts.workspaceKey(wanted.workspaceId)
  const verifier = (await pairingVerifier(code.secret)).toBase64()
  const context = verifierContext(wanted.workspaceId, code.id)
  const sealedVerifier = await parts.envelope.seal(key, context, verifier)
  const createdAt = parts.now()
  const expiresAt = createdAt + (wanted.kind === 'invite' ? INVITE_LIFE_MS : LIFE_MS)
  const stored = {
    ...wanted,
    id: code.id,
    sealedVerifier,
    createdAt,
    expiresAt,
    usedAt: null,
    withdrawnAt: null,
  }
  const made = await parts.codes.make(stored, TRIES, recordOf(wanted, code.id))
  return made ? { code: writePairingCode(code), expiresAt } : undefined
}

const make = async (parts: CodeParts, wanted: Wanted): Promise<MadeCode> => {
  for (let draws = 0; draws < MOST_DRAWS; draws += 1) {
    const made = await draw(parts, wanted)
    if (made !== undefined) return made
  }
  throw new Error('no free id for a pairing code')
}

/** The code for a workspace's first member, for the operator's terminal only. Undefined when there is a member already. */
export const makeSetupCode =
  (parts: CodeParts) =>
  async (workspaceId: string): Promise<MadeCode | undefined> => {
    if (await parts.members.any(workspaceId)) return undefined
    return make(parts, { workspaceId, kind: 'setup', role: 'owner', memberId: null, madeBy: null })
  }

/**
 * A code for an owner who lost every browser, for the operator's terminal only; using it removes the owner's old devices. Undefined when there
 * is no owner yet.
 */
export const makeRecoveryCode =
  (parts: CodeParts) =>
  async (workspaceId: string): Promise<MadeCode | undefined> => {
    const owner = await parts.members.owner(workspaceId)
    if (owner === undefined) return undefined
    return make(parts, { workspaceId, kind: 'recover', role: 'owner', memberId: owner.id, madeBy: null })
  }

/** A code for one's own further browser, or an invitation by an owner or admin to a role of at most their own. */
export const makePairingCode =
  (parts: CodeParts) =>
  async (caller: Caller, request: PairingCodeRequest): Promise<MadeCode> => {
    const { workspaceId, memberId } = caller
    if (request.kind === 'device')
      return make(parts, { workspaceId, kind: 'device', role: caller.role, memberId, madeBy: memberId })
    requireAdmin(caller)
    if (!isAtMost(request.role, caller.role)) throw new Refusal('not-found', {})
    return make(parts, { workspaceId, kind: 'invite', role: request.role, memberId: null, madeBy: memberId })
  }
