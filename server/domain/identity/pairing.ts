import type { Role } from '../../../shared/members.ts'
import { macOf, type Paired, type PairingCode, type PairingRequest } from '../../../shared/pairing.ts'
import type { AuditRecord } from '../books/audit.ts'
import type { Envelope, SealContext } from '../envelope.ts'
import { Refusal } from '../refusal.ts'
import { mayInvite } from './invites.ts'
import type { MemberStore, Standing } from './members.ts'
import { type Credentials, type ProofParts, provenBy, spendProof } from './proof.ts'
import { addressesOf } from './vault-address.ts'
import { isTimeZone, type WorkspaceKey } from './workspaces.ts'

/** `setup`: the first member. `recover`: the owner who lost every browser. `device`: a member's further browser. `invite`: a new member. */
export type CodeKind = 'setup' | 'recover' | 'device' | 'invite'

/** A code without its secret, as it is stored. Times are milliseconds since the epoch. */
export type StoredCode = {
  readonly workspaceId: string
  readonly id: string
  readonly kind: CodeKind
  /** The role of the member that it makes or belongs to. */
  readonly role: Role
  /** Whose further browser it pairs; null for a new member. */
  readonly memberId: string | null
  /** Who made it; null for the operator's terminal. */
  readonly madeBy: string | null
  readonly sealedVerifier: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly usedAt: number | null
  readonly withdrawnAt: number | null
}

/** What pairing writes, all of it or nothing. */
export type Admission = {
  readonly code: StoredCode
  readonly at: number
  readonly device: {
    readonly id: string
    readonly jkt: string
    readonly origin: string | null
    readonly name: string
  }
  readonly memberId: string
  /** A member to make; undefined when the code belongs to one. */
  readonly newMemberName: string | undefined
  /** With the setup code: what the person calls the workspace, and its time zone, where given. */
  readonly workspaceName: string | undefined
  readonly timeZone: string | undefined
  readonly records: readonly AuditRecord[]
}

/** Where codes are written down, and where a code becomes a device. */
export type PairingStore = {
  /** Writes a code and its record; earlier unused codes of the same kind for the same person are gone from then on. False when the id is taken. */
  make(code: StoredCode, tries: number, record: AuditRecord): Promise<boolean>
  /** Takes one try from the code, before anything is compared. Undefined when there is no such code or no try left. */
  spendTry(codeId: string): Promise<StoredCode | undefined>
  /** Gives back a try that was no guess. */
  returnTry(code: StoredCode): Promise<void>
  refuse(record: AuditRecord): Promise<void>
  /**
   * Undefined when the code was used or withdrawn meanwhile, the device key is known already, or a setup code comes second; nothing is written then.
   * A recovered owner's other devices and pending codes are removed.
   */
  admit(admission: Admission): Promise<Paired | undefined>
}

/** Random codes, and a comparison whose time does not depend on the answer. */
export type CodeMint = { newCode(): PairingCode; isSame(a: string, b: string): boolean }

/** What pairing and making codes need. */
export type PairingParts = ProofParts & {
  readonly codes: PairingStore
  readonly members: MemberStore
  readonly workspaceKey: WorkspaceKey
  readonly envelope: Envelope
  readonly mint: CodeMint
  /** The vault's own address, as browsers use it. */
  readonly origin: () => string
  readonly newId: () => string
}

/** What the sealed verifier of a code is bound to. */
export const verifierContext = (workspaceId: string, codeId: string): SealContext => ({
  kind: 'pairing-verifier',
  workspace: workspaceId,
  id: codeId,
  version: 1,
  purpose: 'pairing',
})

const isLiving = (standing: Standing | undefined): standing is Standing =>
  standing !== undefined && !standing.removed

/** Whether whoever made the code may still hand out what it gives. */
const makerStillMay = async ({ members }: PairingParts, code: StoredCode): Promise<boolean> => {
  if (code.madeBy === null) return true
  const maker = await members.find(code.workspaceId, code.madeBy)
  return isLiving(maker) && (code.kind !== 'invite' || mayInvite(maker, code.role))
}

/** Whether the place that the code gives is still there: no member yet, the same owner, a living member. */
const placeIsOpen = async ({ members }: PairingParts, code: StoredCode): Promise<boolean> => {
  if (code.kind === 'setup') return !(await members.any(code.workspaceId))
  if (code.memberId === null) return true
  const member = await members.find(code.workspaceId, code.memberId)
  return isLiving(member) && (code.kind !== 'recover' || member.role === 'owner')
}

