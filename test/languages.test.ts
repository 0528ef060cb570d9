import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { amountInWords, exactAmount } from '../extension/ui/amounts.ts'
import { capAsTyped, readTypedCap } from '../extension/ui/dollars-typed.ts'
import { dayInWords, longDay, timeInWords } from '../extension/ui/moments.ts'
import { problemInWords } from '../extension/ui/problem-sentences.ts'
import { type Language, languageFor, languages, localeOf, startWords } from '../extension/ui/words/words.ts'
import { dollars, zero } from '../shared/money.ts'

type Table = { readonly [key: string]: string | Table }

/** Every text of a table by its path, such as `cap.resets`. */
const textsOf = (table: Table, path: readonly string[] = []): readonly (readonly [string, string])[] =>
  Object.entries(table).flatMap(([key, value]) =>
    typeof value === 'string' ? [[[...path, key].join('.'), value] as const] : textsOf(value, [...path, key]),
  )

const tableOf = (language: Language): ReadonlyMap<string, string> =>
  new Map(textsOf(languages[language].words))

const placeholdersOf = (text: string): readonly string[] => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted()

const english = tableOf('en')
const others = Object.keys(languages).filter((language): language is Language => language !== 'en')

/** Names, addresses and words that German has from English: the same in both on purpose. */
const sameInGerman = [
  'common.details',
  'common.problemName',
  'popup.pairing.addressExample',
  'options.title',
  'options.team.tab',
  'options.receipt.tokens',
  'options.receipts.formats.csv',
  'options.receipts.formats.jsonl',
  'options.caps.scopes.playground',
  'options.receipt.region',
  'alerts.via.webhook',
  'options.alerts.webhook.title',
  'options.alerts.webhook.example',
  'options.playground.tab',
  'options.settings.workspace.title',
  'options.settings.workspace.name',
  'options.settings.browser.languages.en',
  'options.settings.browser.languages.de',
  'options.settings.pairing.workspace',
  'options.settings.pairing.where',
  'connecting.dialects.mistral.name',
  'connecting.dialects.ollama.name',
  'connecting.label',
  'providers.anthropic',
  'providers.bedrock',
  'providers.openai',
  'purposes.playground',
  'roles.admin',
  'roles.agent',
  'auditFacts.device',
  'auditFacts.code',
  'auditFacts.version',
  'auditFacts.name',
  'auditFacts.workspace',
]

describe.each(others)('the words in %s', (language) => {
  const table = tableOf(language)

  test('fill exactly the keys of English', () => {
    expect([...table.keys()].toSorted()).toEqual([...english.keys()].toSorted())
  })

  test('ask for the same facts as the English ones', () => {
    const facts = (texts: ReadonlyMap<string, string>) =>
      Object.fromEntries([...texts].map(([key, text]) => [key, placeholdersOf(text)]))
    expect(facts(table)).toEqual(facts(english))
  })

  test('have a form for every number that the language tells apart', () => {
    const forms = new Intl.PluralRules(localeOf(language)).resolvedOptions().pluralCategories
    const counted = [...english.keys()].filter((key) => key.endsWith('_other'))
    const wanted = counted.flatMap((key) => forms.map((form) => key.replace(/other$/, form)))
    expect(wanted.filter((key) => !table.has(key))).toEqual([])
  })

  test('end a sentence where English ends one', () => {
    const isSentence = (text: string | undefined): boolean => /[.?]$/.test(text ?? '')
    expect([...table].filter(([key, text]) => isSentence(text) !== isSentence(english.get(key)))).toEqual([])
  })
})

