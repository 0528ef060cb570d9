import type { KeyFlaw } from '../../../../shared/keys.ts'
import type { Facts, FailureSlug } from '../../../../shared/problems.ts'
import type { FailureReason } from '../../../../shared/providers.ts'
import type { PauseReason } from '../../../../shared/status.ts'
import type { ProblemWords } from '../problem-words.ts'

const again = 'Try again in a moment.'
const replaced = 'Tell an owner or admin: the key has to be replaced.'
const shorter = 'Remove older messages and ask again.'

/** Why a provider gave no whole answer. `happened` is for everybody; `todo` for who drafts, `admin` for who sees to the keys. */
export const failures = {
  'key-invalid': {
    happened: '{{provider}} refused this key.',
    todo: replaced,
    admin: 'Paste a new key from your {{provider}} console.',
  },
  'key-revoked': {
    happened: '{{provider}} no longer accepts a key that worked before.',
    todo: replaced,
    admin: 'Look in your {{provider}} console who revoked it, then paste a new key.',
  },
  'no-credit': {
    happened: 'Your {{provider}} account has no credit left.',
    todo: 'Tell an owner or admin: credit has to be added at {{provider}}.',
    admin: 'Add credit in your {{provider}} console.',
  },
  'spend-limit': {
    happened: 'A spend limit in your {{provider}} account is reached.',
    todo: 'Tell an owner or admin: that limit has to be raised at {{provider}}.',
    admin: 'Raise that limit in your {{provider}} console.',
  },
  'on-hold': {
    happened: '{{provider}} has put your organization on hold.',
    todo: 'Tell an owner or admin: they have to ask {{provider}} why.',
    admin: 'Ask {{provider}} why; their console has the contact.',
  },
  'not-permitted': {
    happened: '{{provider}} does not permit this key to do this.',
    todo: 'Tell an owner or admin: the key needs more permission, or another one.',
    admin: 'Give the key permission to create messages in your {{provider}} console, or use another key.',
  },
  'region-refused': {
    happened: '{{provider}} does not serve the region that the vault is in.',
    todo: 'Tell an owner or admin: this does not pass by itself.',
    admin:
      'Tell whoever runs the vault: it has to be where {{provider}} serves. Until then connect another provider.',
  },
  'model-missing': {
    happened: '{{provider}} does not offer this model to this key any more.',
    todo: 'Tell an owner or admin: another model has to be chosen.',
    admin: 'Choose another model on the Keys page, or allow this one in your {{provider}} console.',
  },
  'model-retired': {
    happened: '{{provider}} has retired this model.',
    todo: 'Tell an owner or admin: a newer model has to be chosen.',
    admin: 'Choose a newer model on the Keys page.',
  },
  'rate-limited': {
    happened: '{{provider}} limits how fast this account may ask.',
    todo: again,
    admin: 'Try again in a moment. If it happens often, ask {{provider}} for a higher rate limit.',
  },
  overloaded: {
    happened: '{{provider}} is overloaded.',
    todo: again,
    admin: 'Try again in a moment. If it stays, look at the status page of {{provider}}.',
  },
  'server-error': {
    happened: '{{provider}} had an error of its own.',
    todo: again,
    admin: 'Try again in a moment. If it stays, look at the status page of {{provider}}.',
  },
  network: {
    happened: 'The vault could not reach {{provider}}.',
    todo: 'Try again in a moment. If it stays, tell an owner or admin.',
    admin: 'Try again. If it stays, the vault may have no way out to the internet.',
  },
  timeout: {
    happened: '{{provider}} did not begin to answer in time.',
    todo: again,
    admin: 'Try again in a moment. If it stays, look at the status page of {{provider}}.',
  },
  stalled: {
    happened: '{{provider}} stopped in the middle of the answer.',
    todo: again,
    admin: 'Try again in a moment. The receipt says what the broken call counts.',
  },
  'ended-early': {
    happened: '{{provider}} ended the answer before it was whole.',
    todo: again,
    admin: 'Try again in a moment. The receipt says what the broken call counts.',
  },
  garbage: {
    happened: '{{provider}} answered with something unreadable.',
    todo: again,
    admin: 'Try again. If it stays, something between the vault and {{provider}} may answer in its place.',
  },
  'too-long': {
    happened: 'The conversation is too long for this model.',
    todo: shorter,
    admin: 'Remove older messages and ask again, or choose a model that takes longer ones.',
  },
  'too-large': {
    happened: 'The conversation is larger than {{provider}} accepts.',
    todo: shorter,
    admin: 'Remove older messages and ask again: {{provider}} sets this limit.',
  },
  'request-refused': {
    happened: '{{provider}} refused the form of the request.',
    todo: 'Tell an owner or admin: trying again does not help.',
    admin: 'Update the vault, or choose another model.',
  },
  'refused-by-model': {
    happened: 'The model declined to answer this.',
    todo: 'Change what you ask for, or write this reply yourself.',
    admin: 'Change what you ask for. If it declines harmless requests too, choose another model.',
  },
  'vault-stopped': {
    happened: 'The vault stopped while the answer was being written.',
    todo: again,
    admin: 'Try again in a moment. The receipt says what the broken call counts.',
  },
} as const satisfies Record<FailureReason, Required<ProblemWords>>

