import { useQuery } from '@tanstack/react-query'
import type { ChainState, Log } from '../../../shared/chains.ts'
import { isoDay } from '../../ui/moments.ts'
import type { TellableProblem } from '../../ui/problem-sentences.ts'
import { tellable, useDoing } from '../../ui/reading.ts'
import type { Vault } from '../../vault/client.ts'
import { download, type NamedFile, plainName } from '../frame/download.ts'
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

/** What is taken along, and how its file is called: `ownkey-audit-acme-support-2026-11-21.jsonl`. */
export const exportFile = async (
  vault: Pick<Vault, 'exportChain'>,
  log: Log,
  workspace: { readonly name: string; readonly timeZone: string },
): Promise<NamedFile> => {
  const { content, exportedAt } = await vault.exportChain(log)
  const day = isoDay(exportedAt, workspace.timeZone)
  return { name: `ownkey-${log}-${plainName(workspace.name)}-${day}.jsonl`, content }
}

/** Takes a log along as a file that can be checked without the vault. */
export const useExport = (workspace: { readonly name: string; readonly timeZone: string }) => {
  const { vault } = useParts()
  return useDoing((log: Log) => exportFile(vault, log, workspace), download)
}
