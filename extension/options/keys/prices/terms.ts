import type { ModelPrice, PriceTerms } from '../../../../shared/books/prices.ts'
import { type Picodollars, Usd } from '../../../../shared/money.ts'
import type { Bucket, ProviderName } from '../../../../shared/providers.ts'
import { exactAmount, percentInWords } from '../../../ui/amounts.ts'
import { asTyped, readPercent, readRate, twoRates } from '../../../ui/keys/rates-typed.ts'
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

const typedRate = (rate: Picodollars | undefined, locale: string): string =>
  rate === undefined ? '' : asTyped(Usd.encode(rate), locale)

/** What the form begins with: what is in force, and the list price where a field says nothing yet. */
export const typedFrom = ({ list, own }: ModelPrice, locale: string): Typed => {
  const terms = own[0]?.terms
  const perMillion = terms?.kind === 'price' ? terms.perMillion : list?.perMillion
  const rate = (bucket: Bucket): string => typedRate(perMillion?.[bucket], locale)
  return {
    kind: terms?.kind ?? 'list',
    percent: terms?.kind === 'discount' ? asTyped(terms.percent, locale) : '',
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

const perMillionOf = ({ provider, list }: ModelPrice, { rates }: Typed, locale: string) => {
  const input = readRate(rates.freshInput, locale)
  if (input === undefined) return undefined
  const perMillion = { ...(list?.perMillion ?? twoRates(input, input)) }
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