type NoBackup = NonNullable<Facts<FailureSlug>['backup']>

/** Why nobody else answered in the place of a provider that failed. */
export const backups = {
  off: {
    others: 'No backup is turned on.',
    admin: 'No backup is turned on; on the Keys page you choose who answers then.',
  },
  unable: {
    others: 'Nobody else could answer either.',
    admin: 'Nobody else could answer either: the Keys page shows who rests and who was refused.',
  },
  dearer: {
    others: 'The backup was not asked: it costs more than ten times as much.',
    admin: 'The backup was not asked: it costs more than ten times as much, which the Keys page can allow.',
  },
  cap: {
    others: 'The backup was not asked: it could have passed a cap.',
    admin: 'The backup was not asked: it could have passed a cap, which the Caps page can raise.',
  },
  spent: {
    others: 'It was tried as often, or as long, as one draft may be.',
    admin: 'It was tried as often, or as long, as one draft may be.',
  },
  fault: {
    others: 'Nobody else was asked: the reason is in the request.',
    admin: 'Nobody else was asked: the reason is in the request.',
  },
  text: {
    others: 'The backup does not go on with what another began; it can begin anew.',
    admin: 'The backup does not go on with what another began; it can begin anew.',
  },
} as const satisfies Record<NoBackup, { others: string; admin: string }>

/** Why drafts cannot be routed as somebody wanted. */
export const routingFlaws = {
  same: {
    happened: '{{provider}} cannot be primary and backup at once.',
    todo: 'Choose another provider for one of them.',
  },
  keyless: { happened: 'No key of {{provider}} is connected.', todo: 'Connect a key of {{provider}} first.' },
  dearer: {
    happened: '{{provider}} costs more than ten times as much.',
    todo: 'Allow a dearer backup, or choose a cheaper model.',
  },
} as const satisfies Record<Facts<'routing-refused'>['reason'], ProblemWords>

/** Why a key cannot be sent to an address. */
export const endpointFlaws = {
  missing: { happened: 'This provider needs a region or an address.', todo: 'Choose one.' },
  unwanted: { happened: 'This provider has no such region or address.', todo: 'Leave it out.' },
  'not-https': {
    happened: 'This address does not begin with https.',
    todo: 'Use the https address. One on a network of your own may be without it once whoever runs the vault allows it (OWNKEY_PRIVATE_HOSTS).',
  },
  private: {
    happened: 'This address leads into a private network.',
    todo: 'Ask whoever runs the vault to allow it (OWNKEY_PRIVATE_HOSTS).',
  },
  credentials: {
    happened: 'This address holds a name or a password.',
    todo: 'Leave them out and paste the key instead.',
  },
} as const satisfies Record<Facts<'endpoint-refused'>['reason'], ProblemWords>