const knowsSecret = async (
  parts: PairingParts,
  code: StoredCode,
  { mac }: PairingRequest,
  jkt: string,
): Promise<boolean> => {
  const key = await parts.workspaceKey(code.workspaceId)
  const context = verifierContext(code.workspaceId, code.id)
  const verifier = Uint8Array.fromBase64(await parts.envelope.open(key, context, code.sealedVerifier))
  const expected = addressesOf(parts.origin()).map((address) => macOf(verifier, jkt, address))
  return (await Promise.all(expected)).some((one) => parts.mint.isSame(one, mac))
}

/** Why a code does not pair; for the audit log only, whoever asks reads one and the same refusal. */
const flawOf = async (
  parts: PairingParts,
  code: StoredCode,
  request: PairingRequest,
  jkt: string,
): Promise<string | undefined> => {
  if (!(await knowsSecret(parts, code, request, jkt))) return 'wrong-secret'
  if (code.usedAt !== null) return 'used'
  if (code.withdrawnAt !== null) return 'withdrawn'
  if (code.expiresAt <= parts.now()) return 'expired'
  if (!(await makerStillMay(parts, code))) return 'maker-lost-right'
  return (await placeIsOpen(parts, code)) ? undefined : 'place-taken'
}

const makesMember = ({ memberId }: StoredCode): boolean => memberId === null

/** What is missing or wrong in a request whose code is right. Such a code is not spent. */
const lackOf = (code: StoredCode, { memberName, timeZone }: PairingRequest): Refusal | undefined => {
  if (makesMember(code) && memberName === undefined)
    return new Refusal('name-needed', { needs: code.kind === 'setup' ? ['member', 'workspace'] : ['member'] })
  if (code.kind !== 'setup' || timeZone === undefined || isTimeZone(timeZone)) return undefined
  return new Refusal('malformed-request', { issues: [{ path: 'timeZone', rule: 'IANA time zone' }] })
}

const recordsOf = (code: StoredCode, memberId: string, device: string): readonly AuditRecord[] => {
  const record = { workspaceId: code.workspaceId, memberId }
  const paired = {
    ...record,
    kind: 'device-paired',
    facts: { device, code: code.kind, role: code.role },
  } as const
  return code.kind === 'recover'
    ? [{ ...record, kind: 'owner-recovered', facts: { device } }, paired]
    : [paired]
}

const admissionOf = (
  { newId, now }: PairingParts,
  code: StoredCode,
  request: PairingRequest,
  jkt: string,
  origin: string | undefined,
): Admission => {
  const memberId = code.memberId ?? newId()
  const isSetup = code.kind === 'setup'
  return {
    code,
    at: now(),
    device: { id: newId(), jkt, origin: origin ?? null, name: request.deviceName },
    memberId,
    newMemberName: makesMember(code) ? request.memberName : undefined,
    workspaceName: isSetup ? request.workspaceName : undefined,
    timeZone: isSetup ? request.timeZone : undefined,
    records: recordsOf(code, memberId, request.deviceName),
  }
}

const refusal = (): Refusal => new Refusal('pairing-refused', {})

const refuse = async ({ codes }: PairingParts, code: StoredCode, reason: string): Promise<Refusal> => {
  const facts = { code: code.id, kind: code.kind, reason }
  await codes.refuse({ workspaceId: code.workspaceId, kind: 'pairing-refused', memberId: code.madeBy, facts })
  return refusal()
}

/**
 * Pairs a browser by a code and a proof of its new key. A try is spent before anything is compared, so guesses in parallel are counted; every
 * wrong, used or old code is the same refusal.
 */
export const pair =
  (parts: PairingParts) =>
  async (request: PairingRequest, credentials: Credentials): Promise<Paired> => {
    const proof = await provenBy(parts, credentials)
    const { jkt } = proof
    const code = await parts.codes.spendTry(request.codeId)
    if (code === undefined) throw refusal()
    await spendProof(parts, proof)
    const flaw = await flawOf(parts, code, request, jkt)
    if (flaw !== undefined) throw await refuse(parts, code, flaw)
    const lack = lackOf(code, request)
    if (lack !== undefined) {
      await parts.codes.returnTry(code)
      throw lack
    }
    const admission = admissionOf(parts, code, request, jkt, credentials.origin)
    const paired = await parts.codes.admit(admission)
    if (paired === undefined) throw await refuse(parts, code, 'overtaken')
    return paired
  }
