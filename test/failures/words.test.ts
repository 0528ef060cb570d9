import { describe, expect, test } from 'vitest'
import { pauseInWords } from '../../extension/ui/drafts/pause.ts'
import { problemInWords, type TellableProblem } from '../../extension/ui/problem-sentences.ts'
import type { Reader } from '../../extension/ui/words/reader.ts'
import { localeOf, startWords } from '../../extension/ui/words/words.ts'
import { Key, KeyList } from '../../shared/keys.ts'
import { pico, Usd } from '../../shared/money.ts'
import type { Problem } from '../../shared/problems.ts'
import type { ReportingProvider } from '../../shared/providers.ts'
import { givenBackup } from '../fallback/desk.ts'
import type { Act, Behaviour } from '../provider/simulator.ts'
import { runCommand } from '../vault-process.ts'
import { draftRequest, given, simulatorKeys } from '../world.ts'

const speech = { t: startWords('en').t, locale: localeOf('en') }

/** What somebody reads: what happened, then what to do. */
const told = (problem: TellableProblem | undefined, reader: Reader): string => {
  if (problem === undefined) throw new Error('Nothing was refused')
  const { happened, todo } = problemInWords(speech, problem, reader)
  return `${happened} ${todo}`
}

const slugAndWords = (problem: Problem | undefined) => ({
  slug: problem?.slug,
  agent: told(problem, 'others'),
  admin: told(problem, 'admin'),
})

const NOTHING = 'Nothing had arrived yet.'
const KEPT = 'What had arrived is kept.'
const ALONE = 'No backup is turned on.'
const CHOOSE = 'No backup is turned on; on the Keys page you choose who answers then.'
const FAULT = 'Nobody else was asked: the reason is in the request.'
const REPLACED = 'Tell an owner or admin: the key has to be replaced.'
const STATUS = 'Try again in a moment. If it stays, look at the status page of {P}.'
const RECEIPT = 'Try again in a moment. The receipt says what the broken call counts.'

type Row = {
  readonly does: Behaviour | Act
  readonly slug: Problem['slug']
  readonly agent: string
  readonly admin: string
}

