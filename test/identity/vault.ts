import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { readConfiguration } from '../../server/config.ts'
import { makeRecoveryCode, makeSetupCode } from '../../server/domain/identity/pairing-codes.ts'
import { startVault, type Vault } from '../../server/main.ts'
import type { AuditPage } from '../../shared/audit.ts'
import { CONTRACT, CONTRACT_HEADER } from '../../shared/contract.ts'
import {
  Paired,
  type PairingCodeRequest,
  pairingMac,
  readPairingCode,
  TokenAnswer,
} from '../../shared/pairing.ts'
import { Problem } from '../../shared/problems.ts'
import { extensionOrigin, newDevice } from '../device.ts'
import { type Engine, freshDatabase } from '../engine.ts'

/** Turns of a request away from what an honest browser sends. */
type Twist = {
  /** The proof as it is sent; undefined member: none at all. */
  readonly proof?: string | undefined
  /** Moment of the proof, ms. */
  readonly at?: number
  readonly id?: string
  readonly method?: string
  /** Address in the proof. */
  readonly address?: string
  readonly token?: string | undefined
  /** Token that the proof is made for. */
  readonly provenToken?: string | undefined
  readonly origin?: string | undefined
}

export type Answered = {
  readonly status: number
  readonly text: string
  readonly headers: Headers
  readonly problem: Problem | undefined
}

const problemOf = (text: string): Problem | undefined => {
  try {
    return Problem.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** A running vault with a clock that a test moves, and browsers that speak to it by HTTP; on the engine under test if no other is named. */
export const givenVault = async (settings: Record<string, string> = {}, on?: Engine) => {
  const folder = mkdtempSync(join(tmpdir(), 'ownkey-identity-'))
  const fresh = await freshDatabase('migrated', on)
  let now = Date.parse('2026-11-21T10:00:00Z')
  const chance = { now: () => now, newId: randomUUID }
  const start = (more: Record<string, string>): Promise<Vault> => {
    const configuration = readConfiguration({
      PORT: '0',
      OWNKEY_DATA: join(folder, 'data'),
      OWNKEY_MASTER_KEY_FILE: join(folder, 'keys', 'master.key'),
      ...fresh.settings,
      ...settings,
      ...more,
    })
    return startVault(configuration, pino({ level: 'silent' }), chance)
  }
  let vault = await start({})
  let runs = true
  const halt = async (): Promise<void> => {
    if (runs) await vault.stop(0)
    runs = false
  }
  const [workspace] = await vault.opened.workspaces.list()
  if (workspace === undefined) throw new Error('the vault has no workspace')

  const browser = async (origin: string | undefined = extensionOrigin) => {
    const device = await newDevice(() => vault.origin)
    let session: string | undefined

    const send = async (
      method: string,
      path: string,
      body?: unknown,
      twist: Twist = {},
    ): Promise<Answered> => {
      const token = 'token' in twist ? twist.token : session
      const proven = 'provenToken' in twist ? twist.provenToken : token
      const made = await device.proof({
        method: twist.method ?? method,
        address: twist.address ?? new URL(path, vault.origin).href,
        at: twist.at ?? now,
        id: twist.id ?? randomUUID(),
        token: proven,
      })
      const headers = new Headers({ [CONTRACT_HEADER]: String(CONTRACT) })
      const proof = 'proof' in twist ? twist.proof : made
      if (proof !== undefined) headers.set('dpop', proof)
      if (token !== undefined) headers.set('authorization', `DPoP ${token}`)
      const from = 'origin' in twist ? twist.origin : origin
      if (from !== undefined) headers.set('origin', from)
      if (body !== undefined) headers.set('content-type', 'application/json')
      const content = body === undefined ? {} : { body: JSON.stringify(body) }
      const response = await fetch(new URL(path, vault.origin), { method, headers, ...content })
      const text = await response.text()
      return { status: response.status, text, headers: response.headers, problem: problemOf(text) }
    }

    const pairingBody = async (
      typed: string,
      more: Record<string, unknown> = {},
      vaultAddress = vault.origin,
    ) => {
      const code = readPairingCode(typed)
      if (code === undefined) throw new Error('no pairing code')
      const mac = await pairingMac(code.secret, device.thumbprint, vaultAddress)
      return { codeId: code.id, mac, deviceName: 'A browser', memberName: 'Ada', ...more }
    }

    const signIn = async (twist: Twist = {}): Promise<Answered> => {
      const answer = await send('POST', '/v1/tokens', {}, { ...twist, token: undefined })
      if (answer.status === 200) session = TokenAnswer.parse(JSON.parse(answer.text)).token
      return answer
    }

    return {
      device,
      send,
      pairingBody,
      signIn,
      session: () => session,
      /** Tries to pair; `more` replaces members of the body. */
      tryPair: async (typed: string, more?: Record<string, unknown>, twist?: Twist): Promise<Answered> =>
        send('POST', '/v1/devices', await pairingBody(typed, more), { token: undefined, ...twist }),
      makeCode: async (request: PairingCodeRequest): Promise<string> => {
        const answer = await send('POST', '/v1/pairing-codes', request)
        return JSON.parse(answer.text).code
      },
    }
  }
  type Browser = Awaited<ReturnType<typeof browser>>

  const setupCode = async (): Promise<string> => (await makeSetupCode(vault.opened)(workspace.id))?.code ?? ''

  /** A browser that is paired by this code and signed in. */
  const paired = async (code: string, more?: Record<string, unknown>, origin?: string): Promise<Browser> => {
    const one = await browser(origin ?? extensionOrigin)
    const answer = await one.tryPair(code, more)
    if (answer.status !== 201) throw new Error(`pairing was refused: ${answer.text}`)
    Paired.parse(JSON.parse(answer.text))
    await one.signIn()
    return one
  }

  return {
    get vault() {
      return vault
    },
    get opened() {
      return vault.opened
    },
    workspace,
    now: () => now,
    pass: (ms: number): void => {
      now += ms
    },
    browser,
    paired,
    setupCode,
    recoveryCode: async (): Promise<string> =>
      (await makeRecoveryCode(vault.opened)(workspace.id))?.code ?? '',
    /** The first member with the first browser. */
    owner: async (): Promise<Browser> => paired(await setupCode(), { memberName: 'Olga' }),
    /** What was written down, oldest first. */
    audited: async (): Promise<AuditPage['entries']> =>
      (await vault.opened.audit.list(workspace.id, { limit: 200 })).entries.toReversed(),
    /** Stops the vault and starts it again on the same data, with other settings if they are given. */
    restart: async (more: Record<string, string> = {}): Promise<void> => {
      await halt()
      vault = await start(more)
      runs = true
    },
    stop: async (): Promise<void> => {
      await halt()
      await fresh.remove()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
export type GivenVault = Awaited<ReturnType<typeof givenVault>>
export type Browser = Awaited<ReturnType<GivenVault['browser']>>
