import { useQuery } from '@tanstack/react-query'
import type { ChainState, Log } from '../../../shared/chains.ts'
import { isoDay } from '../../ui/moments.ts'
import type { TellableProblem } from '../../ui/problem-sentences.ts'
import { tellable, useDoing } from '../../ui/reading.ts'
import type { Vault } from '../../vault/client.ts'
import { useParts } from '../parts.tsx'

/** Both chains as they were walked last. A walk takes as long as the chains are, so only a person starts another. */
export type Checked = {
  readonly chains: readonly ChainState[] | undefined
  readonly busy: boolean
  readonly problem: TellableProblem | undefined
  readonly again: () => void
}

export const useChains = (): Checked => {
  const { vault } = useParts()
  const query = useQuery({
    queryKey: ['chains'],
    queryFn: vault.chains,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return {
    chains: query.data,
    busy: query.isFetching,
    problem: query.error === null ? undefined : tellable(query.error),
    again: () => void query.refetch(),
  }
}

/** A name that every file system takes. */
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '') || 'workspace'

/** What is taken along, and how its file is called: `ownkey-audit-acme-support-2026-11-21.jsonl`. */
export const exportFile = async (
  vault: Pick<Vault, 'exportChain'>,
  log: Log,
  workspace: { readonly name: string; readonly timeZone: string },
): Promise<{ readonly name: string; readonly content: Blob }> => {
  const { content, exportedAt } = await vault.exportChain(log)
  const day = isoDay(exportedAt, workspace.timeZone)
  return { name: `ownkey-${log}-${plain(workspace.name)}-${day}.jsonl`, content }
}

/** Hands a file to the browser, which stores it as every download. */
const download = ({ name, content }: { readonly name: string; readonly content: Blob }): void => {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

/** Takes a log along as a file that can be checked without the vault. */
export const useExport = (workspace: { readonly name: string; readonly timeZone: string }) => {
  const { vault } = useParts()
  return useDoing((log: Log) => exportFile(vault, log, workspace), download)
}
