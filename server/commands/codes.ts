import { parseArgs } from 'node:util'
import { makeRecoveryCode, makeSetupCode } from '../domain/identity/pairing-codes.ts'
import type { OpenVault } from '../open.ts'
import { addressOf, type Command, OperatorError, say, withVault } from './command.ts'

type Named = { readonly id: string; readonly name: string }

const wanted = (words: readonly string[]): string | undefined =>
  parseArgs({ args: [...words], options: { workspace: { type: 'string' } } }).values.workspace

/** The workspace with this name or id; without one the only one. */
export const workspaceNamed = async (
  { workspaces }: OpenVault,
  asked: string | undefined,
): Promise<Named> => {
  const all = await workspaces.list()
  const found = all.filter(({ id, name }) => asked === undefined || asked === id || asked === name)
  const [one] = found
  if (one !== undefined && found.length === 1) return one
  const names = all.map(({ id, name }) => `  ${id}  ${name}`).join('\n')
  throw new OperatorError(
    `${one === undefined ? 'There is no such workspace' : 'Which workspace?'} Add --workspace with a name or id:\n${names}`,
  )
}

/** A code as the operator reads it, with the address and until when it works. */
export const codeText = (address: string, { code, expiresAt }: { code: string; expiresAt: number }): string =>
  [
    `  Address  ${address}`,
    `  Code     ${code}`,
    `  Valid    until ${new Date(expiresAt).toLocaleTimeString()}`,
  ].join('\n')

/** A code for the first owner of a workspace. */
export const setupCode: Command = {
  takes: '[--workspace NAME]',
  does: 'a code for the first owner',
  run: (configuration, words) =>
    withVault(configuration, async (vault) => {
      const made = await makeSetupCode(vault)((await workspaceNamed(vault, wanted(words))).id)
      if (made === undefined)
        throw new OperatorError(
          'This workspace has an owner. If every browser of the owner is lost: npm run ownkey -- recover-owner',
        )
      say(codeText(addressOf(configuration), made))
    }),
}

/** A code for an owner who lost every browser. */
export const recoverOwner: Command = {
  takes: '[--workspace NAME]',
  does: 'a code for an owner who lost every browser',
  run: (configuration, words) =>
    withVault(configuration, async (vault) => {
      const made = await makeRecoveryCode(vault)((await workspaceNamed(vault, wanted(words))).id)
      if (made === undefined)
        throw new OperatorError('This workspace has no owner yet: npm run ownkey -- setup-code')
      say(
        `When this code is used, the owner's other browsers are removed.\n\n${codeText(addressOf(configuration), made)}`,
      )
    }),
}