/** What a provider does with a draft, and what people read of it; `{P}` is its name. */
const rows: readonly Row[] = [
  {
    does: 'key-invalid',
    slug: 'provider-key-revoked',
    agent: `{P} no longer accepts a key that worked before. ${NOTHING} ${ALONE} ${REPLACED}`,
    admin: `{P} no longer accepts a key that worked before. ${NOTHING} ${CHOOSE} Look in your {P} console who revoked it, then paste a new key.`,
  },
  {
    does: 'no-credit',
    slug: 'provider-no-credit',
    agent: `Your {P} account has no credit left. ${NOTHING} ${ALONE} Tell an owner or admin: credit has to be added at {P}.`,
    admin: `Your {P} account has no credit left. ${NOTHING} ${CHOOSE} Add credit in your {P} console.`,
  },
  {
    does: 'spend-limit',
    slug: 'provider-spend-limit',
    agent: `A spend limit in your {P} account is reached. ${NOTHING} ${ALONE} Tell an owner or admin: that limit has to be raised at {P}.`,
    admin: `A spend limit in your {P} account is reached. ${NOTHING} ${CHOOSE} Raise that limit in your {P} console.`,
  },
  {
    does: 'on-hold',
    slug: 'provider-on-hold',
    agent: `{P} has put your organization on hold. ${NOTHING} ${ALONE} Tell an owner or admin: they have to ask {P} why.`,
    admin: `{P} has put your organization on hold. ${NOTHING} ${CHOOSE} Ask {P} why; their console has the contact.`,
  },
  {
    does: 'forbidden',
    slug: 'provider-not-permitted',
    agent: `{P} does not permit this key to do this. ${NOTHING} ${ALONE} Tell an owner or admin: the key needs more permission, or another one.`,
    admin: `{P} does not permit this key to do this. ${NOTHING} ${CHOOSE} Give the key permission to create messages in your {P} console, or use another key.`,
  },
  {
    does: 'model-missing',
    slug: 'provider-model-missing',
    agent: `{P} does not offer this model to this key any more. ${NOTHING} ${ALONE} Tell an owner or admin: another model has to be chosen.`,
    admin: `{P} does not offer this model to this key any more. ${NOTHING} ${CHOOSE} Choose another model on the Keys page, or allow this one in your {P} console.`,
  },
  {
    does: 'region',
    slug: 'provider-region-refused',
    agent: `{P} does not serve the region that the vault is in. ${NOTHING} ${ALONE} Tell an owner or admin: this does not pass by itself.`,
    admin: `{P} does not serve the region that the vault is in. ${NOTHING} ${CHOOSE} Tell whoever runs the vault: it has to be where {P} serves. Until then connect another provider.`,
  },
  {
    does: { do: 'rate-limited', retryAfter: '30' },
    slug: 'provider-rate-limited',
    agent: `{P} limits how fast this account may ask. ${NOTHING} ${ALONE} Try again in a moment. {P} takes requests again in 30 seconds.`,
    admin: `{P} limits how fast this account may ask. ${NOTHING} ${CHOOSE} Try again in a moment. If it happens often, ask {P} for a higher rate limit. {P} takes requests again in 30 seconds.`,
  },
  {
    does: 'overloaded',
    slug: 'provider-overloaded',
    agent: `{P} is overloaded. ${NOTHING} ${ALONE} Try again in a moment.`,
    admin: `{P} is overloaded. ${NOTHING} ${CHOOSE} ${STATUS}`,
  },
  {
    does: 'server-error',
    slug: 'provider-server-error',
    agent: `{P} had an error of its own. ${NOTHING} ${ALONE} Try again in a moment.`,
    admin: `{P} had an error of its own. ${NOTHING} ${CHOOSE} ${STATUS}`,
  },
  {
    does: 'gateway-timeout',
    slug: 'provider-timeout',
    agent: `{P} did not begin to answer in time. ${NOTHING} ${ALONE} Try again in a moment.`,
    admin: `{P} did not begin to answer in time. ${NOTHING} ${CHOOSE} ${STATUS}`,
  },
  {
    does: 'reset',
    slug: 'provider-network',
    agent: `The vault could not reach {P}. ${NOTHING} ${ALONE} Try again in a moment. If it stays, tell an owner or admin.`,
    admin: `The vault could not reach {P}. ${NOTHING} ${CHOOSE} Try again. If it stays, the vault may have no way out to the internet.`,
  },
  {
    does: 'early-end',
    slug: 'provider-ended-early',
    agent: `{P} ended the answer before it was whole. ${KEPT} ${ALONE} Try again in a moment.`,
    admin: `{P} ended the answer before it was whole. ${KEPT} ${CHOOSE} ${RECEIPT}`,
  },
  {
    does: 'stall',
    slug: 'provider-stalled',
    agent: `{P} stopped in the middle of the answer. ${KEPT} ${ALONE} Try again in a moment.`,
    admin: `{P} stopped in the middle of the answer. ${KEPT} ${CHOOSE} ${RECEIPT}`,
  },
  {
    does: 'html-200',
    slug: 'provider-garbage',
    agent: `{P} answered with something unreadable. ${NOTHING} ${ALONE} Try again in a moment.`,
    admin: `{P} answered with something unreadable. ${NOTHING} ${CHOOSE} Try again. If it stays, something between the vault and {P} may answer in its place.`,
  },
  {
    does: 'too-long',
    slug: 'provider-too-long',
    agent: `The conversation is too long for this model. ${NOTHING} ${FAULT} Remove older messages and ask again.`,
    admin: `The conversation is too long for this model. ${NOTHING} ${FAULT} Remove older messages and ask again, or choose a model that takes longer ones.`,
  },
  {
    does: 'too-large',
    slug: 'provider-too-large',
    agent: `The conversation is larger than {P} accepts. ${NOTHING} ${FAULT} Remove older messages and ask again.`,
    admin: `The conversation is larger than {P} accepts. ${NOTHING} ${FAULT} Remove older messages and ask again: {P} sets this limit.`,
  },
  {
    does: 'refusal',
    slug: 'provider-refused-by-model',
    agent: `The model declined to answer this. ${KEPT} ${FAULT} Change what you ask for, or write this reply yourself.`,
    admin: `The model declined to answer this. ${KEPT} ${FAULT} Change what you ask for. If it declines harmless requests too, choose another model.`,
  },
]

