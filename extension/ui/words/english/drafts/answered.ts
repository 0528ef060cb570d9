import type { FailureReason } from '../../../../../shared/providers.ts'

/** The line above a draft that another one answered than usual. `why` ends it, so it begins small unless a name comes first. */
export const answered = {
  by: 'Answered by {{provider}}; {{why}}',
  byOtherKey: 'Answered by another key of {{provider}}; {{why}}',
  standsIn: 'Answered by {{provider}}, which stands in for now.',
  why: {
    'key-invalid': '{{provider}} refused the key.',
    'key-revoked': '{{provider}} no longer accepts the key.',
    'no-credit': '{{provider}} reported that no credit is left.',
    'spend-limit': '{{provider}} reported that a spend limit is reached.',
    'on-hold': '{{provider}} has put the organization on hold.',
    'not-permitted': '{{provider}} did not permit the key to do this.',
    'region-refused': '{{provider}} does not serve the region of the vault.',
    'model-missing': '{{provider}} did not offer the model.',
    'model-retired': '{{provider}} has retired the model.',
    'rate-limited': '{{provider}} was at its rate limit.',
    overloaded: '{{provider}} was overloaded.',
    'server-error': '{{provider}} had an error of its own.',
    network: '{{provider}} could not be reached.',
    timeout: '{{provider}} did not answer in time.',
    stalled: '{{provider}} stopped in the middle of its answer.',
    'ended-early': '{{provider}} ended its answer too early.',
    garbage: '{{provider}} answered with something unreadable.',
    'too-long': '{{provider}} found the conversation too long.',
    'too-large': '{{provider}} found the conversation too large.',
    'request-refused': '{{provider}} refused the form of the request.',
    'refused-by-model': '{{provider}} declined to answer.',
    'vault-stopped': 'the vault stopped in the middle of an answer of {{provider}}.',
  } satisfies Record<FailureReason, string>,
} as const
