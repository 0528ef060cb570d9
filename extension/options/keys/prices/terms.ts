import {
  type ModelPrice,
  OwnRate,
  Percent,
  type PerMillion,
  type PriceTerms,
} from '../../../../shared/books/prices.ts'
import { type Picodollars, Usd } from '../../../../shared/money.ts'
import type { Bucket, ProviderName } from '../../../../shared/providers.ts'
import { exactAmount, percentInWords } from '../../../ui/amounts.ts'
import type { Speech } from '../../../ui/words/speech.ts'

/** Kinds of tokens that a provider sells apart. What a model thinks is paid as output. */
export const sold: Record<ProviderName, readonly Exclude<Bucket, 'reasoning'>[]> = {
  bedrock: ['freshInput', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'output'],
  compatible: ['freshInput', 'cacheRead', 'output'],
  anthropic: ['freshInput', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'output'],
  openai: ['freshInput', 'cacheRead', 'cacheWrite30m', 'output'],
}

/** What stands in the form: texts as they were typed. */
export type Typed = {
  readonly kind: PriceTerms['kind']
  readonly percent: string
  readonly input: string
  readonly output: string
  readonly rates: Record<Bucket, string>
}

const signsOf = (locale: string): { readonly group: string; readonly decimal: string } => {
  const parts = new Intl.NumberFormat(locale, { useGrouping: 'always' }).formatToParts(12_345.6)
  const written = (type: 'group' | 'decimal') => parts.find((part) => part.type === type)?.value ?? ''
  return { group: written('group'), decimal: written('decimal') }
}

/** Digits with a point, of a number typed with the locale's own sign or a point; undefined where a point may mean thousands. */
const plain = (typed: string, locale: string): string | undefined => {
  const { group, decimal } = signsOf(locale)
  const text = typed.trim().replace(/^\$\s*|\s*[$%]$/g, '')
  if (group === '.' && /^\d{1,3}\.\d{3}$/.test(text)) return undefined
  return text.replace(decimal, '.')
}

/** Dollars per million as a person types them, if the vault accepts them. */
export const readRate = (typed: string, locale: string) => {
  const amount = Usd.safeParse(plain(typed, locale))
  return amount.success && OwnRate.safeEncode(amount.data).success ? amount.data : undefined
}

export const readPercent = (typed: string, locale: string): string | undefined =>
  Percent.safeParse(plain(typed, locale)).data

const typedRate = (rate: Picodollars | undefined, locale: string): string =>
  rate === undefined ? '' : Usd.encode(rate).replace('.', signsOf(locale).decimal)

/** What the form begins with: what is in force, and the list price where a field says nothing yet. */
export const typedFrom = ({ list, own }: ModelPrice, locale: string): Typed => {
  const terms = own[0]?.terms
  const perMillion = terms?.kind === 'price' ? terms.perMillion : list?.perMillion
  const rate = (bucket: Bucket): string => typedRate(perMillion?.[bucket], locale)
  return {
    kind: terms?.kind ?? 'list',
    percent: terms?.kind === 'discount' ? terms.percent.replace('.', signsOf(locale).decimal) : '',
    input: terms?.kind === 'ceiling' ? typedRate(terms.input, locale) : '',
    output: terms?.kind === 'ceiling' ? typedRate(terms.output, locale) : '',
    rates: {
      freshInput: rate('freshInput'),
      cacheRead: rate('cacheRead'),
      cacheWrite5m: rate('cacheWrite5m'),
      cacheWrite30m: rate('cacheWrite30m'),
      cacheWrite1h: rate('cacheWrite1h'),
      output: rate('output'),
      reasoning: rate('output'),
    },
  }
}

/** Every kind at one price: what is not sold apart counts as plain input. */
const eachAt = (rate: Picodollars): PerMillion => ({
  freshInput: rate,
  cacheRead: rate,
  cacheWrite5m: rate,
  cacheWrite30m: rate,
  cacheWrite1h: rate,
  output: rate,
  reasoning: rate,
})

const perMillionOf = ({ provider, list }: ModelPrice, { rates }: Typed, locale: string) => {
  const input = readRate(rates.freshInput, locale)
  if (input === undefined) return undefined
  const perMillion = { ...(list?.perMillion ?? eachAt(input)) }
  for (const bucket of sold[provider]) {
    const rate = readRate(rates[bucket], locale)
    if (rate === undefined) return undefined
    perMillion[bucket] = rate
  }
  return { ...perMillion, reasoning: perMillion.output }
}

/** What was typed, as the vault takes it; undefined while a field is not right. */
export const termsOf = (price: ModelPrice, typed: Typed, locale: string): PriceTerms | undefined => {
  if (typed.kind === 'list' || typed.kind === 'free') return { kind: typed.kind }
  if (typed.kind === 'discount') {
    const percent = readPercent(typed.percent, locale)
    return percent === undefined ? undefined : { kind: 'discount', percent }
  }
  if (typed.kind === 'ceiling') {
    const input = readRate(typed.input, locale)
    const output = readRate(typed.output, locale)
    return input === undefined || output === undefined ? undefined : { kind: 'ceiling', input, output }
  }
  const perMillion = perMillionOf(price, typed, locale)
  return perMillion === undefined ? undefined : { kind: 'price', perMillion }
}

/** Input and output, the two that people compare. */
export const listInWords = ({ t, locale }: Speech, { list }: Pick<ModelPrice, 'list'>): string =>
  list === null
    ? t('options.prices.noList')
    : t('options.prices.inOut', {
        input: exactAmount(list.perMillion.freshInput, locale),
        output: exactAmount(list.perMillion.output, locale),
      })

/** What an admin set, in short. */
export const termsInWords = ({ t, locale }: Speech, terms: PriceTerms, known: boolean): string => {
  if (terms.kind === 'free') return t('options.prices.kinds.free')
  if (terms.kind === 'list') return known ? t('options.prices.kinds.list') : t('options.prices.noList')
  if (terms.kind === 'discount')
    return t('options.prices.percentOff', {
      percent: percentInWords(terms.percent, locale),
    })
  const [input, output] =
    terms.kind === 'ceiling'
      ? [terms.input, terms.output]
      : [terms.perMillion.freshInput, terms.perMillion.output]
  const amounts = { input: exactAmount(input, locale), output: exactAmount(output, locale) }
  return terms.kind === 'ceiling'
    ? t('options.prices.ceilingOf', amounts)
    : t('options.prices.inOut', amounts)
}