describe('the words in German', () => {
  const german = tableOf('de')

  test('leave no English over but names and loanwords', () => {
    const said = (text: string): string => text.replaceAll(/\{\{\w+\}\}/g, '')
    const hasWords = (text: string): boolean => /\p{L}/u.test(said(text))
    const same = [...german].filter(([key, text]) => hasWords(text) && english.get(key) === text)
    expect(same.map(([key]) => key).toSorted()).toEqual(sameInGerman.toSorted())
    const mixed = [...german].filter(([, text]) =>
      /\b(the|and|your|this|with|is|are|key|draft)\b/i.test(said(text)),
    )
    expect(mixed).toEqual([])
  })

  test('say one thing one way, and to the person politely', () => {
    const strays = /\b(du|dein\w*|dir|Deckel|Limits?|Tresor\w*|Quittung\w*|Budget\w*)\b|!|\.\.\.|["']/
    const providersOwn = ['failures.spend-limit.todo', 'failures.spend-limit.admin']
    expect([...german].filter(([key, text]) => !providersOwn.includes(key) && strays.test(text))).toEqual([])
  })

  test('follow the browser, whichever German it speaks', () => {
    expect(languageFor(['de-AT', 'en'])).toBe('de')
    expect(languageFor(['fr', 'de', 'en'])).toBe('de')
    expect(languageFor(['en-GB', 'de'])).toBe('en')
  })

  test('tell a problem with dollars and days as German writes them', () => {
    const speech = { t: startWords('de').t, locale: localeOf('de') }
    const facts = {
      scope: 'workspace' as const,
      id: '',
      name: null,
      kind: 'month' as const,
      limit: dollars('1050'),
      settled: dollars('1049.99'),
      held: dollars('0.002'),
      left: dollars('0.008'),
      reserve: zero,
      needed: dollars('0.0123456'),
      resetsAt: Date.UTC(2026, 11, 1, 12),
    }
    const { happened, todo } = problemInWords(speech, { slug: 'cap-reached', facts }, 'others')
    expect(happened).toBe(
      'Die monatliche Obergrenze ist erreicht: Von 1.050,00\u00a0$ sind 0,008\u00a0$ übrig, und das könnte 0,01235\u00a0$ kosten.',
    )
    expect(todo).toBe('Ein Inhaber oder Admin kann die Obergrenze anheben; sonst beginnt sie am 1. Dez. neu.')
  })
})

describe('the words of the manifest, the menu and the button', () => {
  const Messages = z.record(
    z.string(),
    z.object({ message: z.string(), placeholders: z.record(z.string(), z.unknown()).optional() }),
  )
  const locales = join(import.meta.dirname, '../extension/public/_locales')
  const messagesIn = (language: string) =>
    Messages.parse(JSON.parse(readFileSync(join(locales, language, 'messages.json'), 'utf8')))
  const factsIn = (messages: z.infer<typeof Messages>) =>
    Object.fromEntries(
      Object.entries(messages).map(([name, { message, placeholders }]) => [
        name,
        [message.match(/\$\w+\$/g), Object.keys(placeholders ?? {})],
      ]),
    )

  test('are there in every language that the surfaces speak, with the same facts', () => {
    expect(readdirSync(locales).toSorted()).toEqual(Object.keys(languages).toSorted())
    for (const language of others) expect(factsIn(messagesIn(language))).toEqual(factsIn(messagesIn('en')))
  })

  test('differ in every sentence', () => {
    const [german, plain] = [messagesIn('de'), messagesIn('en')]
    for (const [name, { message }] of Object.entries(german)) expect(message).not.toBe(plain[name]?.message)
  })
})

describe('numbers and moments in German', () => {
  const at = Date.UTC(2026, 10, 21, 14, 4)

  test('have a decimal comma, and the dollar behind', () => {
    expect(amountInWords(dollars('0.002342'), 'de-DE')).toBe('0,002342\u00a0$')
    expect(exactAmount(dollars('9223372.036854775807'), 'de-DE')).toBe('9.223.372,036854775807\u00a0$')
  })

  test('have the day before the month and 24 hours', () => {
    expect(dayInWords(at, 'de-DE', 'UTC')).toBe('21. Nov.')
    expect(longDay(at, 'de-DE', 'UTC')).toBe('Samstag, 21. November 2026')
    expect(timeInWords(at, 'de-DE', 'UTC')).toBe('14:04')
  })
})

describe('a cap that somebody types', () => {
  const amount = (exact: string) => ({ state: 'amount', limit: dollars(exact) })

  test.each([
    ['50', 'en-US', '50'],
    ['$49.90', 'en-US', '49.9'],
    ['1,000', 'en-US', '1000'],
    ['1,000.5', 'en-US', '1000.5'],
    ['49,90', 'de-DE', '49.9'],
    ['49.90', 'de-DE', '49.9'],
    ['50 $', 'de-DE', '50'],
    ['1.000', 'de-DE', '1000'],
    ['1.000,50 $', 'de-DE', '1000.5'],
    ['1.000.000', 'de-DE', '1000000'],
  ])('%s in %s is %s dollars', (typed, locale, exact) => {
    expect(readTypedCap(typed, locale)).toEqual(amount(exact))
  })

  test.each([
    ['', 'de-DE'],
    ['viel', 'de-DE'],
    ['-5', 'de-DE'],
    ['1,000', 'de-DE'],
    ['1.000', 'en-US'],
    ['1.0000', 'de-DE'],
    ['1.000,505', 'de-DE'],
    ['49.', 'en-US'],
    ['12,5', 'en-US'],
    ['49,90', 'en-US'],
    ['5e3', 'en-US'],
  ])('“%s” in %s is not guessed at', (typed, locale) => {
    expect(readTypedCap(typed, locale)).toEqual({ state: 'malformed' })
  })

  test('is refused above what the vault accepts', () => {
    expect(readTypedCap('1.000.000,01', 'de-DE')).toEqual({ state: 'too-large' })
    expect(readTypedCap('99999999999', 'de-DE')).toEqual({ state: 'too-large' })
  })

  test.each(['en-US', 'de-DE'])('stands in the field so that it reads back the same in %s', (locale) => {
    const limit = dollars('1234.5')
    expect(readTypedCap(capAsTyped(limit, locale), locale)).toEqual({ state: 'amount', limit })
  })

  test('stands in the field with a German comma', () => {
    expect(capAsTyped(dollars('49.9'), 'de-DE')).toBe('49,90')
  })
})
