import { parseArgs } from 'node:util'
import { Label } from '../../shared/ids.ts'
import { makeSetupCode } from '../domain/identity/pairing-codes.ts'
import { createWorkspace, isTimeZone } from '../domain/identity/workspaces.ts'
import { refuseSealed } from '../domain/seal.ts'
import type { OpenVault } from '../open.ts'
import { codeText } from './codes.ts'
import { addressOf, type Command, OperatorError, say, withVault } from './command.ts'

const USAGE = 'ownkey workspace create NAME [--time-zone ZONE], or ownkey workspace list'

type Wanted = { readonly name: string; readonly timeZone: string }

const wanted = (name: string | undefined, asked: string | undefined): Wanted => {
  const label = Label.safeParse(name)
  if (!label.success) throw new OperatorError(`A name of at most 80 characters is needed: ${USAGE}`)
  const timeZone = asked ?? new Intl.DateTimeFormat().resolvedOptions().timeZone
  if (!isTimeZone(timeZone))
    throw new OperatorError(`--time-zone: ${timeZone} is not a time zone such as Europe/Berlin`)
  return { name: label.data, timeZone }
}

const create = async (vault: OpenVault, { name, timeZone }: Wanted, address: string): Promise<void> => {
  await refuseSealed(vault.seals)
  const all = await vault.workspaces.list()
  if (all.some((known) => known.name === name))
    throw new OperatorError(`There is a workspace of the name ${name} already. Give this one another name.`)
  const { id } = await createWorkspace(vault)({ name, timeZone })
  const made = await makeSetupCode(vault)(id)
  if (made === undefined) throw new Error('a new workspace has a member')
  say(
    `Workspace ${id}  ${name}\n\nPair its owner in the extension's popup with\n\n${codeText(address, made)}`,
  )
}

const list = async ({ workspaces }: OpenVault): Promise<void> => {
  for (const { id, name, timeZone } of await workspaces.list()) say(`  ${id}  ${name}  (${timeZone})`)
}

/** The teams that one vault serves, strictly apart. */
export const workspace: Command = {
  takes: 'create NAME [--time-zone ZONE] | list',
  does: 'a further team, strictly apart; or all of them',
  run: (configuration, words) => {
    const { positionals, values } = parseArgs({
      args: [...words],
      options: { 'time-zone': { type: 'string' } },
      allowPositionals: true,
    })
    const [deed, name, ...more] = positionals
    if (more.length > 0) throw new OperatorError(`A name of several words needs quotes: ${USAGE}`)
    if (deed === 'list' && name === undefined) return withVault(configuration, list)
    if (deed !== 'create') throw new OperatorError(USAGE)
    const asked = wanted(name, values['time-zone'])
    return withVault(configuration, (vault) => create(vault, asked, addressOf(configuration)))
  },
}
