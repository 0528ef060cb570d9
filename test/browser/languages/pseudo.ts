const accents: Readonly<Record<string, string>> = { a: 'å', e: 'é', i: 'î', o: 'ö', u: 'ü', n: 'ñ', c: 'ç' }

/** Texts grow by about this share when they are translated. */
const GROWTH = 0.4

const accented = (text: string): string =>
  text.replaceAll(/[aeiounc]/g, (letter) => accents[letter] ?? letter)

/** The text longer, accented and in brackets; what stands in braces is left for the facts. */
export const pseudoText = (text: string): string => {
  const pieces = text.split(/(\{\{\w+\}\})/)
  const longer = pieces.map((piece) => (piece.startsWith('{{') ? piece : accented(piece))).join('')
  const letters = text.replaceAll(/\{\{\w+\}\}/g, '').length
  return `⟦${longer}${'~'.repeat(Math.ceil(letters * GROWTH))}⟧`
}

/** A language that nobody speaks: what is on screen without brackets did not come from the table. */
export const pseudo = <Table extends object>(table: Table): Table =>
  Object.fromEntries(
    Object.entries(table).map(([key, value]) => [
      key,
      typeof value === 'string' ? pseudoText(value) : pseudo(value),
    ]),
  ) as Table
