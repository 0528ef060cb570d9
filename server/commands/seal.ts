import { newTokenKey } from '../crypto/session-token.ts'
import { sealVault, unsealVault } from '../domain/seal.ts'
import { nextTokenKey } from '../domain/vault-secrets.ts'
import { type Command, say, withVault } from './command.ts'

/** Stops everything in one word, while the vaults run: nothing is opened, every session is void, nobody drafts or pairs. */
export const seal: Command = {
  takes: '',
  does: 'stops every vault: keys forgotten, sessions void',
  run: (configuration) =>
    withVault(configuration, async (vault) => {
      const next = await nextTokenKey({ ...vault, newTokenKey })
      const done = await sealVault(vault, vault.now(), next)
      say(
        done
          ? 'Sealed. Every vault on this database refuses from now on. To go on: npm run ownkey -- unseal'
          : 'This vault is sealed already. To go on: npm run ownkey -- unseal',
      )
    }),
}

/** Lifts the seal. */
export const unseal: Command = {
  takes: '',
  does: 'lets the vaults work again',
  run: (configuration) =>
    withVault(configuration, async (vault) => {
      const done = await unsealVault(vault)
      say(
        done
          ? 'Unsealed. Browsers that are paired sign in again by themselves.'
          : 'This vault is not sealed.',
      )
    }),
}
