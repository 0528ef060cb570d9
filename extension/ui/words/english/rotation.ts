import type { Dialect } from '../../../../shared/keys.ts'
import type { ProviderName } from '../../../../shared/providers.ts'

/** What is said while a key gets another secret: paste, rehearse, switch. */
export const rotation = {
  advice:
    'First the new secret is rehearsed: nothing changes until you have seen what it can do and switch to it.',
  rehearse: 'Rehearse it',
  rehearsing: 'One tiny real call, which gets a receipt. Drafts go on with the present secret.',
  rehearsed: 'Rehearsed. Nothing has changed yet',
  draftsWith: 'It will draft with',
  allModels: 'It may use every model that the present secret may use.',
  gained_one: 'It may also use {{count}} model that the present secret may not.',
  gained_other: 'It may also use {{count}} models that the present secret may not.',
  lost: 'It may not use:',
  lostUsual: '{{model}}, which drafts now',
  lostChannels: '{{model}}, which these channels have chosen: {{channels}}',
  lostUsualAndChannels: '{{model}}, which drafts now and in these channels: {{channels}}',
  lostUnused: '{{model}}, which nobody has chosen',
  lostMore_one: 'and {{count}} more that nobody has chosen',
  lostMore_other: 'and {{count}} more that nobody has chosen',
  instead: 'There the models above are replaced by {{model}}.',
  organizations: {
    same: 'It belongs to the same account at {{provider}}.',
    other: 'It belongs to another account at {{provider}}, with its own bill, credit and limits.',
    unknown: '{{provider}} does not tell which account it belongs to.',
  },
  reports: {
    fits: 'The reports that Statements reads will see what it uses.',
    differs:
      'The reports that Statements reads will not see what it uses. Put a reporting key of its account on that page.',
    unknown: 'Whether the reports that Statements reads see it will show when they are compared next.',
  },
  cost: 'The rehearsal cost',
  switch: 'Switch to it',
  notNow: 'Not now',
  until: 'Kept for you until {{time}}, then the vault destroys it.',
  again: 'Paste it again',
  switched: 'Switched to the new secret',
  inFlight:
    'Drafts that are being written finish on the former secret; new ones take the new secret at once.',
  revoke:
    'Until {{time}} one click goes back. After that revoke the former secret at {{provider}}: there it stays valid until you do.',
  goBack: 'Go back to the former secret',
  wentBack: 'Back to the former secret, as if nothing had happened',
  wentBackHint: 'The new secret is kept until {{time}}, in case you want it after all.',
  ready: 'Done',
  former: {
    title: 'The former secret can come back until {{time}}',
    left_one: '{{count}} minute left, then it is destroyed.',
    left_other: '{{count}} minutes left, then it is destroyed.',
    return: 'Go back to it',
    newer: 'You went back. The newer secret is kept until {{time}}',
    take: 'Take the newer one',
  },
  rejected: {
    again: 'Try again',
    trying: 'Trying…',
    accepted: '{{provider}} takes this key again. It answers from now on.',
  },
  reminders: {
    title: 'To see to',
    old_one: 'The key {{key}} has had the same secret for {{count}} day.',
    old_other: 'The key {{key}} has had the same secret for {{count}} days.',
    oldTodo:
      'Make a new one in the console of {{provider}} and put it in its place; nothing stops meanwhile.',
    unchecked: 'Whether {{provider}} still takes the key {{key}} could not be checked since {{day}}.',
    uncheckedTodo: 'It still answers if it can. A tiny call tells now.',
    check: 'Check it now',
    retiring: '{{provider}} retires {{model}} on {{day}}.',
    retired: '{{provider}} retired {{model}} on {{day}}.',
    usual: 'Drafts are written with it wherever a channel has not chosen another.',
    channels: 'These channels have chosen it: {{channels}}.',
    retiringTodo: 'Choose another one before then.',
    retiredTodo: 'Choose another one.',
    openChannels: 'Open Channels',
    about: '{{button}}: {{subject}}',
  },
} as const

/** Why a key is of no use though its provider takes it. `own`: an endpoint of one's own, whose prices nobody else can tell. */
export const unusable = {
  sold: {
    happened: 'This key may use no {{provider}} model whose price is known.',
    todo: 'Allow a current model for this key in the {{provider}} console, then paste it again.',
  },
  own: {
    happened: 'This endpoint does not offer the model, or tells of none that has a price.',
    todo: 'Write the model exactly as the endpoint calls it and say what it costs, then paste the key again.',
  },
} as const

/** What is said while a first secret of a key is connected, beside what the popup says. */
export const connecting = {
  sorts: {
    anthropic: 'Claude, from your account at Anthropic.',
    openai: 'GPT, from your account at OpenAI.',
    bedrock: 'Claude in an AWS region of your choice, billed by AWS.',
    compatible: 'Mistral, Ollama, vLLM, a gateway: whatever speaks OpenAI’s or Anthropic’s protocol.',
  } satisfies Record<ProviderName, string>,
  label: 'Name',
  labelHint: 'Tells this key from the others, in receipts too.',
  labelExample: 'Second account',
  labelTaken: 'Another key has this name.',
  labelLong: 'At most 80 characters.',
  region: 'AWS region',
  regionHint:
    'Calls go to this region; another one needs the key pasted again. A model named after a wider area (us, eu, global) may answer elsewhere in it.',
  means: 'What you have',
  meansOf: { api: 'A Bedrock API key', access: 'An access key' },
  accessId: 'Access key ID',
  accessSecret: 'Secret access key',
  accessFlaw: 'An access key ID begins with AKIA and its secret has 40 characters.',
  dialect: 'What it speaks',
  dialects: {
    mistral: { name: 'Mistral', hint: 'La Plateforme of Mistral; nothing is sent that it refuses.' },
    ollama: {
      name: 'Ollama',
      hint: 'Models on a computer of your own; the operator allows its private address.',
    },
    plain: {
      name: 'vLLM and others',
      hint: 'Chat Completions with the fewest parameters. When in doubt, take this.',
    },
    openai: { name: 'A gateway like OpenAI', hint: 'Chat Completions with all that OpenAI itself knows.' },
    anthropic: { name: 'Anthropic’s protocol', hint: 'Messages, as Anthropic has them.' },
  } satisfies Record<Dialect, { name: string; hint: string }>,
  endpointKey: 'API key',
  address: 'Address',
  addressHint: 'Up to the version, without the path of a call. The key is sealed for this address alone.',
  addressFlaw: 'Write an address such as https://models.example.com/v1.',
  addressCredentials: 'Leave out the name and password before the @; the key goes in the field below.',
  keyOptional: 'Ollama asks for none: leave it empty, and “ollama” is sent.',
  model: 'Model',
  modelHint: 'Exactly as the endpoint calls it. Empty: every model that it lists, at the same price.',
  price: 'What it costs you',
  prices: { free: 'Nothing', price: 'Dollars per million tokens' },
  free: 'Receipts count its tokens and say $0.00.',
  input: 'Input',
  output: 'Output',
  priceHint:
    'Ownkey cannot know it, and without a price the cap would be blind. Change it later under Prices.',
} as const