const names: Readonly<Record<ReportingProvider, string>> = { anthropic: 'Anthropic', openai: 'OpenAI' }

const cases = (['anthropic', 'openai'] as const).flatMap((provider) =>
  rows.map((row) => ({ provider, what: typeof row.does === 'string' ? row.does : row.does.do, row })),
)

describe('a draft that no provider answered whole', () => {
  test.concurrent.for(cases)('$provider $what', async ({ provider, row }, { expect: wants }) => {
    await using world = await given({ keys: [provider] })
    const agent = await world.owner.invite('agent', 'Anna')
    world.simulator.plan({ provider, next: [row.does] })
    const { problem } = await agent.ask('Where is my parcel?')
    const named = (words: string): string => words.replaceAll('{P}', names[provider])
    wants(slugAndWords(problem)).toEqual({
      slug: row.slug,
      agent: named(row.agent),
      admin: named(row.admin),
    })
  })

  test('since its model is retired', async () => {
    const clock = { now: Date.parse('2026-11-29T12:00:00Z') }
    await using world = await given({ now: () => clock.now })
    const { keys } = await world.owner.read('/v1/keys', KeyList)
    await world.owner.change('PATCH', `/v1/keys/${keys[0]?.id}`, { model: 'claude-sonnet-4-5-20250929' }, Key)
    clock.now = Date.parse('2026-12-01T12:00:00Z')
    world.owner.forgetToken()
    world.simulator.plan({ provider: 'anthropic', next: ['model-missing'] })
    const { problem } = await world.owner.ask('Where is my parcel?')
    const retired = `Anthropic has retired this model. ${NOTHING}`
    expect(slugAndWords(problem)).toEqual({
      slug: 'provider-model-retired',
      agent: `${retired} ${ALONE} Tell an owner or admin: a newer model has to be chosen.`,
      admin: `${retired} ${CHOOSE} Choose a newer model on the Keys page.`,
    })
  })

  test('after its first words has the backup that can begin anew as the next step', async () => {
    await using world = await givenBackup()
    world.simulator.plan({ provider: 'anthropic', next: ['early-end'] })
    const { problem } = await world.owner.ask('Where is my parcel?')
    const words = `Anthropic ended the answer before it was whole. ${KEPT} The backup does not go on with what another began; it can begin anew.`
    expect(slugAndWords(problem)).toEqual({ slug: 'provider-ended-early', agent: words, admin: words })
  })

  test('a key that never was one is refused when it is connected', async () => {
    await using world = await given({ keys: [] })
    const body = { provider: 'anthropic', key: simulatorKeys.anthropic.replace('healthy', 'key-invalid') }
    const { problem } = await world.owner.request('POST', '/v1/keys', body)
    expect(problem).toMatchObject({ slug: 'key-refused', facts: { reason: 'key-invalid' } })
    expect(told(problem, 'admin')).toBe(
      'Anthropic refused this key. Nothing was stored. Paste a new key from your Anthropic console.',
    )
  })

  test('at the output limit is as long as it may be, and both are told what to do', async () => {
    await using world = await given()
    world.simulator.plan({ provider: 'anthropic', next: ['limit'] })
    const { problem, receipt } = await world.owner.ask('Where is my parcel?')
    expect([problem, receipt?.outcome]).toEqual([undefined, 'limit'])
    const limit = { slug: 'output-limit', facts: {} } as const
    const ends = 'The draft ends here because it reached the length limit.'
    expect(told(limit, 'others')).toBe(`${ends} Ask for it to be shorter, or write its end yourself.`)
    expect(told(limit, 'admin')).toBe(
      `${ends} Ask for it to be shorter. If it happens often, choose another model on the Keys page.`,
    )
  })
})

