import { z } from 'zod'
import type { ReportingProvider } from '../../../shared/providers.ts'
import {
  KeyLinking,
  type ProviderKey,
  ProviderKeyList,
  ReportingKey,
  ReportingKeyConnection,
  ReportingKeyList,
} from '../../../shared/statements/reporting-keys.ts'
import { Compared, type ComparisonOutcome, Statement } from '../../../shared/statements/statements.ts'
import { type Answers, queryOf } from '../answers.ts'

/** Proving a reporting key asks the provider three times, each within two minutes at most. */
const PROVE_TIMEOUT_MS = 120_000
/** A comparison reads a month of reports, day by day. */
const COMPARE_TIMEOUT_MS = 600_000

/** Statements and the keys that read the providers' reports. */
export const statementCalls = ({ answer, nothing }: Answers) => ({
  /** Of the present month (UTC), or of a past one such as `2026-10`; for owners and admins. */
  statement: (month?: string): Promise<Statement> =>
    answer(Statement, { method: 'GET', path: '/v1/statements', query: queryOf({ month }) }),

  compareNow: async (): Promise<readonly ComparisonOutcome[]> =>
    (await answer(Compared, { method: 'POST', path: '/v1/statements', timeoutMs: COMPARE_TIMEOUT_MS }))
      .outcomes,

  /** For the owner; for everybody else the vault says `not-found`. */
  reportingKeys: async (): Promise<readonly ReportingKey[]> =>
    (await answer(ReportingKeyList, { method: 'GET', path: '/v1/reporting-keys' })).keys,

  /** Proves by real calls, then stores, in the place of the one before. The caller forgets the key at once; it cannot be read again. */
  putReportingKey: (provider: ReportingProvider, key: string): Promise<ReportingKey> =>
    answer(ReportingKey, {
      method: 'POST',
      path: '/v1/reporting-keys',
      body: z.encode(ReportingKeyConnection, { provider, key }),
      timeoutMs: PROVE_TIMEOUT_MS,
    }),

  disconnectReportingKey: (provider: ReportingProvider): Promise<void> =>
    nothing({ method: 'DELETE', path: `/v1/reporting-keys/${provider}` }),

  /** The keys of the provider's organization, asked for now. */
  providerKeys: async (provider: ReportingProvider): Promise<readonly ProviderKey[]> => {
    const path = `/v1/reporting-keys/${provider}/provider-keys`
    return (await answer(ProviderKeyList, { method: 'GET', path, timeoutMs: PROVE_TIMEOUT_MS })).keys
  },

  linkKey: (provider: ReportingProvider, linking: KeyLinking): Promise<ReportingKey> =>
    answer(ReportingKey, {
      method: 'PUT',
      path: `/v1/reporting-keys/${provider}/links`,
      body: z.encode(KeyLinking, linking),
    }),
})
