import type { FailureSlug, Slug } from '../../../../shared/problems.ts'
import type { LocalSlug } from '../../../vault/problem.ts'
import type { ProblemWords } from '../problem-words.ts'

const again = 'Try again. If it stays, give the request id below to whoever runs the vault.'
const pairAgain = 'Pair this browser again with a new code.'

/** What a person reads when the vault refuses, by slug; a provider's failures have theirs by reason. `happened` also says what was not lost. */
export const problems = {
  'malformed-request': {
    happened: 'The vault did not accept the form of this request. Nothing was changed.',
    todo: 'Check what you typed: {{fields}}.',
  },
  'unsupported-media-type': {
    happened: 'The vault did not understand this request. Nothing was changed.',
    todo: again,
  },
  'too-large': {
    happened: 'This is more than the vault accepts at once ({{size}}). Nothing was sent to a provider.',
    todo: 'Remove older messages and try again.',
  },
  'not-found': {
    happened: 'This was not found in your workspace.',
    todo: 'It may have been removed, or your role may not see it.',
  },
  'not-allowed': {
    happened: 'Your role may not ask for drafts. Nothing was sent.',
    todo: 'Ask an owner or admin of your workspace.',
  },
  'wrong-address': {
    happened: 'This vault is meant to be reached at another address.',
    todo: 'Pair with the address that your admin gave you, exactly.',
  },
  'origin-refused': {
    happened: 'The vault does not accept requests from this copy of the extension.',
    todo: pairAgain,
  },
  'contract-not-served': {
    happened: 'The extension and the vault are of too different versions.',
    todo: 'Update the older of the two: the vault serves contract {{served}}.',
  },
  'session-ended': { happened: 'Your session has ended. Nothing was lost.', todo: 'Try again.' },
  'proof-refused': { happened: '{{proof}} Nothing was changed.', todo: '{{proofRemedy}}' },
  'device-unknown': {
    happened: 'The vault does not know this browser. What was kept here was removed.',
    todo: pairAgain,
  },
  'device-removed': {
    happened: 'This browser was removed from the workspace. What was kept here was removed too.',
    todo: 'If you did not expect this, ask an owner or admin for a new code.',
  },
  'pairing-refused': {
    happened: 'The vault refused this code. It is wrong, too old or already used.',
    todo: 'Check the code, or ask for a new one. A code works once and for a few minutes.',
  },
  'name-needed': {
    happened: 'This code brings in a new member, so the vault asks for a name. The code is not used up.',
    todo: 'Type your name and pair again.',
  },
  'ai-paused': {
    happened: 'Drafting is paused. {{pause}}',
    todo: '{{pauseRemedy}}',
    admin: '{{pauseDeed}}',
  },
  'rate-limited': {
    happened: 'Your workspace made {{limit}} drafts in the last 60 minutes, which is the limit.',
    todo: 'Try again {{retry}}.',
  },
  'no-key': {
    happened: 'No provider key is connected, so nothing can be drafted.',
    todo: 'An owner or admin connects a key in the popup.',
    admin: 'Connect a key in the popup or on the Keys page.',
  },
  'no-provider-available': {
    happened: 'No connected key can answer just now. Nothing was charged.',
    todo: 'Try again in a minute. If it stays, an admin can look at the keys in the popup.',
    admin: 'Try again in a minute. If it stays, the Keys page shows who rests and who was refused.',
  },
  'cap-reached': {
    happened: '{{cap}} is reached: {{left}} of {{limit}} is left and this could cost {{needed}}.',
    todo: 'An owner or admin can raise the cap; otherwise it starts anew on {{resetsAt}}.',
    admin: 'Raise the cap on the Caps page to go on now; otherwise it starts anew on {{resetsAt}}.',
  },
  'cap-held': {
    happened: '{{cap}} has no room just now: what is left is reserved by drafts that are being written.',
    todo: 'Try again in a moment: {{held}} is reserved and most of it comes back.',
    admin:
      'Try again in a moment: {{held}} is reserved and most of it comes back. If it happens often, raise the cap.',
  },
  'cap-too-small': {
    happened: '{{cap}} is {{limit}} in all, and this could cost up to {{needed}}.',
    todo: 'Send fewer messages, or ask an owner or admin to raise the cap.',
    admin: 'Raise the cap on the Caps page, or send fewer messages.',
  },
  'raise-refused': {
    happened: '{{refused}} Nothing was changed.',
    todo: '{{remedy}}',
  },
  'model-unpriced': {
    happened: 'The price of {{model}} is not known, so its cost could not be bounded. Nothing was sent.',
    todo: 'An admin chooses another model in the popup.',
    admin: 'Set its price on the Keys page, or choose another model there.',
  },
  'price-unusual': {
    happened:
      '{{kind}}: {{asked}} per million is far from the list price of {{listed}}. Nothing was changed.',
    todo: 'Check the amount; confirm it if it is meant.',
  },
  'webhook-refused': {
    happened: '{{refused}} Nothing was changed.',
    todo: '{{remedy}}',
  },
  'key-reused': {
    happened: 'This request was mixed up with an earlier one. Nothing was charged.',
    todo: 'Ask again.',
  },
  'still-running': {
    happened: 'This draft is still being written.',
    todo: 'Wait a moment and try again: it is not charged twice.',
  },
  'draft-gone': {
    happened: 'This draft is no longer kept: the vault keeps finished drafts for 10 minutes.',
    todo: 'Ask again. The earlier one has its receipt.',
  },
  'key-misshapen': {
    happened: '{{flaw}} Nothing was stored.',
    todo: 'Copy the whole key and paste it again.',
  },
  'key-refused': { happened: '{{why}} Nothing was stored.', todo: '{{remedy}}' },
  'key-unverified': {
    happened: '{{why}} The key could not be verified, so nothing was stored.',
    todo: '{{remedy}}',
  },
  'key-exists': {
    happened: 'Another key of {{provider}} has this name. Nothing was stored.',
    todo: 'Give this key another name, or replace the other one from its menu.',
  },
  'version-gone': {
    happened: 'Version {{version}} of this key is no longer kept. Nothing was changed.',
    todo: 'Paste the key again.',
  },
  'routing-refused': { happened: '{{refused}} Nothing was changed.', todo: '{{remedy}}' },
  'endpoint-refused': { happened: '{{refused}} Nothing was stored.', todo: '{{remedy}}' },
  'no-usable-model': {
    happened: '{{lack}} Nothing was stored.',
    todo: '{{remedy}}',
  },
  'storage-full': {
    happened: 'The vault cannot write to its disk, so it does not spend money either.',
    todo: 'Tell whoever runs the vault to free disk space.',
  },
  'vault-sealed': {
    happened: 'The operator has sealed this vault. No draft is made and no key is open.',
    todo: 'Ask whoever runs the vault when it will be unsealed. You stay paired.',
    admin: 'Whoever runs the vault unseals it with “ownkey unseal”. Everybody stays paired.',
  },
  'device-suspended': {
    happened: 'The vault was restored from a backup, and this browser waits for approval.',
    todo: 'Ask the owner to approve it on the Team page. Nothing on this browser is lost.',
  },
  'name-mismatch': {
    happened: 'This is not the name of the workspace. Nothing was deleted.',
    todo: 'Type the name exactly as it is shown.',
  },
  'owner-stays': {
    happened: 'A workspace needs an owner, so the owner cannot leave.',
    todo: 'Hand over ownership first, or delete the workspace.',
  },
  'channel-exists': {
    happened: 'The channel {{name}} has this name or one of these sites already. Nothing was changed.',
    todo: 'Choose another name, or take the site out of the other channel first.',
  },
  'vault-stopping': { happened: 'The vault is restarting.', todo: 'Try again in a few seconds.' },
  'internal-error': { happened: 'Something went wrong in the vault.', todo: again },
} as const satisfies Record<Exclude<Slug, FailureSlug>, ProblemWords>

