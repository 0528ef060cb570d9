import { startPostgres } from '../postgres-server.ts'
import { freePort, startProxy } from '../proxy.ts'
import { setupCodeOf, startVaultProcess, type VaultProcess, type VaultSettings } from '../vault-process.ts'

/** The vaults of the demo, behind the one address that browsers know. */
export type Vaults = {
  readonly address: string
  setupCode(): Promise<string>
  /** From now on one vault gets every request; the function given back ends that vault with kill -9, and the others take over. Undefined when there is only one. */
  readonly aimAtOne: (() => () => Promise<void>) | undefined
}

type Wanted = { readonly folder: string; readonly settings: VaultSettings; readonly count: number }

const alone = async (stack: AsyncDisposableStack, { folder, settings }: Wanted): Promise<Vaults> => {
  const vault = await startVaultProcess(folder, settings)
  stack.defer(async () => void (await vault.stop()))
  return { address: vault.address, setupCode: () => setupCodeOf(folder, settings), aimAtOne: undefined }
}

type Served = { readonly port: number; readonly vault: VaultProcess }

/** Each at a port of its own; the first one migrates and makes the master key, as an operator would begin too. */
const startAll = async (stack: AsyncDisposableStack, { folder, settings, count }: Wanted) => {
  const served: Served[] = []
  for (let started = 0; started < count; started += 1) {
    const port = await freePort()
    const vault = await startVaultProcess(folder, { ...settings, PORT: String(port) })
    stack.defer(async () => void (await vault.stop()))
    served.push({ port, vault })
  }
  return served
}

const onPostgres = async (stack: AsyncDisposableStack, wanted: Wanted): Promise<Vaults> => {
  const postgres = await startPostgres()
  stack.defer(postgres.stop)
  const proxy = await startProxy()
  stack.defer(proxy.close)
  const settings = { ...wanted.settings, DATABASE_URL: postgres.url, OWNKEY_URL: proxy.address }
  const [first, ...others] = await startAll(stack, { ...wanted, settings })
  if (first === undefined) throw new Error('no vault was started')
  const ports = (served: readonly Served[]): readonly number[] => served.map(({ port }) => port)
  proxy.to(...ports([first, ...others]))
  const aimAtOne = (): (() => Promise<void>) => {
    proxy.to(first.port)
    return async () => {
      await first.vault.kill()
      proxy.to(...ports(others))
    }
  }
  return {
    address: proxy.address,
    setupCode: () => setupCodeOf(wanted.folder, settings),
    aimAtOne: others.length === 0 ? undefined : aimAtOne,
  }
}

/** Starts the vaults; the stack stops them. Without PostgreSQL there is one, on its embedded database. */
export const startVaults = (
  stack: AsyncDisposableStack,
  { postgres, ...wanted }: Wanted & { readonly postgres: boolean },
): Promise<Vaults> => (postgres ? onPostgres(stack, wanted) : alone(stack, wanted))