describe('a draft that the vault does not let through', () => {
  test('since it is sealed', async () => {
    await using world = await given({ process: true })
    await runCommand(world.folder, ['seal'], world.settings)
    const { problem } = await world.owner.request('POST', '/v1/drafts', draftRequest('Where is it?'))
    const sealed = 'The operator has sealed this vault. No draft is made and no key is open.'
    expect(slugAndWords(problem)).toEqual({
      slug: 'vault-sealed',
      agent: `${sealed} Ask whoever runs the vault when it will be unsealed. You stay paired.`,
      admin: `${sealed} Whoever runs the vault unseals it with “ownkey unseal”. Everybody stays paired.`,
    })
  })

  test('since AI is off', async () => {
    await using world = await given()
    await world.owner.request('PATCH', '/v1/workspace', { aiOn: false })
    const { problem } = await world.owner.ask('Where is it?')
    const off = 'Drafting is paused. AI is switched off for this workspace.'
    expect(slugAndWords(problem)).toEqual({
      slug: 'ai-paused',
      agent: `${off} An owner or admin can switch it on again.`,
      admin: `${off} Switch it on again on the Settings page.`,
    })
  })

  test('since the cap is reached, which a status tells beforehand', async () => {
    await using world = await given({ cap: '5' })
    await world.owner.ask('Where is it?')
    const { settled } = await world.owner.cap()
    await world.owner.setCap(Usd.encode(pico(settled + 1n)))
    const { problem } = await world.owner.ask('Where is it?')
    expect(problem?.slug).toMatch(/^cap-(reached|too-small)$/)
    const reached = { ...problem, slug: 'cap-reached' } as TellableProblem
    expect(told(reached, 'others')).toMatch(
      /^The monthly cap is reached: \$\d.* is left and this could cost \$\d.*\. An owner or admin can raise the cap; otherwise it starts anew on \w+ \d+\.$/,
    )
    expect(told(reached, 'admin')).toMatch(
      /\. Raise the cap on the Caps page to go on now; otherwise it starts anew on \w+ \d+\.$/,
    )
    const status = await world.owner.status()
    expect(pauseInWords(speech, status, true)?.todo).toMatch(/^Raise the cap/)
    expect(pauseInWords(speech, status, false)?.todo).toMatch(/^An owner or admin can raise the cap/)
  })

  test('since what is left is held by another one', async () => {
    await using world = await given({ cap: '5' })
    const first = await world.owner.ask('Where is it?')
    const held = first.receipt?.attempts[0]?.held ?? pico(0n)
    const { settled } = await world.owner.cap()
    await world.owner.setCap(Usd.encode(pico(settled + held + held / 2n)))
    world.simulator.plan({ provider: 'anthropic', next: [{ do: 'slow', delayMs: 60 }] })
    const begun = Promise.withResolvers<void>()
    const running = world.owner.draft(draftRequest('Where is it?'), {
      onEvent: ({ type }) => type === 'text-delta' && begun.resolve(),
    })
    await begun.promise
    const { problem } = await world.owner.ask('Where is it?')
    await running
    expect(problem?.slug).toBe('cap-held')
    const room =
      'The monthly cap has no room just now: what is left is reserved by drafts that are being written.'
    expect(told(problem, 'others')).toMatch(
      new RegExp(`^${room} Try again in a moment: \\$.* is reserved and most of it comes back\\.$`),
    )
    expect(told(problem, 'admin')).toMatch(/If it happens often, raise the cap\.$/)
  })
})
