import { type Language, phrases, type Topic } from './phrases.ts'

/** What the simulator understood of a prompt. */
type Understood = {
  readonly customer: string | undefined
  readonly message: string
  readonly instruction: string
  readonly begun: string
  readonly language: Language
}

const turnHeading = /^--- (?:[0-9a-f]{12} · )?(.+?) ---$/gm

type Heard = { readonly heading: string; readonly text: string }

const turnsOf = (thread: string): readonly Heard[] => {
  const headings = [...thread.matchAll(turnHeading)]
  return headings.map((match, index) => ({
    heading: match[1] ?? '',
    text: thread
      .slice(match.index + match[0].length, headings[index + 1]?.index)
      .replace(/<\/conversation[^>]*>\s*$/, '')
      .trim(),
  }))
}

const isCustomer = ({ heading }: Heard): boolean => /^(customer|author unknown)/i.test(heading)

const nameIn = (heading: string): string | undefined => {
  const name = heading.split(' · ')[1]?.trim()
  return name === undefined || /^\d/.test(name) ? undefined : name.split(/\s+/)[0]
}

const signs: Record<Language, RegExp> = {
  en: /\b(the|and|is|my|have|please|you|not|was|it|for|with|i)\b/gi,
  es: /\b(el|la|los|mi|que|por|para|está|no|una|hola|gracias|pedido|con|y)\b/gi,
  de: /\b(der|die|das|und|ich|nicht|bitte|mein|meine|ist|habe|wir|eine|danke|mit)\b/gi,
  fr: /\b(le|les|je|vous|est|pas|pour|mon|ma|bonjour|merci|une|avec|et|commande|c'est)\b/gi,
}

const languages = ['en', 'es', 'de', 'fr'] as const

const languageOf = (text: string): Language => {
  const score = (language: Language) => text.match(signs[language])?.length ?? 0
  return languages.reduce((best, next) => (score(next) > score(best) ? next : best), 'en')
}

const asked: Record<Language, RegExp> = {
  en: /\b(in|into|to) english\b|auf englisch|en inglés|en anglais/i,
  es: /\b(in|into|to) spanish\b|auf spanisch|en español|en espagnol/i,
  de: /\b(in|into|to) german\b|auf deutsch|en alemán|en allemand/i,
  fr: /\b(in|into|to) french\b|auf französisch|en francés|en français/i,
}

const between = (text: string, mark: string): string =>
  new RegExp(`<${mark}[^>]*>\\n?([\\s\\S]*?)\\n?</${mark}[^>]*>`).exec(text)?.[1]?.trim() ?? ''

const understand = (thread: string, ask: string): Understood => {
  const turns = turnsOf(thread)
  const newest = turns.findLast(isCustomer) ?? turns.at(-1)
  const message = newest?.text ?? thread.replace(/<\/?conversation[^>]*>/g, '').trim()
  const instruction = /The agent asks: ([\s\S]+)$/.exec(ask)?.[1]?.trim() ?? ''
  return {
    customer: newest && nameIn(newest.heading),
    message,
    instruction,
    begun: between(ask, 'begun'),
    language: languages.find((language) => asked[language].test(instruction)) ?? languageOf(message),
  }
}

const topics: readonly (readonly [Topic, RegExp])[] = [
  [
    'refund',
    /refund|money back|get .{1,20} back|reembolso|devoluci|rückerstatt|erstatt|geld zurück|rembours/i,
  ],
  ['damaged', /broken|damaged|defect|crack|roto|dañad|defekt|kaputt|beschädigt|cassé|endommag|abîm/i],
  [
    'delivery',
    /deliver|shipp|parcel|arriv|track|entrega|envío|paquete|pedido|liefer|paket|sendung|livraison|colis/i,
  ],
  [
    'access',
    /log ?in|sign ?in|password|account|contraseña|cuenta|passwort|konto|anmeld|mot de passe|compte/i,
  ],
  [
    'billing',
    /invoice|charge|billed|payment|factura|cobr|pago|rechnung|abgebucht|zahlung|facture|prélev|paiement/i,
  ],
]

const topicOf = (message: string): Topic => topics.find(([, sign]) => sign.test(message))?.[0] ?? 'other'

const questionIn = (message: string): string | undefined =>
  message
    .replaceAll(/\s+/g, ' ')
    .match(/¿?[^.!?¿]+(?:[.!](?=\S)[^.!?¿]*)*\?/g)
    ?.at(-1)
    ?.trim()

const referenceIn = (message: string): string | undefined =>
  /#\s?\d{3,}|\b[A-Z]{1,4}-\d{3,}\b|\b\d{5,}\b/.exec(message)?.[0]

const SHORTER = /short|brief|concise|kürzer|kurz|más cort|breve|plus court|bref/i
const LONGER = /longer|more detail|ausführlich|länger|más larg|más detalle|plus long|détaill/i

/** An instruction that is honored by the language or the length leaves no other trace. */
const isPlain = (instruction: string): boolean =>
  SHORTER.test(instruction) ||
  LONGER.test(instruction) ||
  languages.some((language) => asked[language].test(instruction))

/**
 * A plausible reply, built from what was sent and nothing else: it greets the customer by name, quotes their question, names their order, follows
 * the language and the agent's request. The same prompt always gets the same reply.
 */
export const replyTo = (thread: string, ask: string): string => {
  const word = /single word: (\w+)/.exec(ask)?.[1]
  if (word !== undefined) return word
  const { customer, message, instruction, begun, language } = understand(thread, ask)
  const say = phrases[language]
  const question = questionIn(message)
  const reference = referenceIn(message)
  const short = SHORTER.test(instruction)
  const opening = [say.thanks, reference === undefined ? '' : say.looked(reference)].filter(Boolean).join(' ')
  const paragraphs = [
    begun === '' ? say.greeting(customer) : '',
    short ? '' : opening,
    question === undefined ? '' : say.quoted(question),
    say.topics[topicOf(message)],
    short ? '' : say.next,
    LONGER.test(instruction) ? say.more : '',
    instruction === '' || isPlain(instruction) ? '' : say.asked(instruction),
    say.closing,
  ]
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')
}
