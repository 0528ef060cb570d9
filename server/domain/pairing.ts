import type { Role } from '../../shared/members.ts'
import {
  macOf,
  type Paired,
  type PairingCode,
  type PairingCodeRequest,
  type PairingRequest,
  pairingVerifier,
  writePairingCode,
} from '../../shared/pairing.ts'
import type { AuditRecord } from './audit.ts'
import { type Caller, isAdmin } from './caller.ts'
import type { Envelope, SealContext } from './envelope.ts'
import { isAtMost, type MemberStore, type Standing } from './members.ts'
import { acceptProof, type Credentials, type ProofParts } from './proof.ts'
import { Refusal } from './refusal.ts'
import { isTimeZone, type WorkspaceKey } from './workspaces.ts'

const MINUTE_MS = 60_000
const CODE_LIFE_MS = 15 * MINUTE_MS
/** An invitation travels to another person, who may read it tomorrow. */
const INVITE_LIFE_MS = 72 * 60 * MINUTE_MS
const TRIES = 5

/** `setup`: the first member. `recover`: the owner who lost every browser. `device`: a member's further browser. `invite`: a new member. */
export type CodeKind = 'setup' | 'recover' | 'device' | 'invite'

/** A code without its secret, as it is stored. */
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
}

export type NewDevice = {
  readonly id: string
  readonly jkt: string
  readonly origin: string | null
  readonly name: string
}

/** What pairing writes, all of it or nothing. */
export type Admission = {
  readonly code: StoredCode
  readonly at: number
  readonly device: NewDevice
  readonly memberId: string
  /** A member to make; undefined when the code belongs to one. */
  readonly newMember: { readonly name: string; readonly role: Role } | undefined
  /** With the setup code: what the person calls the workspace, and its time zone, where given. */
  readonly workspace: { readonly name: string | undefined; readonly timeZone: string | undefined }
  readonly records: readonly AuditRecord[]
}

export type PairingStore = {
  /** Writes a code and its record; earlier unused codes of the same kind for the same person are dead from then on. False when the id is taken. */
  make(code: StoredCode & { triesLeft: number }, record: AuditRecord): Promise<boolean>
  /** Takes one try from the code, before anything is compared. Undefined when there is no such code or no try left. */
  spendTry(codeId: string): Promise<StoredCode | undefined>
  /** Gives a try back that was not a guess. */
  returnTry(code: StoredCode): Promise<void>
  refuse(record: AuditRecord): Promise<void>
  /** Undefined when the code was used meanwhile, the key is known already, or a setup code comes second; nothing is written then. */
  admit(admission: Admission): Promise<Paired | undefined>
}

/** Random codes, and the comparison that takes the same time for every answer. */
export type CodeMint = { newCode(): PairingCode; isSame(a: string, b: string): boolean }

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

/** A code to show once. The vault cannot show it again. */
export type MadeCode = { readonly code: string; readonly expiresAt: number }
