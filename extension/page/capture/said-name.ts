const spoken =
  /^(?:message|comment|reply|note|nachricht|kommentar|réponse|mensaje|comentario) (?:from|by|von|de) ([^,.:]{2,60})/iu
const pictured =
  /^(?:avatar|photo|picture|profile (?:picture|photo)|foto|bild|image)?(?: (?:of|von|de))? ?([^,:]{2,60}?)(?:['’]s (?:avatar|photo|picture|profile picture))?$/iu
const attributes = [
  'data-author',
  'data-author-name',
  'data-sender',
  'data-sender-name',
  'data-from-name',
  'data-username',
]

/** The author's name where the page says it beside the text: in an attribute, a label for screen readers, or below a portrait. */
export const saidNameOf = (block: Element): string | undefined => {
  const direct = attributes.map((name) => block.getAttribute(name)?.trim()).find(isName)
  if (direct !== undefined) return direct
  const label = spoken.exec(block.getAttribute('aria-label') ?? '')?.[1]?.trim()
  if (label !== undefined) return label
  const portrait = block.querySelector('img[alt]')?.getAttribute('alt')?.trim() ?? ''
  const name = pictured.exec(portrait)?.[1]?.trim()
  return name !== undefined && /^\p{Lu}\p{L}+ \p{Lu}/u.test(name) ? name : undefined
}

const isName = (text: string | undefined): text is string =>
  text !== undefined && /^\p{L}[\p{L}\p{M} .'’-]{1,59}$/u.test(text)