/** What a person reads about what this side found out by itself. `unexpected` is a mistake of ours. */
export const unreachable = {
  'no-answer': {
    happened: 'The vault does not answer.',
    todo: 'Check your connection and the address. If both are right, the vault may be down.',
  },
  'not-a-vault': {
    happened: 'Something answers at this address, but it is not an Ownkey vault.',
    todo: 'Check the address. A proxy or sign-in page in between looks like this too.',
  },
  'vault-too-old': {
    happened: 'The vault is older than this extension and does not speak its language.',
    todo: 'Ask whoever runs the vault to update it.',
  },
  'extension-too-old': {
    happened: 'This extension is older than the vault and does not speak its language.',
    todo: 'Update the extension, then try again.',
  },
  'address-not-https': {
    happened: 'The address of a vault begins with https://. Only a vault on this computer may use http://.',
    todo: 'Use the https:// address that your admin gave you.',
  },
  'address-invalid': {
    happened: 'This is not an address.',
    todo: 'It looks like https://vault.example.com.',
  },
  'code-malformed': {
    happened: 'This is not a pairing code.',
    todo: 'A code looks like 7F3K9Q-AAAA-BBBB-CCCC-DDDD. Copy all of it.',
  },
  'not-paired': {
    happened: 'This browser is not paired with a vault.',
    todo: 'Open the Ownkey popup and pair it.',
  },
  'cut-off': {
    happened: 'The connection was cut while the vault was answering.',
    todo: 'Try again: what was paid for is kept for 10 minutes.',
  },
  'storage-unavailable': {
    happened: 'This browser does not let Ownkey keep anything, so it has no key to prove itself with.',
    todo: 'Leave private browsing or free disk space, then try again.',
  },
  'output-limit': {
    happened: 'The draft ends here because it reached the length limit.',
    todo: 'Ask for it to be shorter, or write its end yourself.',
    admin: 'Ask for it to be shorter. If it happens often, choose another model on the Keys page.',
  },
  unexpected: {
    happened: 'Something went wrong in the extension.',
    todo: 'Try again. If it stays, close this and open it anew.',
  },
} as const satisfies Record<LocalSlug | 'unexpected', ProblemWords>