/** Why drafting is paused: a sentence for everybody, what an owner or admin does in the popup, and what the others are told. */
export const pauses = {
  'switched-off': {
    everybody: 'AI is switched off for this workspace.',
    admin: 'Switch it on again on the Settings page.',
    others: 'An owner or admin can switch it on again.',
  },
  'no-key': {
    everybody: 'No provider key is connected yet.',
    admin: 'Connect one to write the first draft.',
    others: 'An owner or admin connects one in the popup.',
  },
  'key-rejected': {
    everybody: 'The provider no longer accepts the connected key.',
    admin: 'Replace the marked key in the popup or on the Keys page.',
    others: 'An owner or admin replaces it in the popup.',
  },
  'cap-reached': {
    everybody: 'A spending cap is reached.',
    admin: 'Raise the cap to go on now.',
    others: 'An owner or admin can raise it; otherwise it starts anew with the next day or month.',
  },
  'model-unpriced': {
    everybody: 'The price of the chosen model is not known, so its cost could not be bounded.',
    admin: 'Set its price on the Keys page, or choose another model.',
    others: 'An owner or admin sets its price or chooses another model.',
  },
  'workspace-ending': {
    everybody: 'This workspace is about to be deleted.',
    admin: 'The owner can keep it after all on the Settings page.',
    others: 'The owner can keep it after all.',
  },
} as const satisfies Record<PauseReason, { everybody: string; admin: string; others: string }>

/** What is wrong with the shape of a pasted key. */
export const keyFlaws = {
  empty: 'There is no key here yet.',
  'line-break': 'The key has a line break in it.',
  space: 'The key has a space in it.',
  characters: 'The key has characters that no key has.',
  'too-short': 'This is too short for a key of {{provider}}.',
  'too-long': 'This is too long for a key.',
  'other-provider': 'This looks like a key of another provider, not of {{provider}}.',
  'admin-key': 'This is an admin key of {{provider}}. Ownkey needs an ordinary API key, which can do less.',
  prefix: 'A key of {{provider}} begins differently.',
  'not-admin': 'This is an ordinary key of {{provider}}. Its reports need an Admin key.',
  'drafting-key': 'This key drafts here. Reports need a key of their own, which drafts nothing.',
} as const satisfies Record<KeyFlaw, string>

type ProofReason = Facts<'proof-refused'>['reason']

const pairAgain = 'Pair this browser again with a new code.'

/** Why the proof of this browser's key was refused. */
export const proofs = {
  missing: { happened: 'This browser did not prove itself.', todo: pairAgain },
  malformed: { happened: 'The proof of this browser was unreadable.', todo: pairAgain },
  signature: { happened: 'The proof of this browser was not signed by its key.', todo: pairAgain },
  'method-or-address': {
    happened: 'The vault is meant to be reached at another address.',
    todo: 'Pair with the address that your admin gave you, exactly.',
  },
  clock: {
    happened: 'The clock of this computer is off: the vault says it is {{vaultTime}}.',
    todo: 'Set the clock right, best by letting the system do it.',
  },
  replayed: { happened: 'The same proof arrived twice.', todo: 'Try again.' },
  'token-mismatch': { happened: 'The session belongs to another browser.', todo: 'Try again.' },
  'other-key': { happened: 'The session belongs to another key.', todo: pairAgain },
} as const satisfies Record<ProofReason, ProblemWords>

/** Why a temporary raise is none. */
export const raiseFlaws = {
  'not-higher': {
    happened: 'The cap is {{limit}} already, and a temporary raise must be higher.',
    todo: 'Type a higher amount.',
  },
  'not-ahead': {
    happened: 'A temporary raise ends within 31 days from now.',
    todo: 'Choose a later moment, but not later than that.',
  },
} as const satisfies Record<Facts<'raise-refused'>['reason'], { happened: string; todo: string }>

/** Why alerts are not sent to an address. */
export const webhookFlaws = {
  'not-https': {
    happened: 'Alerts are sent to https addresses only.',
    todo: 'Paste the address that begins with https://.',
  },
  private: {
    happened: 'This address is within the vault’s own network, where alerts may not go.',
    todo: 'Paste a public address, or ask the operator to allow this one (OWNKEY_PRIVATE_HOSTS).',
  },
  credentials: {
    happened: 'The address holds a name or password before the @ sign.',
    todo: 'Paste it without them.',
  },
} as const satisfies Record<Facts<'webhook-refused'>['reason'], { happened: string; todo: string }>
