import { beforeAll, describe, expect, test } from 'vitest'
import { german } from '../../extension/ui/words/german/german.ts'
import type { Words } from '../../extension/ui/words/words.ts'
import { given, type World } from '../world.ts'
import { openStage, type Stage } from './chromium.ts'
import { misfits, sayings } from './languages/looks.ts'
import { pseudo } from './languages/pseudo.ts'
import { buildPseudo, speakPseudo } from './languages/pseudo-build.ts'
import { type Stop, walk } from './languages/tour.ts'
import { words as english } from './surfaces.ts'

type StageOptions = Parameters<typeof openStage>[0]
type Browsing = { readonly stage: Stage; readonly world: World }

/** A browser whose person reads this language, and a workspace with two receipts. */
const browsing = async (
  language: string,
  options: StageOptions,
  act: (browsing: Browsing) => Promise<void>,
): Promise<void> => {
  await using world = await given({ cap: '50' })
  await world.owner.ask('Where is my parcel?')
  await world.owner.ask('I was charged twice.', { site: 'https://acme.zendesk.example' })
  const stage = await openStage({ ...options, args: [`--accept-lang=${language}`] })
  try {
    await act({ stage, world })
  } finally {
    await stage.close()
  }
}

/** What a vault, a person or a clock says, and no table of words: names, addresses, ids, prices' sources, days and times. */
const data = [
  /\b(anthropic|openai)\/[\w.-]+@[\d-]+/g,
  /Ownkey|Acme Support|Olive Owner|simulated|standard|global/g,
  /\b(https?:\/\/)?(desk|acme\.zendesk|127\.0\.0\.1|api\.mistral\.ai)[\w.:/]*/g,
  /\bClaude \w+ [\d.]+|\bclaude-[\w-]+|\bAnthropic\b|\breq_sim_\d+/g,
  /\b[\dA-Z]{6}(-[\dA-Z]{4}){4}\b|\b[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\b/g,
  /\b(AM|PM|UTC|(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b/g,
  /\b(Jan(uary)?|Feb(ruary)?|Mar(ch)?|Apr(il)?|May|June?|July?|Aug(ust)?|Sep(tember)?|Oct(ober)?|Nov(ember)?|Dec(ember)?)\b/g,
]

const bracketed = /⟦[^⟦⟧]*⟧/g

/** What is left of a text without the words of the table, brackets within brackets too. */
const withoutTable = (text: string): string => {
  const rest = text.replaceAll(bracketed, '')
  return rest === text ? text : withoutTable(rest)
}

const isStray = (said: string): boolean =>
  /\p{L}{2}/u.test(data.reduce((rest, known) => rest.replaceAll(known, ''), withoutTable(said)))

const tourIn = async (language: string, words: Words, options: StageOptions, stop: Stop): Promise<void> =>
  browsing(language, options, ({ stage, world }) => walk({ stage, world, words, stop }))

/** Notes at each stop what a look finds, so that one run tells everything. */
const noting = (look: (...stop: Parameters<Stop>) => Promise<readonly string[]>) => {
  const found: string[] = []
  const stop: Stop = async (surface, name) => {
    for (const line of await look(surface, name)) found.push(`${name}: ${line}`)
  }
  return { found, stop }
}

describe('in German', () => {
  test('every surface speaks German and keeps its words inside', async () => {
    const { found, stop } = noting(async (surface) => {
      const { lang } = await surface.evaluate(() => ({ lang: document.documentElement.lang }))
      return [...(lang === 'de' ? [] : [`speaks ${lang}`]), ...(await misfits(surface))]
    })
    await tourIn('de', german, {}, stop)
    expect(found).toEqual([])
  })
})

describe('in a language that nobody speaks', () => {
  beforeAll(buildPseudo)
  const spoken = pseudo(english)

  test('no surface says a word that is not in the table', async () => {
    const { found, stop } = noting(async (surface) => (await sayings(surface)).filter(isStray))
    await tourIn('en', spoken, { alter: speakPseudo }, stop)
    expect(found).toEqual([])
  })

  test('every surface can be read from the right and keeps its longer words inside', async () => {
    const { found, stop } = noting(async (surface) => {
      const side = await surface.evaluate(() => getComputedStyle(document.body).direction)
      return [...(side === 'rtl' ? [] : [`is read as ${side}`]), ...(await misfits(surface))]
    })
    await tourIn('fa', spoken, { alter: speakPseudo }, stop)
    expect(found).toEqual([])
  })
})
