import type { Line } from './lines.ts'

const quoteHead =
  /^(on|am|le|el|em|il|op|den)\b.{5,120}\b(wrote|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|skrev)\b.*:$/iu
const forwarded =
  /^-{2,}\s*(original message|forwarded message|ursprüngliche nachricht|message d'origine|mensaje original)/iu
const mailHead = /^(from|von|de|da|van):\s.+@/iu
const signatureMark = /^(--|—|__+)\s*$/
const sentFrom =
  /^(sent from my|gesendet von mein|envoyé de mon|enviado desde mi|enviado do meu|get outlook for)\b/iu

/** The message in its own words: paragraphs kept, signature cut, and earlier mail below it cut when `withoutQuotes`. */
export const wordsOf = (body: readonly Line[], withoutQuotes: boolean): string => {
  const own = withoutQuotes ? beforeQuotes(body) : body
  const kept = beforeSignature(own.length > 0 ? own : body)
  return kept
    .map((line, index) => (line.gap && index > 0 ? `\n${textOf(line)}` : textOf(line)))
    .join('\n')
    .trim()
}

const textOf = (line: Line): string =>
  line.chunks
    .map(({ text }) => text)
    .join('')
    .trimEnd()

const beforeQuotes = (lines: readonly Line[]): readonly Line[] => {
  const unmarked = lines.filter(({ quoted }) => !quoted)
  const start = unmarked.findIndex((line, index) => beginsQuote(line, unmarked[index + 1]))
  return start > 0 ? unmarked.slice(0, start) : unmarked
}

const beginsQuote = (line: Line, next: Line | undefined): boolean => {
  const text = textOf(line).trim()
  if (forwarded.test(text) || mailHead.test(text)) return true
  return quoteHead.test(text) || (text.startsWith('>') && next !== undefined && textOf(next).startsWith('>'))
}

/** Only when something was said before it, and never a long part: a line of dashes can also divide a text. */
const beforeSignature = (lines: readonly Line[]): readonly Line[] => {
  const start = lines.findIndex(
    (line) => signatureMark.test(textOf(line)) || sentFrom.test(textOf(line).trim()),
  )
  return start > 0 && lines.length - start <= longestSignature ? lines.slice(0, start) : lines
}

const longestSignature = 12
